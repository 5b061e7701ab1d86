#!/usr/bin/env bash
# Builds what a release ships, twice, in two clones of the last commit, and tries it: equal bytes, a distribution that
# runs with a JDK alone, a list of parts (SBOM) that names what is in the jar. Prints the artefacts with their sizes.
#
#   deploy/artefacts.sh [LINE]      3.5-2.12 (default), 3.5-2.13 or 4.1-2.13
#
# MAVEN has further options for Maven, such as -o. What Maven writes is in target/artefacts/*.log.
set -euo pipefail

fail() {
    echo "$1" >&2
    exit "${2:-1}"
}

case ${1:-3.5-2.12} in
    3.5-2.12) built='' ;;
    3.5-2.13) built=spark3-scala2.13 ;;
    4.1-2.13) built=spark4 ;;
    *) fail "Unknown line: $1 (must be 3.5-2.12, 3.5-2.13 or 4.1-2.13)" 2 ;;
esac
read -r -a options <<<"${MAVEN:-}"

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$root"
logs=$root/target/artefacts
place=$(mktemp -d "${TMPDIR:-/tmp}/solera-artefacts.XXXXXX")
trap 'rm -rf "$place"' EXIT
mkdir -p "$logs"

for build in one a-second-one; do
    echo "== Build in $build ($logs/$build.log)"
    git clone -q "$root" "$place/$build"
    (cd "$place/$build" && bin/maven -B -ntp ${built:+"-P$built"} -Pdistribution -DskipTests \
        -Dspotless.check.skip=true ${options[@]+"${options[@]}"} package) >"$logs/$build.log" 2>&1 || {
        tail -n 30 "$logs/$build.log" >&2
        exit 1
    }
done
one=$place/one/deploy/target${built:+-$built}
two=$place/a-second-one/deploy/target${built:+-$built}

echo "== Equal bytes"
(cd "$one" && find . -maxdepth 1 \( -name 'solera-job-*.jar' -o -name '*.tar.gz' -o -name '*.cdx.json' \) |
    LC_ALL=C sort | tr '\n' '\0' | xargs -0 sha256sum) >"$logs/SHA256SUMS"
[ "$(wc -l <"$logs/SHA256SUMS")" -eq 5 ] || fail "Not all artefacts were made: $(cat "$logs/SHA256SUMS")"
(cd "$two" && sha256sum -c "$logs/SHA256SUMS") || fail "Two builds of one commit differ"

echo "== The distribution, without Maven, without a source"
mkdir "$place/empty-home"
tar -xzf "$one"/solera-*.tar.gz -C "$place"
home=$(find "$place" -mindepth 1 -maxdepth 1 -name 'solera-*' -type d)
chmod -R a-w "$home/lib" # as where an administrator unpacked it
java_home=${JAVA_HOME:-$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')}
run() {
    (cd "$place" && env -i HOME="$place/empty-home" PATH=/usr/bin:/bin JAVA_HOME="$java_home" "$home/bin/solera" "$@")
}
printf 'smiles\nCCO\nc1ccccc1C(=O)O\n' >"$place/two.csv"
run score --input two.csv --rewards qed,sa --output scored.csv
grep -q qed "$place/scored.csv" || fail "The distribution scored nothing"
cat >"$place/job.yaml" <<'END'
model: prior
rewards: {qed: , sa: }
rounds: 1
steps-per-round: 1
samples-per-step: 32
evaluation: {samples: 32, round-samples: 0}
END
run train --config job.yaml --run-dir run >/dev/null
[ -s "$place/run/report.html" ] || fail "The distribution trained nothing"

echo "== The list of parts"
python3 - "$one" <<'END'
import glob, json, sys, zipfile
folder = sys.argv[1]
jar = glob.glob(folder + "/solera-job-spark*.jar")[0]
with open(jar[:-4] + ".cdx.json") as file:
    bom = json.load(file)
names = {part.get("group", "") + ":" + part["name"] for part in bom["components"]}
for wanted in ("ai.djl:api", "org.yaml:snakeyaml", "info.picocli:picocli", "org.nd4j:nd4j-native"):
    if wanted not in names:
        sys.exit("Failed: %s is in the job jar and not in its list of parts" % wanted)
if any(name.startswith("org.apache.spark:") for name in names):
    sys.exit("Failed: Spark is in the list of parts of the job jar, which has none of it")
unlicensed = [part["name"] for part in bom["components"]
              if not part.get("licenses") and not part.get("group", "").startswith("io.solera")]
print("%d parts, CycloneDX %s; without a licence in their POM: %s"
      % (len(names), bom["specVersion"], ", ".join(sorted(unlicensed)) or "none"))
END

echo
echo "| artefact | MB | SHA-256 |"
echo "|---|---|---|"
while read -r sum name; do
    echo "| ${name#./} | $(($(wc -c <"$one/$name") / 1000000)) | $sum |"
done <"$logs/SHA256SUMS"
