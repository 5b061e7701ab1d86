#!/usr/bin/env bash
# What starting costs: processor seconds (user and system) and seconds by the clock of short commands, several rounds
# in turn. A command that ends otherwise than it should ends the measurement.
#
#   ROUNDS=5 MOLECULES=table.csv docs/measurements/start.sh FOLDER...
#
# FOLDER is a clone that was built and started once, such as one of before a change and one of after it. A line per run:
# folder, command, processor seconds, seconds by the clock.
set -euo pipefail

[ $# -gt 0 ] || {
    sed -n 2,7p "$0" >&2
    exit 2
}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
printf 'smiles\nCCO\nCCN\nc1ccccc1\nCC(=O)O\n' >"$scratch/four.csv"
TIMEFORMAT='%U %S %R'

timed() { # folder, name, exit code, arguments
    local folder=$1 name=$2 expected=$3 code=0
    shift 3
    { time { "$folder/bin/solera" "$@" >"$scratch/printed" 2>&1 || code=$?; }; } 2>"$scratch/seconds"
    [ "$code" -eq "$expected" ] || {
        cat "$scratch/printed" >&2
        echo "Failed: $folder, $name: exit code $code instead of $expected" >&2
        exit 1
    }
    awk -v folder="$folder" -v name="$name" '{ printf "%s\t%s\t%.2f\t%.2f\n", folder, name, $1 + $2, $3 }' \
        "$scratch/seconds"
}

score() { # folder, name, table, rewards: written to a place where nothing is yet
    rm -rf "$scratch/output"
    mkdir "$scratch/output"
    timed "$1" "$2" 0 score --input "$3" --rewards "$4" --output "$scratch/output/scores.csv"
}

for ((round = 0; round < ${ROUNDS:-5}; round++)); do
    for folder in "$@"; do
        timed "$folder" help 0 --help
        timed "$folder" rewards 0 rewards
        timed "$folder" unknown-key 2 quickstart --set no-such-key=1
        timed "$folder" sql 0 sql "SELECT rewards.qed('CCO')"
        score "$folder" score-four "$scratch/four.csv" heavy_atoms
        if [ -n "${MOLECULES:-}" ]; then # a table with a column smiles, such as 20,000 molecules
            score "$folder" score-table "$MOLECULES" qed,sa,logp
        fi
    done
done
