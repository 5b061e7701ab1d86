#!/usr/bin/env bash
# Molecules per second of one thread for qed, sa, logp, tpsa and alerts (PAINS and Brenk) together, and RDKit's in
# Python for the same:
#
#   throughput.sh SMILES [COUNT] [REPEATS]     PYTHON names a Python with RDKit (default python3)
#
# SMILES holds one molecule a line; its last COUNT (1000) are scored, Java warms up on all before them. The two take
# turns. Each line: who, molecules per second of processor time, of wall-clock time, mean sum of the values. Then the
# medians, and the smallest and largest.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
here=$root/docs/measurements
smiles=$1
count=${2:-1000}
repeats=${3:-5}
"$root/bin/solera" --help >/dev/null
class_path=$root/spark-jobs/target/classes:$(cat "$root/spark-jobs/target/classpath.txt")
results=$(mktemp)
trap 'rm -f "$results"' EXIT

for ((i = 0; i < repeats; i++)); do
    java -XX:+UseSerialGC -Xmx1g -cp "$class_path" "$here/Throughput.java" "$smiles" "$count" | tee -a "$results"
    "${PYTHON:-python3}" "$here/throughput.py" "$smiles" "$count" | tee -a "$results"
done
for who in solera rdkit; do
    for column in 2 3; do
        grep "^$who" "$results" | cut -d ' ' -f $column | sort -n |
            awk -v who=$who -v what="$([ $column = 2 ] && echo processor || echo wall-clock)" \
                '{v[NR] = $1}
                END {printf "%s, per %s second: median %s (%s .. %s)\n", who, what, v[int((NR + 1) / 2)], v[1], v[NR]}'
    done
done
