#!/usr/bin/env bash
# What starting costs: processor seconds (user and system) and seconds by the clock of short commands, several rounds in turn.
#
#   docs/measurements/start.sh FOLDER... [ROUNDS=5 in the environment]
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

timed() { # folder, name, arguments
    local folder=$1 name=$2
    shift 2
    local seconds
    seconds=$({ time "$folder/bin/solera" "$@" >/dev/null 2>&1 || true; } 2>&1)
    awk -v folder="$folder" -v name="$name" '{ printf "%s\t%s\t%.2f\t%.2f\n", folder, name, $1 + $2, $3 }' <<<"$seconds"
}

for ((round = 0; round < ${ROUNDS:-5}; round++)); do
    for folder in "$@"; do
        timed "$folder" help --help
        timed "$folder" rewards rewards
        timed "$folder" unknown-key quickstart --set no-such-key=1
        timed "$folder" sql sql "SELECT rewards.qed('CCO')"
        timed "$folder" score-four score --input "$scratch/four.csv" --rewards heavy_atoms --output "$scratch/out.csv" --overwrite
        if [ -n "${MOLECULES:-}" ]; then # a table with a column smiles, such as 20,000 molecules
            timed "$folder" score-table score --input "$MOLECULES" --rewards qed,sa,logp --output "$scratch/table.csv" --overwrite
        fi
    done
done
