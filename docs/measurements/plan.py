#!/usr/bin/env python3
"""How well solera plan predicts. Linux, with the job jar (./mvnw -DskipTests package) and an idle machine.

    plan.py FOLDER [calibrate] [measure] [compare] [exchange]

Without a word all four, in FOLDER, which keeps what is measured:
  calibrate  solera plan --calibrate of plan.yaml on two single-core executors; the rates go to FOLDER/rates.json
  measure    trains three other jobs on 1, 2 and 4 single-core executors of a standalone cluster on this machine
  compare    plans these nine runs from the rates, and prints what was predicted and measured, and their ratio: the
             median seconds of a round of the second half, MiB moved in the run, peak resident MiB of the driver and
             of the largest executor
  exchange   trains eight steps in rounds of m = 1, 2, 4 and 8 on two executors, and prints the bytes per step, from
             Spark's metrics, next to the plan's
"""

import csv
import glob
import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))
folder = os.path.abspath(sys.argv[1])
parts = sys.argv[2:] or ["calibrate", "measure", "compare", "exchange"]
os.makedirs(folder, exist_ok=True)
job = os.path.join(here, "plan.yaml")
rates = os.path.join(folder, "rates.json")
MIB = 2.0**20

JOBS = {
    "fused": ["rewards={qed: , logp: {shaping: 'window(1, 3, 1)'}}", "execution=fused", "steps-per-round=3",
              "samples-per-step=32", "micro-batch=32"],
    "auto": ["steps-per-round=2", "samples-per-step=32", "micro-batch=16", "algorithm.epochs=3",
             "evaluation.round-samples=48"],
    "staged": ["rewards={qed: , sa: }", "execution=staged", "steps-per-round=2", "samples-per-step=48",
               "algorithm.minibatches=4"],
}
EXECUTORS = [1, 2, 4]


def settings(values):
    return [word for value in values for word in ("--set", value)]


def solera(workers, *arguments, confs=()):
    command = [os.path.join(root, "deploy/standalone.sh"), "--workers", str(workers), "--cores", "1", "--memory", "1g"]
    for conf in confs:
        command += ["--conf", conf]
    return subprocess.Popen(command + ["--"] + list(arguments), stdout=subprocess.DEVNULL)


def finish(process):
    if process.wait() != 0:
        sys.exit("Failed: exit code %d" % process.returncode)


def children(pid):
    found = []
    for path in glob.glob("/proc/%d/task/*/children" % pid):
        try:
            with open(path) as file:
                found += [int(child) for child in file.read().split()]
        except OSError:
            continue
    return found + [below for child in found for below in children(child)]


def machine():
    """Seconds that the machine's cores have worked."""
    with open("/proc/stat") as file:
        fields = [int(field) for field in file.readline().split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")


def work(pid):
    """Seconds that a process has worked."""
    with open("/proc/%d/stat" % pid) as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return sum(int(field) for field in fields[11:13]) / os.sysconf("SC_CLK_TCK")


def peaks(process, into):
    """Peak resident MiB of the driver and of each executor, and what others took of the machine's cores meanwhile."""
    begun, before, worked = time.time(), machine(), {}
    while process.poll() is None:
        for pid in [process.pid] + children(process.pid):
            try:
                worked[pid] = work(pid)
            except OSError:
                continue
            if pid == process.pid:
                continue
            try:
                with open("/proc/%d/cmdline" % pid) as file:
                    line = file.read()
                with open("/proc/%d/status" % pid) as file:
                    peak = next(int(row.split()[1]) / 1024 for row in file if row.startswith("VmHWM"))
            except (OSError, StopIteration):
                continue
            if "CoarseGrainedExecutorBackend" in line:
                into[pid] = max(into.get(pid, 0), peak)
            elif "io.solera.jobs.Solera" in line and "SparkSubmit" in line:
                into["driver"] = max(into.get("driver", 0), peak)
        time.sleep(0.2)
        into["others"] = (machine() - before - sum(worked.values())) / (time.time() - begun) / os.cpu_count()


def total(place, name):
    """The last value of a metric, over all processes that have it."""
    values = []
    for path in glob.glob(os.path.join(place, "*." + name + ".csv")):
        with open(path) as file:
            rows = list(csv.reader(file))
        values.append(float(rows[-1][1]))
    return sum(values)


def train(name, workers, values):
    place = os.path.join(folder, name)
    shutil.rmtree(place, ignore_errors=True)
    os.makedirs(place + "/metrics")
    process = solera(
        workers, "train", "--config", job, "--run-dir", place + "/run", *settings(values),
        confs=["spark.metrics.namespace=solera",
               "spark.metrics.conf.*.sink.csv.class=org.apache.spark.metrics.sink.CsvSink",
               "spark.metrics.conf.*.sink.csv.directory=" + place + "/metrics",
               "spark.metrics.conf.*.sink.csv.period=1", "spark.metrics.conf.*.sink.csv.unit=seconds"])
    resident = {}
    watch = threading.Thread(target=peaks, args=(process, resident))
    watch.start()
    finish(process)
    watch.join()
    with open(place + "/run/metrics.jsonl") as lines:
        rounds = [line for line in map(json.loads, lines) if "seconds" in line and "learner" not in line]
    last = rounds[-1]["round"]
    usual = [line["seconds"] for line in rounds if last // 2 < line["round"] < last]
    moved = {key: total(place + "/metrics", key) for key in (
        "application.bytes_broadcast", "application.bytes_shuffled", "work.bytes_read",
        "application.bytes_returned", "driver.bytes_read")}
    measured = {
        "round": statistics.median(usual) if usual else None,
        "rounds": [line["seconds"] for line in rounds],
        "evaluations": [line.get("evaluation_seconds") for line in rounds],
        "moved": moved,
        "bytes": sum(moved.values()),
        "driver": resident.pop("driver", None),
        "others": resident.pop("others", None),
        "executor": max(resident.values()),
    }
    with open(place + "/measured.json", "w") as file:
        json.dump(measured, file, indent=1)
    return measured


def planned(name, workers, values):
    output = os.path.join(folder, name, "plan.json")
    finish(solera(0, "plan", "--config", job, "--executors", str(workers), "--machines", "1", "--from", rates,
                  "--output", output, "--overwrite", *settings(values)))
    with open(output) as file:
        return json.load(file)["plan"]


if "calibrate" in parts:
    process = solera(
        2, "plan", "--config", job, "--executors", "2", "--machines", "1", "--calibrate", "--output", rates,
        "--overwrite")
    seen = {}
    peaks(process, seen)
    finish(process)
    print("calibrated; others took %.0f %% of the cores" % (100 * seen["others"]), flush=True)
if "measure" in parts:
    for workers in EXECUTORS:
        for name, values in JOBS.items():
            cell = "%s-%d" % (name, workers)
            if len(parts) > 1 or not os.path.exists(os.path.join(folder, cell, "measured.json")):
                seen = train(cell, workers, values)
            else:
                continue
            print("%s on %d: %s; others took %.0f %% of the cores" % (
                name, workers, " ".join("%.2f" % s for s in seen["rounds"]), 100 * seen["others"]), flush=True)
if "compare" in parts:
    print("| job | executors | seconds of a round | MiB moved | driver, MiB | executor, MiB |")
    print("|---|---|---|---|---|---|")
    for name, values in JOBS.items():
        for workers in EXECUTORS:
            cell = "%s-%d" % (name, workers)
            plan = planned(cell, workers, values)
            with open(os.path.join(folder, cell, "measured.json")) as file:
                seen = json.load(file)
            pairs = [(plan["round_seconds"], seen["round"]), (plan["bytes"] / MIB, seen["bytes"] / MIB),
                     (plan["driver_mib"], seen["driver"]), (plan["executor_mib"], seen["executor"])]
            text = ["%s, %s, %.2f" % (round(p, 2 if p < 100 else None), round(m, 2 if m < 100 else None), p / m)
                    for p, m in pairs]
            print("| %s: %s | %d | %s |" % (name, plan["way"].split()[0], workers, " | ".join(text)), flush=True)
if "exchange" in parts:
    print("| m | rounds | to executors, KiB per step | to the driver | planned: to executors | to the driver |")
    print("|---|---|---|---|---|---|")
    for m in (1, 2, 4, 8):
        values = ["rewards={qed: , logp: {shaping: 'window(1, 3, 1)'}}", "execution=fused", "steps-per-round=%d" % m,
                  "rounds=%d" % (8 // m), "samples-per-step=16", "micro-batch=16", "evaluation.samples=16",
                  "keep-rounds=1"]
        cell = "exchange-%d" % m
        moved = train(cell, 2, values)["moved"]
        plan = planned(cell, 2, values)
        down = moved["application.bytes_broadcast"] + moved["application.bytes_shuffled"] + moved["work.bytes_read"]
        up = moved["application.bytes_returned"] + moved["driver.bytes_read"]
        print("| %d | %d | %.0f | %.0f | %.0f | %.0f |" % (
            m, 8 // m, down / 8 / 1024, up / 8 / 1024, plan["bytes_to_executors"] / 8 / 1024,
            (plan["bytes"] - plan["bytes_to_executors"]) / 8 / 1024), flush=True)
