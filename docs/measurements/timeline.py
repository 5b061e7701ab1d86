#!/usr/bin/env python3
"""How busy the slots of a cluster were, stage by stage, from Spark's event log.

    bin/solera train ... with spark.eventLog.enabled=true and spark.eventLog.dir=DIR, then
    timeline.py DIR/FILE SLOTS

A line for each kind of stage (stages of the same name): how many, tasks, executors' cores that had one of them, time of
tasks over SLOTS x the stage's own time, and the share of all time.
"""
import collections
import json
import sys

path, slots = sys.argv[1], int(sys.argv[2])
tasks = collections.defaultdict(list)
names = {}
for line in open(path, encoding="utf-8"):
    event = json.loads(line)
    if event["Event"] == "SparkListenerTaskEnd":
        info = event["Task Info"]
        tasks[event["Stage ID"], event["Stage Attempt ID"]].append(
            (info["Launch Time"], info["Finish Time"], info["Executor ID"]))
    elif event["Event"] == "SparkListenerStageCompleted":
        stage = event["Stage Info"]
        names[stage["Stage ID"], stage["Stage Attempt ID"]] = stage["Stage Name"]

kinds = collections.defaultdict(lambda: [0, 0, 0.0, 0.0, 0])
for key, ended in tasks.items():
    kind = kinds[names.get(key, "stage that failed")]
    begun, finished = min(task[0] for task in ended), max(task[1] for task in ended)
    kind[0] += 1
    kind[1] += len(ended)
    kind[2] += sum(task[1] - task[0] for task in ended) / 1000
    kind[3] += (finished - begun) / 1000
    # tasks that overlap, at most
    edges = sorted([(task[0], 1) for task in ended] + [(task[1], -1) for task in ended])
    running = most = 0
    for _, change in edges:
        running += change
        most = max(most, running)
    kind[4] = max(kind[4], most)

everything = [task for ended in tasks.values() for task in ended]
span = (max(task[1] for task in everything) - min(task[0] for task in everything)) / 1000
print(f"{'stage':60s} stages tasks at once  busy  share of {span:.1f} s")
for name, (stages, count, work, time, most) in sorted(kinds.items(), key=lambda kind: -kind[1][3]):
    busy = work / (slots * max(time, 1e-3))
    print(f"{name[:60]:60s} {stages:6d} {count:5d} {most:7d} {busy:5.2f} {time / span:8.2f}")

# slots that are taken while any task runs, whatever its stage: stages of several learners run at the same time
edges = sorted([(task[0], 1) for task in everything] + [(task[1], -1) for task in everything])
running, since, spent, taken = 0, edges[0][0], 0, 0
for moment, change in edges:
    if running > 0:
        spent += moment - since
        taken += min(running, slots) * (moment - since)
    running, since = running + change, moment
print(f"all together: {taken / (slots * spent):.2f} of the slots are taken while any task runs ({spent / 1000:.1f} s)")
