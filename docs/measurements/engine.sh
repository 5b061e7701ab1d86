#!/usr/bin/env bash
# Samples per second of one thread, Solera and transformers in turns, and the rate of the matrix products:
#
#   engine.sh [REPEATS] [SECONDS] [MODELS]     MODELS: what engine.py make or train wrote (default: made); PYTHON names
#                                              a Python with torch and transformers; CLASS_PATH a built Solera (default:
#                                              this clone's)
#
# Each line: who, with Solera the samples that are asked for at once (128 are written side by side), samples per second
# of processor time, of wall-clock time, mean and largest length in tokens. transformers writes 128 at once until the
# last has ended.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
here=$root/docs/measurements
repeats=${1:-3}
seconds=${2:-10}
if [ -z "${CLASS_PATH:-}" ]; then
    "$root/bin/solera" --help >/dev/null
    CLASS_PATH=$root/spark-jobs/target/classes:$(cat "$root/spark-jobs/target/classpath.txt")
fi
# As bin/solera sets them, for both.
export OMP_NUM_THREADS=1 OPT_OUT_TRACKING=true
export MALLOC_MMAP_THRESHOLD_=268435456 MALLOC_TRIM_THRESHOLD_=1073741824 MALLOC_ARENA_MAX=4
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
models=${3:-$scratch}
prior=$root/spark-jobs/src/main/resources/io/solera/prior
[ -n "${3:-}" ] || "${PYTHON:-python3}" "$here/engine.py" make "$models" "$prior" >/dev/null
solera() {
    java -XX:+UseSerialGC -Xmx600m -cp "$CLASS_PATH" "$here/Engine.java" "$@" 2>"$scratch/errors" ||
        { cat "$scratch/errors" >&2; return 1; }
}

for name in qm9 small; do
    echo "== $name"
    for ((i = 0; i < repeats; i++)); do
        for count in 128 1024; do
            solera "$models/$name" "$seconds" "$count"
        done
        for attention in sdpa eager; do
            "${PYTHON:-python3}" "$here/engine.py" sample "$models/$name" "$seconds" 128 "$attention" \
                2>"$scratch/errors" || { cat "$scratch/errors" >&2; exit 1; }
        done
    done
done
echo "== matrix products, GFLOP per second of processor time"
solera product "$seconds"
