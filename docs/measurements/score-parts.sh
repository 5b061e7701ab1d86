#!/usr/bin/env bash
# What cutting a table into parts costs: `score` of a table with seven rewards, networks among them, against one task
# that computes all of them on all rows (the table function in SQL, which runs in one task on a table this small).
#
#   ROUNDS=3 REWARDS=... docs/measurements/score-parts.sh TABLE COLUMN
#
# A line per run: which, processor seconds, seconds by the clock, parts. The values of both are compared at the end.
set -euo pipefail

[ $# -eq 2 ] || {
    sed -n 2,7p "$0" >&2
    exit 2
}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
table=$1 column=$2
seven="qed,sa,logp,similarity(reference='c1ccc2[nH]ccc2c1'),activity(model=gsk3),activity(model=jnk3),fluency"
rewards=${REWARDS:-$seven}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
TIMEFORMAT='%U %S %R'

timed() { # name, arguments of solera
    local name=$1
    shift
    { time "$root/bin/solera" "$@" >"$scratch/printed" 2>&1; } 2>"$scratch/seconds" || {
        cat "$scratch/printed" >&2
        echo "Failed: $name" >&2
        exit 1
    }
    awk -v name="$name" -v parts="$(sed -n 's/.* in \([0-9]*\) parts\?,.*/\1/p' "$scratch/printed")" \
        '{ printf "%s\t%.1f\t%.1f\t%s\n", name, $1 + $2, $3, parts == "" ? 1 : parts }' "$scratch/seconds"
}

for ((round = 0; round < ${ROUNDS:-3}; round++)); do
    rm -rf "$scratch/parts" "$scratch/task"
    mkdir "$scratch/parts" "$scratch/task"
    timed score score --input "$table" --column "$column" --rewards "$rewards" --output "$scratch/parts/scores.csv"
    timed one-task sql --input "m=$table" --output "$scratch/task/scores.csv" \
        "SELECT * FROM solera_score(TABLE(m), '$column', \"$rewards\")"
done
python3 - "$scratch" "$column" <<'END'
import csv, sys
folder, column = sys.argv[1:]
rows = [
    sorted(csv.DictReader(open(f"{folder}/{kind}/scores.csv")), key=lambda row: row[column])
    for kind in ("parts", "task")
]
differing = sum(sorted(one.values()) != sorted(other.values()) for one, other in zip(*rows))
print(f"rows: {len(rows[0])} and {len(rows[1])}, of which {differing} differ")
END
