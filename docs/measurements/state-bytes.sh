#!/usr/bin/env bash
# What a training job reads and writes, for one or more checkouts that are built:
#   state-bytes.sh CONFIG HEAP CHECKOUT... -- ARGS
# prints for each: bytes that its process read and wrote (files and pipes), its peak resident memory, and the size of
# state/ of the last round. Linux only. ARGS go to solera train.
set -euo pipefail
config=$1 heap=$2
shift 2
checkouts=()
while [ "$1" != "--" ]; do checkouts+=("$1"); shift; done
shift
runs=$(mktemp -d)
trap 'rm -rf "$runs"' EXIT

for checkout in "${checkouts[@]}"; do
    run=$runs/$(basename "$checkout")
    (cd "$checkout" && SOLERA_HEAP=$heap exec bin/solera train \
        --config "$config" --run-dir "$run" "$@" >"$run.log" 2>&1) &
    job=$!
    while kill -0 $job 2>/dev/null; do
        cp "/proc/$job/io" "$run.io" 2>/dev/null || true
        grep VmHWM "/proc/$job/status" >"$run.now" 2>/dev/null && mv "$run.now" "$run.rss"
        sleep 0.2
    done
    wait $job || { tail -5 "$run.log"; exit 1; }
    echo "$checkout"
    awk '/^rchar/ {printf "  read %.0f MiB", $2 / 1048576}
         /^wchar/ {printf ", wrote %.0f MiB\n", $2 / 1048576}' "$run.io"
    awk '{printf "  peak resident, MiB: %.0f\n", $2 / 1024}' "$run.rss"
    ls -l "$run"/rounds/*1/*/state/ | awk '{sum += $5} END {printf "  state/ of the last round, bytes: %d\n", sum}'
done
