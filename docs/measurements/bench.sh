#!/usr/bin/env bash
# Compares the speed of two builds: solera bench three times in turn, and for each figure of its JSON the median of both
# and their ratio.
#
#   docs/measurements/bench.sh OLD NEW
#
# OLD and NEW are clones. The JSON files are written next to each other into the current folder.
set -euo pipefail

[ $# -eq 2 ] || {
    sed -n 2,7p "$0" >&2
    exit 2
}
for i in 1 2 3; do
    "$1/bin/solera" bench --output "old-$i.json" --overwrite
    "$2/bin/solera" bench --output "new-$i.json" --overwrite
done
python3 - <<'END'
import json, statistics

def flat(value, path=""):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, (int, float)):
        yield path, value

runs = {build: [dict(flat(json.load(open(f"{build}-{i}.json")))) for i in (1, 2, 3)] for build in ("old", "new")}
for key in runs["old"][0]:
    old, new = (statistics.median(run[key] for run in runs[build]) for build in ("old", "new"))
    print(f"{key:45} {old:12.4g} {new:12.4g} {new / old if old else float('nan'):6.2f}")
END
