#!/usr/bin/env bash
# One job in every way that its steps can run, with 1, 2 and 4 partitions, killed with SIGKILL in its second round and
# resumed on another number of partitions, and (with the job jar built) on standalone clusters of 1, 2 and 4 workers,
# with speculation, and with an executor killed: prints the SHA-256 of the final policy of each, and ends with 1 where
# two of a job differ. Takes about fifteen minutes.
#
#   docs/measurements/same-bytes.sh [SETTING...]      such as: method=weighted-gradients blend.rule=min-norm
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
runs=$(mktemp -d)
trap 'rm -rf "$runs"' EXIT
job=(quickstart --set rounds=2 --set steps-per-round=2 --set samples-per-step=64 --set micro-batch=32
    --set evaluation.samples=100)
for setting in "$@"; do
    job+=(--set "$setting")
done
first=

same() { # NAME WORDS
    local hash way
    way=$(sed -n 's/^Execution: \([a-z]*\).*/\1/p' "$runs/$1.log" | sort -u | xargs)
    hash=$(sed -n 's/.*"policy_sha256": "\(.*\)".*/\1/p' "$runs/$1/summary.json" | xargs)
    printf '%-44s %s %s\n' "$2" "${hash##* }" "$way"
    first=${first:-$hash}
    [ "$hash" = "$first" ] || exit 1
}

local_run() { # NAME WORDS SETTING...
    local name=$1 words=$2
    shift 2
    "$root/bin/solera" "${job[@]}" "$@" --run-dir "$runs/$name" >"$runs/$name.log"
    same "$name" "$words"
}

for partitions in 1 2 4; do
    local_run "p$partitions" "auto, $partitions partitions" --set "partitions=$partitions"
done
local_run fused "fused" --set execution=fused
local_run staged "staged, 1 slot: a task per update" --set execution=staged --set partitions=1
local_run shared "staged, 64 slots: updates on all" --set execution=staged --set partitions=64
local_run blocks "the same block by block" --set execution=staged --set partitions=64 --set memory.driver-mib=0

for execution in fused staged; do
    "$root/bin/solera" "${job[@]}" --set "execution=$execution" --run-dir "$runs/killed-$execution" \
        >"$runs/killed-$execution.log" &
    driver=$!
    touch "$runs/killed-$execution.log"
    until grep -q '^2/2 .* 1/2' "$runs/killed-$execution.log"; do
        sleep 0.2
        kill -0 $driver
    done
    kill -KILL $driver
    wait $driver || echo "killed in round 2 (exit $?)"
    "$root/bin/solera" "${job[@]}" --set execution=staged --set partitions=3 --run-dir "$runs/killed-$execution" \
        --resume >>"$runs/killed-$execution.log"
    same "killed-$execution" "$execution, killed, resumed on 3 partitions"
done

ls "$root"/deploy/target/solera-job-spark*.jar >/dev/null 2>&1 || exit 0

cluster_run() { # NAME WORDS OPTION... -- SETTING...
    local name=$1 words=$2
    shift 2
    local options=()
    while [ "$1" != -- ]; do options+=("$1"); shift; done
    shift
    "$root/deploy/standalone.sh" "${options[@]}" -- "${job[@]}" "$@" --run-dir "file://$runs/$name" \
        >"$runs/$name.log" 2>&1 || { tail -20 "$runs/$name.log" >&2; exit 1; }
    same "$name" "$words"
}

for workers in 1 2 4; do
    cluster_run "w$workers" "$workers executors" --workers "$workers" --
done
cluster_run speculative "2 executors, eager speculation" --workers 2 --conf spark.speculation=true \
    --conf spark.speculation.multiplier=1 --conf spark.speculation.quantile=0.1 --conf spark.speculation.interval=50ms \
    -- --set execution=staged

executor_of() { # PID
    local child
    for child in $(pgrep -P "$1"); do
        if tr '\0' ' ' <"/proc/$child/cmdline" | grep -q CoarseGrainedExecutorBackend; then
            echo "$child"
        fi
        executor_of "$child"
    done
}

for execution in fused staged; do
    name=lost-$execution
    "$root/deploy/standalone.sh" --workers 2 -- "${job[@]}" --set "execution=$execution" \
        --run-dir "file://$runs/$name" >"$runs/$name.log" 2>&1 &
    cluster=$!
    until grep -q '^1/2 .* 1/2' "$runs/$name.log" 2>/dev/null; do
        sleep 0.2
        kill -0 $cluster
    done
    lost=$(executor_of $cluster)
    lost=${lost%%$'\n'*} # the first
    kill -KILL "$lost"
    echo "executor $lost killed in round 1"
    wait $cluster
    same "$name" "2 executors, $execution, one killed"
done
