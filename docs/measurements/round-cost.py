#!/usr/bin/env python3
"""What a round costs next to generation, scoring and updates, for a checkout that is built; Linux only.

    round-cost.py CHECKOUT CONFIG FIRST LAST [--set KEY=VALUE ...]

Trains CONFIG for LAST rounds with bin/solera, and prints of the rounds from FIRST on: the median seconds from one
manifest to the next, the median seconds of a round's tasks on two slots, processor seconds per round of the whole
process, its resident memory at both ends, and the machine's load. Take two checkouts in turn, several times.
"""

import glob
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

checkout, config, first, last = sys.argv[1], os.path.abspath(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
run = os.path.join(tempfile.mkdtemp(), "run")
job = subprocess.Popen(
    [os.path.join(checkout, "bin/solera"), "train", "--config", config, "--run-dir", run, "--set", "rounds=%d" % last]
    + sys.argv[5:],
    stdout=subprocess.DEVNULL,
)


def process():
    with open("/proc/%d/stat" % job.pid) as file:
        fields = file.read().rsplit(")", 1)[1].split()
    with open("/proc/%d/status" % job.pid) as file:
        resident = next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmRSS"))
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), resident


seen = {}
while job.poll() is None:
    committed = len(glob.glob(run + "/rounds/*/manifest.json")) - 1
    if committed >= first and committed not in seen:
        try:
            seen[committed] = process()
        except (FileNotFoundError, StopIteration):
            pass
    time.sleep(0.01)
if job.returncode != 0:
    sys.exit("Failed: exit code %d" % job.returncode)

manifests = glob.glob(run + "/rounds/*/manifest.json")
times = sorted((int(file.split("/")[-2]), os.stat(file).st_mtime) for file in manifests)
walls = [after[1] - before[1] for before, after in zip(times, times[1:]) if before[0] >= first]
tasks = {}
with open(run + "/metrics.jsonl") as lines:
    for step in map(json.loads, lines):
        if "learner" in step and step["round"] >= first:
            seconds = step["generation_seconds"] + step["scoring_seconds"] + step["update_seconds"]
            tasks[step["round"]] = tasks.get(step["round"], 0) + seconds / 2
start, end = min(seen), max(seen)
print(
    "%s: seconds of a round %.2f, of its tasks %.2f, processor seconds %.2f, resident %.0f to %.0f MiB, load %.1f"
    % (
        checkout,
        statistics.median(walls),
        statistics.median(tasks.values()),
        (seen[end][0] - seen[start][0]) / (end - start),
        seen[start][1],
        seen[end][1],
        os.getloadavg()[0],
    )
)
shutil.rmtree(os.path.dirname(run))
