#!/usr/bin/env python3
"""A run that is tracked by real servers, killed and resumed. In an environment with

    pip install mlflow==3.17.2 tensorboard==2.21.0

    tracking.py [--solera COMMAND] [--keep FOLDER] [--set KEY=VALUE ...]

starts MLflow on a free port of 127.0.0.1 (SQLite, artefacts through the server), and trains qed and sa for four rounds
of two steps with `track: [tensorboard, mlflow]`. The driver is killed (kill -9) when round 2 is committed and resumed
without the server, which is away for round 3 and back when the run is resumed once more after its end. Then it checks:
one run of MLflow, every number of metrics.jsonl once, with its value, in MLflow and in TensorBoard; the parameters;
the artefacts, byte for byte; that a token is in no output; and that nothing is sent a second time. COMMAND is
bin/solera by default. Only processes that this starts are ended. With --keep the folder stays, with MLflow's data.
"""

import argparse
import hashlib
import json
import math
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "tracking-measurement-secret"
ARTIFACTS = ["job.yaml", "summary.json", "report.html", "molecules.csv", "metrics.jsonl"]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def server(place, port):
    environment = dict(os.environ, MLFLOW_DISABLE_TELEMETRY="true", MLFLOW_SERVER_ENABLE_JOB_EXECUTION="false")
    command = [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    command += ["--backend-store-uri", f"sqlite:///{place}/mlflow.db", "--artifacts-destination", f"{place}/artifacts"]
    with open(place / "server.log", "a") as log:
        process = subprocess.Popen(
            command, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
    for _ in range(240):
        try:
            if urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5).status == 200:
                return process
        except OSError:
            time.sleep(0.5)
    stop(process)
    sys.exit("MLflow does not start: see server.log")


def stop(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def train(place, options, port, log, *more):
    job = place / "job.yaml"
    job.write_text("""\
rewards: {qed: {at-least: 0.6}, sa: {at-most: 4}}
rounds: 4
steps-per-round: 2
samples-per-step: 32
micro-batch: 16
sampling: {max-new-tokens: 60, temperature: 1}
algorithm: {name: rloo, epochs: 1, minibatches: 2}
evaluation: {samples: 100, round-samples: 100}
track: [tensorboard, mlflow]
""")
    command = options.solera.split() + ["train", "--config", str(job), "--run-dir", str(place / "run")]
    for setting in options.set:
        command += ["--set", setting]
    environment = dict(
        os.environ,
        MLFLOW_TRACKING_URI=f"http://127.0.0.1:{port}",
        MLFLOW_EXPERIMENT_NAME="solera",
        MLFLOW_TRACKING_TOKEN=TOKEN)
    with open(place / log, "w") as out:
        return subprocess.Popen(
            command + list(more), env=environment, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd=ROOT,
            start_new_session=True)


def ended(process):
    if process.wait(timeout=1800) != 0:
        sys.exit(f"the run ended with {process.returncode}")


def post(port, call, body):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/2.0/mlflow/{call}", json.dumps(body).encode(),
        {"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request, timeout=60))


def get(port, path):
    return urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=60).read()


def wanted(run):
    """The numbers of every step, and of rounds: by name, a list of step and value."""
    points, done, last = {}, 0, 0
    for line in (run / "metrics.jsonl").read_text().splitlines():
        line = json.loads(line)
        values = {}
        if "learner" in line:
            last = done + line["step"] + 1
            values = {f"{line['learner']}/{key}": value for key, value in line.items()
                      if key not in ("learner", "step", "round")}
        else:
            done = last
            evaluation = line["evaluation"]
            values = {"round/number": line["round"], "evaluation/kl": evaluation["kl"]["mean"]}
            values |= {f"evaluation/rewards/{name}": reward["raw"]["mean"]
                       for name, reward in evaluation["rewards"].items()}
        for key, value in values.items():
            if isinstance(value, (int, float)) and math.isfinite(value):
                points.setdefault(key, []).append((last, value))
    return points


def history(port, run_id, key):
    query = urllib.parse.urlencode({"run_id": run_id, "metric_key": key, "max_results": 1000})
    metrics = json.loads(get(port, f"api/2.0/mlflow/metrics/get-history?{query}")).get("metrics", [])
    return [(int(metric["step"]), metric["value"]) for metric in metrics]


def check(place, port, first):
    run = place / "run"
    experiment = json.loads(get(port, "api/2.0/mlflow/experiments/get-by-name?experiment_name=solera"))
    number = experiment["experiment"]["experiment_id"]
    runs = post(port, "runs/search", {"experiment_ids": [number], "max_results": 10})["runs"]
    assert len(runs) == 1, f"{len(runs)} runs"
    run_id, data = runs[0]["info"]["run_id"], runs[0]["data"]
    assert runs[0]["info"]["status"] == "FINISHED", runs[0]["info"]
    numbers = 0
    points = wanted(run)
    for key, values in points.items():
        found = history(port, run_id, key)
        assert found == values, f"{key}: {found} instead of {values}"
        numbers += len(found)
    others = [metric["key"] for metric in data["metrics"] if metric["key"] not in points]
    for key in others:
        steps = [step for step, value in history(port, run_id, key)]
        assert steps == sorted(set(steps)), f"{key}: {steps}"
    parameters = {one["key"]: one["value"] for one in data["params"]}
    assert parameters["rewards.sa.at-most"] == "4.0" and parameters["track.1"] == "mlflow", parameters
    best = json.loads((run / "summary.json").read_text())["best"]["round"]
    policy = next((run / "rounds" / f"{best:05d}").glob("*/policy"))
    files = {name: run / name for name in ARTIFACTS} | {f"policy/{file.name}": file for file in policy.iterdir()}
    if not first:  # a run that is done writes summary.json again, with the seconds of that process
        files = {}
    size = 0
    for name, file in files.items():
        sent = get(port, f"api/2.0/mlflow-artifacts/artifacts/{number}/{run_id}/artifacts/{name}")
        assert hashlib.sha256(sent).digest() == hashlib.sha256(file.read_bytes()).digest(), name
        size += len(sent)
    return (f"MLflow: one run, {numbers} numbers of {len(points)} metrics equal to metrics.jsonl, each once,"
            f" {len(others)} other metrics without a repeated step, {len(parameters)} parameters,"
            f" {len(files)} files of {size:,} bytes")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--solera", default=str(ROOT / "bin/solera"))
    parser.add_argument("--keep")
    parser.add_argument("--set", action="append", default=[])
    options = parser.parse_args()
    place = Path(options.keep or tempfile.mkdtemp()).resolve()
    place.mkdir(parents=True, exist_ok=True)
    port = free_port()
    process = server(place, port)
    try:
        killed = train(place, options, port, "killed.log")
        while not list((place / "run/rounds").glob("00002/manifest.json")):
            assert killed.poll() is None, "the run ended early"
            time.sleep(0.05)
        time.sleep(1)
        stop(killed)
        stop(process)
        ended(train(place, options, port, "away.log", "--resume"))
        lines = [line for line in (place / "away.log").read_text().splitlines() if "tracking" in line]
        assert len(lines) == 1, lines
        print("away:", lines[0])
        process = server(place, port)
        ended(train(place, options, port, "back.log", "--resume"))
        print(check(place, port, True))
        ended(train(place, options, port, "again.log", "--resume"))
        check(place, port, False)
        print("again: the run of MLflow is what it was")
        sys.stdout.flush()
        reader = ROOT / "docs/reference/event_file.py"
        subprocess.run([sys.executable, str(reader), "check", str(place / "run")], check=True)
        for file in place.rglob("*"):
            if file.is_file() and file.suffix != ".db" and "artifacts" not in file.parts:
                assert TOKEN.encode() not in file.read_bytes(), file
        print("the token is in no log and no file of the run")
    finally:
        stop(process)


main()
