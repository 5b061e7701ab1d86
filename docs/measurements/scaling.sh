#!/usr/bin/env bash
# What a second executor brings. Needs the job jar (./mvnw -DskipTests package) and two idle cores.
#   docs/measurements/scaling.sh [REPEATS [SETTING...]]        such as: 1 --set steps-per-round=6
# For gradient mode (each reward a gradient of its own), and for one expert with two shards: the seconds of a round, as
# metrics.jsonl has them, median over the rounds after the first, on
#   one     a standalone cluster of one single-core executor
#   two     one of two
#   apart   one executor, while another cluster runs the same at the same time: what two independent processes reach
# The share is (one / two) / (2 one / apart): how much of the two processes' speed two executors have together.
# `outside` is the part of a round of `two` in which slots do not generate, score or update, by the times of tasks.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
repeats=${1:-3}
shift || true
more=("$@")
runs=$(mktemp -d)
trap 'rm -rf "$runs"' EXIT

train() { # NAME WORKERS SETTING...
    local name=$1 workers=$2
    shift 2
    deploy/standalone.sh --workers "$workers" --cores 1 --memory 2g -- train --config docs/measurements/scaling.yaml \
        --run-dir "$runs/$name" "$@" ${more[@]+"${more[@]}"} >"$runs/$name.log" 2>&1 || {
        tail -20 "$runs/$name.log" >&2
        exit 1
    }
}

seconds() { # NAME
    python3 - "$runs/$1/metrics.jsonl" <<'PY'
import json, statistics, sys
rounds = [json.loads(line) for line in open(sys.argv[1])]
print(statistics.median(r["seconds"] for r in rounds if "seconds" in r and r["round"] > 1))
PY
}

outside() { # NAME SLOTS
    python3 - "$runs/$1/metrics.jsonl" "$2" <<'PY'
import json, statistics, sys
lines, slots = [json.loads(line) for line in open(sys.argv[1])], int(sys.argv[2])
work = {}
for line in lines:
    if "learner" in line:
        spent = line["generation_seconds"] + line["scoring_seconds"] + line["update_seconds"]
        work[line["round"]] = work.get(line["round"], 0) + spent / slots
rounds = [line for line in lines if "seconds" in line and "learner" not in line and line["round"] > 1]
print(statistics.median(1 - work[line["round"]] / line["seconds"] for line in rounds))
PY
}

echo "mode, one, two, apart, share, outside"
for mode in gradient shards; do
    case $mode in
        gradient) settings=(--set method=weighted-gradients --set blend.rule=min-norm-normalized) ;;
        shards) settings=(--set 'rewards={qed: }' --set shards=2) ;;
    esac
    for ((k = 0; k < repeats; k++)); do
        train "$mode-$k-one" 1 "${settings[@]}"
        train "$mode-$k-two" 2 "${settings[@]}"
        train "$mode-$k-left" 1 "${settings[@]}" &
        left=$!
        train "$mode-$k-right" 1 "${settings[@]}"
        wait "$left"
        python3 - "$mode" "$(seconds "$mode-$k-one")" "$(seconds "$mode-$k-two")" \
            "$(seconds "$mode-$k-left")" "$(seconds "$mode-$k-right")" "$(outside "$mode-$k-two" 2)" <<'PY'
import sys
mode, one, two, left, right, outside = sys.argv[1], *map(float, sys.argv[2:])
apart = (left + right) / 2
share = (one / two) / (2 * one / apart)
print(f"{mode}, {one:.2f}, {two:.2f}, {apart:.2f}, {share:.3f}, {outside:.3f}", flush=True)
PY
    done
done
