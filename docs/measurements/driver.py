#!/usr/bin/env python3
"""What the driver holds of a large policy. Linux, with the job jar (./mvnw -DskipTests package).

    driver.py LAYERS WIDTH ROUNDS HEAP EXECUTOR [--set KEY=VALUE ...]

Makes a GPT-2 of LAYERS x WIDTH with random weights and the prior's tokenizer (or, with 0 layers, copies the prior: a
random one that is small draws no molecule, and a run refuses to learn from that), and trains four rewards for ROUNDS
rounds of one step on a standalone cluster of one single-core worker, the steps in blocks. HEAP is the driver's (such
as 1g), EXECUTOR the executor's. Every few seconds the driver's heap is collected; prints the bytes that are live
then, the most of each round, and what the process had resident at most.
"""

import array
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import time

layers, width, rounds, heap, executor = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5]
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
prior = os.path.join(root, "spark-jobs/src/main/resources/io/solera/prior")
place = tempfile.mkdtemp()
model, run = os.path.join(place, "model"), os.path.join(place, "run")


def make_model():
    if layers == 0:
        shutil.copytree(prior, model)
        return os.path.getsize(os.path.join(model, "model.safetensors")) // 4
    os.mkdir(model)
    for name in os.listdir(prior):
        if name.startswith(("tokenizer", "generation")):
            shutil.copy(os.path.join(prior, name), model)
    with open(os.path.join(prior, "config.json")) as file:
        config = json.load(file)
    config.update(n_layer=layers, n_embd=width, n_inner=4 * width, n_head=max(1, width // 64))
    with open(os.path.join(model, "config.json"), "w") as file:
        json.dump(config, file)
    tensors = [("wte.weight", [config["vocab_size"], width]), ("wpe.weight", [config["n_positions"], width])]
    for k in range(layers):
        for name, shape in [
            ("ln_1.weight", [width]), ("ln_1.bias", [width]),
            ("attn.c_attn.weight", [width, 3 * width]), ("attn.c_attn.bias", [3 * width]),
            ("attn.c_proj.weight", [width, width]), ("attn.c_proj.bias", [width]),
            ("ln_2.weight", [width]), ("ln_2.bias", [width]),
            ("mlp.c_fc.weight", [width, 4 * width]), ("mlp.c_fc.bias", [4 * width]),
            ("mlp.c_proj.weight", [4 * width, width]), ("mlp.c_proj.bias", [width]),
        ]:
            tensors.append(("h.%d.%s" % (k, name), shape))
    tensors += [("ln_f.weight", [width]), ("ln_f.bias", [width])]
    header, at = {}, 0
    for name, shape in tensors:
        size = 4
        for n in shape:
            size *= n
        header["transformer." + name] = {"dtype": "F32", "shape": shape, "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    random.seed(1)
    noise = array.array("f", (random.gauss(0, 0.02) for _ in range(1 << 20))).tobytes()
    ones = array.array("f", [1.0] * width).tobytes()
    with open(os.path.join(model, "model.safetensors"), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for name, tensor in header.items():
            left = tensor["data_offsets"][1] - tensor["data_offsets"][0]
            if "ln_" in name:
                file.write(ones if name.endswith("weight") else bytes(left))
                continue
            while left > 0:
                file.write(noise[:left])
                left -= len(noise)
    return at // 4


def children(pid):
    with open("/proc/%d/task/%d/children" % (pid, pid)) as file:
        found = [int(child) for child in file.read().split()]
    return found + [below for child in found for below in children(child)]


def driver(pid):
    for child in children(pid):
        try:
            with open("/proc/%d/cmdline" % child) as file:
                if "org.apache.spark.deploy.SparkSubmit" in file.read():
                    return child
        except OSError:
            pass
    return None


def live(pid):
    histogram = subprocess.run(["jcmd", str(pid), "GC.class_histogram"], capture_output=True, text=True).stdout
    total = [line for line in histogram.splitlines() if line.startswith("Total")]
    return int(total[0].split()[2]) / 2**20 if total else None


parameters = make_model()
print("model of %.1f M parameters, %.0f MiB" % (parameters / 1e6, parameters * 4 / 2**20), flush=True)
job = os.path.join(place, "job.yaml")
with open(job, "w") as file:
    file.write("""
model: %s
rewards: {qed: , sa: , logp: {shaping: 'window(1, 3, 1)'}, mw: {shaping: 'window(200, 400, 100)'}}
rounds: %d
steps-per-round: 1
samples-per-step: 16
micro-batch: 16
partitions: 64
execution: staged
keep-rounds: 1
memory: {driver-mib: 0}
sampling: {max-new-tokens: 8, temperature: 1}
algorithm: {name: rloo, epochs: 1, minibatches: 1}
optimizer: {learning-rate: 1e-5, decay: constant}
evaluation: {samples: 16, round-samples: 0}
""" % (model, rounds))
environment = dict(os.environ, SOLERA_HEAP=heap)
begun = time.time()
process = subprocess.Popen(
    [os.path.join(root, "deploy/standalone.sh"), "--workers", "1", "--cores", "1", "--memory", executor, "--",
     "train", "--config", job, "--run-dir", "file://" + run] + sys.argv[6:],
    env=environment, stdout=subprocess.DEVNULL)
most, peak = {}, 0
while process.poll() is None:
    time.sleep(3)
    pid = driver(process.pid)
    if pid is None:
        continue
    try:
        done = len([r for r in os.listdir(run + "/rounds") if os.path.exists(run + "/rounds/" + r + "/manifest.json")])
    except FileNotFoundError:
        done = 0
    held = live(pid)
    if held is not None:
        most[done] = max(most.get(done, 0), held)
    try:
        with open("/proc/%d/status" % pid) as file:
            peak = max(peak, int(next(line for line in file if line.startswith("VmHWM")).split()[1]) / 1024)
    except (OSError, StopIteration):
        pass
if process.returncode != 0:
    sys.exit("Failed: exit code %d" % process.returncode)
shown = sorted(most)
shown = shown if len(shown) <= 12 else shown[:: max(1, len(shown) // 10)] + shown[-1:]
print("live MiB in the round after so many: " + ", ".join("%d: %.0f" % (done, most[done]) for done in shown))
print("most %.0f MiB live, %.0f MiB resident, heap %s, %.0f s" % (max(most.values()), peak, heap, time.time() - begun))
shutil.rmtree(place)
