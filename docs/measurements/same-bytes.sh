#!/usr/bin/env bash
# One job with 1, 2 and 4 partitions, killed with SIGKILL in its second round and resumed, and (with the job jar built)
# on a standalone cluster of two workers: prints the SHA-256 of the final policy of each. Takes a few minutes.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
runs=$(mktemp -d)
trap 'rm -rf "$runs"' EXIT
job=(quickstart --set rounds=2 --set steps-per-round=2 --set samples-per-step=64 --set micro-batch=32
    --set evaluation.samples=100)

hash() {
    sed -n 's/.*"policy_sha256": "\(.*\)".*/\1/p' "$runs/$1/summary.json"
}

for partitions in 1 2 4; do
    "$root/bin/solera" "${job[@]}" --set "partitions=$partitions" --run-dir "$runs/p$partitions" \
        >"$runs/p$partitions.log"
    echo "$partitions partitions     $(hash "p$partitions")"
done

"$root/bin/solera" "${job[@]}" --run-dir "$runs/killed" >"$runs/killed.log" &
driver=$!
touch "$runs/killed.log"
until grep -q '^2/2 .* 1/2' "$runs/killed.log"; do
    sleep 0.2
    kill -0 $driver
done
kill -KILL $driver
wait $driver || echo "killed in round 2 (exit $?)"
"$root/bin/solera" "${job[@]}" --run-dir "$runs/killed" --resume >"$runs/resumed.log"
echo "killed, resumed  $(hash killed)"

if ls "$root"/deploy/target/solera-job-*.jar >/dev/null 2>&1; then
    "$root/deploy/standalone.sh" --workers 2 "${job[@]}" --run-dir "file://$runs/cluster" >"$runs/cluster.log" 2>&1
    echo "two workers      $(hash cluster)"
fi
