"""Compares runs of one job, for check.sh: what was drawn, what was learned, how fast. Reads what `solera sql` wrote of
their rollouts (CSV) and their metrics.jsonl.

    check.py equal GAPS.csv BOUND       exit code 1 if the devices agree too little
    check.py speed NAME=RUN ...         a table of the runs' speeds
"""

import csv
import json
import os
import statistics
import sys


def lines(path):
    with open(path) as file:
        return [json.loads(line) for line in file if line.strip()]


def equal(file, bound):
    with open(file, newline="") as table:
        row = {name: float(value or "nan") for name, value in next(csv.DictReader(table)).items()}
    if not row["samples"] > 0:
        sys.exit("Failed: the two runs have no samples in common")
    print("samples of the first step   %d, of the same text on both devices %d" % (row["samples"], row["same"]))
    print("largest difference of a token's log-probability, where texts are the same   %.2g nats (bound %.2g)"
          % (row["gap"], bound))
    # A difference in the seventh digit moves a draw only where the keyed uniform number is that near to a boundary.
    if row["same"] < 0.95 * row["samples"]:
        sys.exit("Failed: fewer than 95 % of the samples are the same")
    if not row["gap"] <= bound:
        sys.exit("Failed: the log-probabilities differ by more than the bound")


def speed(runs):
    print("| run | samples/s | tokens/s drawn | tokens/s updated | log-probability gap at most | round, s |")
    print("|---|---|---|---|---|---|")
    for run in runs:
        name, folder = run.split("=", 1)
        steps = [line for line in lines(os.path.join(folder, "metrics.jsonl")) if "learner" in line]
        rounds = [line for line in lines(os.path.join(folder, "metrics.jsonl"))
                  if "seconds" in line and "learner" not in line and line["round"] > 0]

        def rate(what, by):
            return statistics.median(step[what] / step[by] for step in steps)

        print("| %s | %.1f | %.0f | %.0f | %.2g | %.1f |" % (
            name, rate("samples", "generation_seconds"), rate("tokens", "generation_seconds"),
            rate("tokens", "update_seconds"), max(step["log_probability_gap"] for step in steps),
            statistics.median(line["seconds"] for line in rounds)))


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "equal":
        equal(sys.argv[2], float(sys.argv[3]))
    elif len(sys.argv) > 2 and sys.argv[1] == "speed":
        speed(sys.argv[2:])
    else:
        sys.exit(__doc__)
