#!/usr/bin/env bash
# Every Spark that Solera is built for, from this one source tree: for each line it builds the job jar, runs all tests
# against that Spark, and trains with the jar on a cluster of that Spark. It ends with a table, and with exit code 1 if
# a test fails or the lines' policies differ.
#
#   deploy/spark-lines.sh [--no-tests] [LINE]...
#
#   LINE         Spark and its Scala: 3.5-2.12, 3.5-2.13, 4.1-2.13 (default: these three), or 4.0-2.13, whose tests are
#                not run
#   --no-tests   jars and the job alone: minutes instead of an hour or more
#
# What Maven and Spark write is in deploy/target-LINE/*.log. MAVEN has further options for Maven, such as -o.
set -euo pipefail

fail() {
    echo "$1" >&2
    exit 2
}

tests=yes
lines=()
while [ $# -gt 0 ]; do
    case $1 in
        --no-tests) tests= ;;
        3.5-2.12 | 3.5-2.13 | 4.0-2.13 | 4.1-2.13) lines+=("$1") ;;
        *) fail "Unknown line: $1 (must be 3.5-2.12, 3.5-2.13, 4.0-2.13, 4.1-2.13 or --no-tests)" ;;
    esac
    shift
done
[ ${#lines[@]} -gt 0 ] || lines=(3.5-2.12 3.5-2.13 4.1-2.13)
read -r -a options <<<"${MAVEN:-}"

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$root"
run=$(mktemp -d "${TMPDIR:-/tmp}/solera-lines.XXXXXX")
trap 'rm -rf "$run"' EXIT

# Rollouts, updates and a blend, with rewards of ours and one that Spark evaluates.
cat >"$run/job.yaml" <<'END'
model: prior
rewards:
  qed: {at-least: 0.6}
  sa: {at-most: 4}
  concise: {sql: "exp(-abs(n_tokens - 40) / 10)"}
rounds: 2
steps-per-round: 2
samples-per-step: 32
micro-batch: 16
algorithm: {name: rloo, epochs: 1, minibatches: 2}
evaluation: {samples: 64, round-samples: 32}
seed: 1
END

sha256() {
    { sha256sum "$1" 2>/dev/null || shasum -a 256 "$1"; } | cut -d ' ' -f 1
}

# The sums of tests, failures (with errors) and skipped ones in Surefire's reports.
counts() {
    cat {model-runtime,reward-udfs,spark-jobs,deploy}/"$1"/surefire-reports/TEST-*.xml 2>/dev/null |
        grep '^<testsuite ' | awk '
            function attribute(name) { return match($0, " " name "=\"[0-9]+") ? substr($0, RSTART + length(name) + 3,
                RLENGTH - length(name) - 3) : 0 }
            { run += attribute("tests"); failed += attribute("failures") + attribute("errors")
              skipped += attribute("skipped") }
            END { print run + 0, failed + 0, skipped + 0 }'
}

table="| Spark | Scala | tests | failed | skipped | job jar | MB | SHA-256 of the policy |
|---|---|---|---|---|---|---|---|"
status=0
first=
for line in "${lines[@]}"; do
    tested=$tests
    select=()
    case $line in
        3.5-2.12) built= ;;
        3.5-2.13) built=spark3-scala2.13 ;;
        4.1-2.13) built=spark4 ;;
        4.0-2.13)
            built=spark4.0
            select=(-Pspark4 -Dspark.version=4.0.4 -Dbuild.suffix=-spark4.0)
            tested=
            ;;
    esac
    [ -z "$built" ] || [ ${#select[@]} -gt 0 ] || select=("-P$built")
    folder=target${built:+-$built}
    target=deploy/$folder
    mkdir -p "$target"
    rm -rf {model-runtime,reward-udfs,spark-jobs,deploy}/"$folder"/surefire-reports "$target"/solera-job-*.jar
    echo "== Spark ${line%-*}, Scala ${line#*-}: the job jar${tested:+ and all tests} ($target/build.log)"
    if [ -n "$tested" ]; then
        goal=(-Dmaven.test.failure.ignore=true verify)
    else
        goal=(-DskipTests package)
    fi
    bin/maven -B -ntp ${select[@]+"${select[@]}"} -Dspotless.check.skip=true -Dcheckstyle.skip=true \
        ${options[@]+"${options[@]}"} "${goal[@]}" >"$target/build.log" 2>&1 || {
        tail -n 30 "$target/build.log" >&2
        exit 1
    }
    jar=$(find "$target" -maxdepth 1 -name 'solera-job-spark*.jar')
    read -r count failed skipped < <(counts "$folder")
    if [ -z "$tested" ]; then
        count=- failed=- skipped=-
    elif [ "$count" -eq 0 ] || [ "$failed" -gt 0 ]; then
        status=1
    fi

    echo "== Spark ${line%-*}, Scala ${line#*-}: a job on a cluster ($target/job.log)"
    deploy/standalone.sh --workers 1 ${built:+--built "$built"} -- train --config "$run/job.yaml" \
        --run-dir "file://$run/$line" >"$target/job.log" 2>&1 || {
        tail -n 30 "$target/job.log" >&2
        exit 1
    }
    policy=$(sha256 "$(find "$run/$line/rounds/00002" -path '*/policy/model.safetensors')")
    [ -n "$first" ] || first=$policy
    [ "$policy" = "$first" ] || status=1
    table+="
| ${line%-*} | ${line#*-} | $count | $failed | $skipped | $(basename "$jar") | $(($(wc -c <"$jar") / 1000000)) \
| $policy |"
done
echo
echo "$table"
exit "$status"
