#!/usr/bin/env python3
"""Kills executors and drivers at random moments on a standing standalone cluster, and compares what the runs end in.
Linux, with JDK 17 on the PATH; builds what bin/solera builds.

    kills.py EXECUTORS DRIVERS [SEED]       such as: kills.py 30 30

A master and two workers of one core each, all of them processes, stay up for all runs. One run is left alone. Then
runs of the same job, in each way that steps run, are disturbed by kill -9 until EXECUTORS executors and DRIVERS
drivers have been killed; a driver that was killed is started again by the same command line until its run is done.
Then, once each: a driver is killed as soon as each file of a round's commit is there, an executor is slowed down ten
times, an executor is decommissioned (SIGPWR), and a driver gets SIGTERM. Prints each kill with its moment and what ran
then, and the SHA-256 of all files of policy/ and state/ that a run ends in. Exit code 1 if one differs, or if a round
was lost.

SOLERA_CLASS_PATH names other classes than bin/solera's, SOLERA_CLASS_ARCHIVE a file for the archive of classes, which
is made where there is none. While the file that PAUSE_WHILE names exists, no driver is started.
"""

import collections
import glob
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

if not 3 <= len(sys.argv) <= 4:
    sys.exit(__doc__)
EXECUTORS, DRIVERS = int(sys.argv[1]), int(sys.argv[2])
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 1
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LIMIT = 600  # seconds that anything may take
MODULES = ("spark-jobs", "reward-udfs", "model-runtime")
JOB = """
model: prior
rewards:
  qed:
  logp: {shaping: 'linear(0, 5)'}
rounds: 4
steps-per-round: 1
samples-per-step: 16
micro-batch: 8
sampling: {max-new-tokens: 40, temperature: 1}
algorithm: {name: ppo, epochs: 1, minibatches: 2}
evaluation: {samples: 16, round-samples: 16}
"""
WAYS = {
    "fused": ["execution=fused"],
    "staged": ["execution=staged", "partitions=1"],
    "shared": ["execution=staged", "partitions=64"],
    "blocks": ["execution=staged", "partitions=64", "memory.driver-mib=0"],
}
COMMIT = ["policy/model.safetensors", "policy/config.json", "state/qed.safetensors", "rollouts.parquet", "blend.json",
          "evaluation.parquet", "manifest.json"]

signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by SIGTERM"))  # with what it started
place = tempfile.mkdtemp(prefix="solera-kills.")
draw = random.Random(SEED)
started = time.time()
processes = []
parts = collections.Counter()
totals = collections.Counter()


def say(text):
    print("%6.0f s  %s" % (time.time() - started, text), flush=True)


def class_path():
    named = os.environ.get("SOLERA_CLASS_PATH")
    if named:
        return named
    subprocess.run([ROOT + "/bin/solera", "--version"], check=True, stdout=subprocess.DEVNULL)
    with open(ROOT + "/spark-jobs/target/classpath.txt") as file:
        libraries = [entry for entry in file.read().strip().split(":") if "/target/solera-" not in entry]
    jars = [glob.glob(ROOT + "/%s/target/solera-*.jar" % module) for module in MODULES]
    return ":".join([jar for of in jars for jar in of] + libraries)


CLASSES = class_path()
ENVIRONMENT = dict(os.environ, SPARK_HOME=place + "/home", SPARK_SCALA_VERSION="2.12", SPARK_LOCAL_IP="127.0.0.1",
                   SPARK_LOCAL_DIRS=place + "/local", OPT_OUT_TRACKING="true", OMP_NUM_THREADS="1",
                   OPENBLAS_NUM_THREADS="1", MALLOC_ARENA_MAX="4")
ARCHIVE = os.environ.get("SOLERA_CLASS_ARCHIVE", place + "/classes.jsa")
# most of the time is that of processes that start: they compile little, and load classes from an archive
BRIEF = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:SharedArchiveFile=" + ARCHIVE,
         "-Xlog:disable", "-Dai.djl.offline=true"]
JAVA = ["java", "@" + ROOT + "/spark-jobs/target/jvm-options",
        "-Djava.io.tmpdir=" + place + "/tmp", "-Dlog4j2.configurationFile=" + ROOT + "/bin/log4j2.properties"]


def start(arguments, log, level="error"):
    with open(place + "/" + log, "a") as out:
        process = subprocess.Popen(JAVA + BRIEF + arguments, stdout=out, stderr=subprocess.STDOUT,
                                   env=dict(ENVIRONMENT, SOLERA_SPARK_LOG=level))
    processes.append(process)
    return process


def await_line(log, pattern, count=1):
    for _ in range(10 * LIMIT):
        with open(place + "/" + log) as file:
            found = re.findall(pattern, file.read())
        if len(found) >= count:
            return found[0]
        time.sleep(0.1)
    raise SystemExit("%s has no %s after %d s" % (log, pattern, LIMIT))


def cluster():
    for folder in ("home/jars", "local", "tmp", "events"):
        os.makedirs(place + "/" + folder)
    with open(place + "/job.yaml", "w") as file:
        file.write(JOB)
    if not os.path.exists(ARCHIVE):
        subprocess.run(JAVA + ["-XX:ArchiveClassesAtExit=" + ARCHIVE, "-XX:+UseSerialGC", "-Xlog:disable",
                               "-XX:TieredStopAtLevel=1", "-Xmx800m", "-cp", CLASSES, "io.solera.jobs.Rehearsal"],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT, check=True)
    start(["-Xmx256m", "-cp", CLASSES, "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0",
           "--webui-port", "0"], "master.log", "info")
    master = await_line("master.log", r"Starting Spark master at (spark:\S+)")
    for number in (1, 2):
        start(["-Xmx256m", "-Dspark.decommission.enabled=true", "-cp", CLASSES, "org.apache.spark.deploy.worker.Worker",
               "--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--work-dir", place + "/worker-%d" % number,
               "--webui-port", "0", master], "worker-%d.log" % number, "info")
    await_line("master.log", r"Registering worker", 2)
    return master


class Run:
    """A run folder, and the driver that works on it."""

    def __init__(self, name, way):
        self.name, self.way, self.folder, self.log = name, way, place + "/" + name, name + ".log"
        self.events = place + "/events/" + name
        os.mkdir(self.events)
        self.seen = {}

    def begin(self, *confs):
        while os.path.exists(os.environ.get("PAUSE_WHILE", "")):
            time.sleep(2)
        for file in os.listdir(self.events):
            os.remove(self.events + "/" + file)
        settings = {"spark.master": master, "spark.executor.extraClassPath": CLASSES, "spark.executor.memory": "1g",
                    "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
                    "spark.ui.enabled": "false", "spark.eventLog.enabled": "true", "spark.eventLog.compress": "false",
                    "spark.eventLog.rolling.enabled": "false", "spark.eventLog.dir": "file:" + self.events,
                    "spark.executor.extraJavaOptions": " ".join(BRIEF)}
        settings.update(conf.split("=", 1) for conf in confs)
        arguments = ["-Xmx800m"] + ["-D%s=%s" % each for each in settings.items()]
        arguments += ["-cp", CLASSES, "io.solera.jobs.Solera", "train", "--config", place + "/job.yaml", "--run-dir",
                      self.folder, "--resume", "--wait=300"]
        for setting in WAYS[self.way]:
            arguments += ["--set", setting]
        self.driver = start(arguments, self.log)

    def alive(self):
        return self.driver.poll() is None

    def jobs(self):
        """Descriptions of the jobs of Spark that run, by the event log; None before the first."""
        running, any_job = {}, False
        for file in os.listdir(self.events):
            with open(self.events + "/" + file, errors="replace") as lines:
                for line in lines:
                    if '"SparkListenerJobStart"' in line[:60] and line.endswith("\n"):
                        event, any_job = json.loads(line), True
                        running[event["Job ID"]] = event["Properties"].get("spark.job.description", "without a name")
                    elif '"SparkListenerJobEnd"' in line[:60] and line.endswith("\n"):
                        running.pop(json.loads(line)["Job ID"], None)
        return list(running.values()) if any_job else None

    def part(self):
        jobs = self.jobs()
        return "before the first job" if jobs is None else jobs[-1] if jobs else "between Spark's jobs"

    def await_first_job(self):
        for _ in range(20 * LIMIT):
            if self.jobs() is not None or not self.alive():
                return
            time.sleep(0.05)
        raise SystemExit("%s has no job after %d s" % (self.name, LIMIT))

    def executors(self):
        """Process numbers of this driver's executors."""
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open("/proc/%s/cmdline" % pid) as file:
                    command = file.read().split("\0")
            except OSError:
                continue
            if "org.apache.spark.executor.CoarseGrainedExecutorBackend" in command and place in " ".join(command):
                found.append(int(pid))
        return sorted(found)

    def one_executor(self):
        for _ in range(20 * LIMIT):
            pids = self.executors()
            if pids or not self.alive():
                return draw.choice(pids) if pids else None
            time.sleep(0.05)
        raise SystemExit("%s has no executor after %d s" % (self.name, LIMIT))

    def manifests(self):
        """SHA-256 of the manifests of the committed rounds."""
        found = {}
        rounds = self.folder + "/rounds"
        for number in sorted(os.listdir(rounds)) if os.path.isdir(rounds) else []:
            path = "%s/%s/manifest.json" % (rounds, number)
            if os.path.exists(path):
                with open(path, "rb") as file:
                    found[int(number)] = hashlib.sha256(file.read()).hexdigest()
        return found

    def note_rounds(self):
        """What is committed now must be there at the end."""
        self.seen.update(self.manifests())

    def lost(self):
        now = self.manifests()
        return sum(now.get(number) != digest for number, digest in self.seen.items())

    def result(self):
        """One hash of all files of policy/ and state/ of the last round."""
        with open(self.folder + "/rounds/00004/manifest.json") as file:
            files = json.load(file)["files"]
        kept = ["%s %s" % (file["name"], file["sha256"]) for file in files
                if file["name"].startswith(("policy/", "state/")) and not file["name"].endswith("README.md")]
        return hashlib.sha256("\n".join(sorted(kept)).encode()).hexdigest()

    def end(self):
        """Waits for the driver; False if it has to be started again."""
        code = self.driver.wait(LIMIT)
        if code not in (0, 4, -signal.SIGKILL):
            with open(place + "/" + self.log) as file:
                sys.stderr.write(file.read()[-3000:])
            raise SystemExit("%s ended with exit code %d" % (self.name, code))
        totals["ended with exit code 4"] += code == 4
        return code == 0

    def finish(self):
        """Starts the driver until the run is done; compares it."""
        while not self.end():
            self.begin()
        digest, lost = self.result(), self.lost()
        totals["runs"] += 1
        totals["differing hashes"] += digest != reference
        totals["lost rounds"] += lost
        say("%s (%s) is done: %s%s" % (self.name, self.way, digest[:16], "" if digest == reference else " DIFFERS"))
        shutil.rmtree(self.folder)


def general(part):
    """A part without its numbers and names."""
    part = re.sub(r"round \d+ of \d+[,:] |round 0: |step \d+ of \d+: ", "", part)
    return re.sub(r" of (qed|logp)(, \w+)?|\(\d+ samples\)|all \d+ ", "", part).strip()


def kill(run, what, pid):
    part = run.part()
    run.note_rounds()
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    parts[what, general(part)] += 1
    totals[what + "s killed"] += 1
    say("%s: %s %d killed %.1f s after its first job, in: %s" % (run.name, what, pid, time.time() - run.first, part))
    return True


def disturbed(number, left):
    run = Run("run-%d" % number, list(WAYS)[number % len(WAYS)])
    run.begin()
    run.await_first_job()
    run.first = time.time()
    while sum(left.values()):
        until = time.time() + draw.uniform(0, seconds)
        what = draw.choices(list(left), list(left.values()))[0]
        while time.time() < until and run.alive():
            time.sleep(0.01)
        pid = (run.driver.pid if what == "driver" else run.one_executor()) if run.alive() else None
        if pid is None:
            if run.end():
                break
            run.begin()
        elif kill(run, what, pid):
            left[what] -= 1
            if what == "executor":
                continue
            run.driver.wait()
            run.begin()
        run.await_first_job()
        run.first = time.time()
    run.finish()


def committing(name):
    """The driver is killed as soon as a file of its second round is there."""
    run = Run("commit-" + name.replace("/", "-"), "shared")
    run.begin()
    run.await_first_job()
    run.first = time.time()
    folder = run.folder + "/rounds/00002"
    while run.alive():
        attempts = os.listdir(folder) if os.path.isdir(folder) else []
        if any(os.path.exists("%s/%s" % (folder if name == "manifest.json" else folder + "/" + each, name))
               for each in attempts):
            kill(run, "driver", run.driver.pid)
            say("%s: committed %s" % (run.name, sorted(run.seen)))
            run.driver.wait()
            run.begin()
            break
        time.sleep(0.0005)
    else:
        raise SystemExit("%s: no file %s was seen" % (run.name, name))
    run.finish()


def slowed():
    """One executor gets a tenth of the time."""
    run = Run("slowed", "shared")
    run.begin("spark.speculation=true", "spark.speculation.interval=50ms")
    run.await_first_job()
    pid, begun = run.one_executor(), time.time()

    def pause():
        while run.alive():
            for what, share in ((signal.SIGSTOP, 0.9), (signal.SIGCONT, 0.1)):
                try:
                    os.kill(pid, what)
                except ProcessLookupError:
                    return
                time.sleep(share)

    thread = threading.Thread(target=pause)
    thread.start()
    run.driver.wait(LIMIT)
    thread.join()
    say("slowed: executor %d had a tenth of the time, %.1f s instead of %.1f s" % (pid, time.time() - begun, seconds))
    run.finish()


def decommissioned():
    run = Run("decommissioned", "staged")
    run.begin()
    run.await_first_job()
    time.sleep(seconds / 3)
    pid = run.one_executor()
    part = run.part()
    os.kill(pid, signal.SIGPWR)
    begun = time.time()
    while os.path.exists("/proc/%d" % pid) and run.alive():
        time.sleep(0.05)
    say("decommissioned: executor %d, in: %s; it ended %.1f s later%s"
        % (pid, part, time.time() - begun, "" if run.alive() else ", with the run"))
    run.finish()


def terminated():
    run = Run("terminated", "staged")
    run.begin()
    run.await_first_job()
    time.sleep(seconds / 3)
    part = run.part()
    run.note_rounds()
    run.driver.terminate()
    begun = time.time()
    code = run.driver.wait(LIMIT)
    if code != 4:
        raise SystemExit("SIGTERM ended the driver with exit code %d (must be 4)" % code)
    say("terminated: driver, in: %s; exit code 4 after %.1f s, rounds %s before, %s after"
        % (part, time.time() - begun, sorted(run.seen), sorted(run.manifests())))
    run.note_rounds()
    run.finish()


try:
    master = cluster()
    say("cluster is up, seed %d" % SEED)
    whole = Run("undisturbed", "shared")
    whole.begin()
    whole.await_first_job()
    begun = time.time()
    if not whole.end():
        raise SystemExit("the undisturbed run failed; see " + place)
    seconds = time.time() - begun
    reference = whole.result()
    say("undisturbed: %s, %.1f s after its first job" % (reference, seconds))
    left = {"executor": EXECUTORS, "driver": DRIVERS}
    number = 0
    while sum(left.values()):
        disturbed(number, left)
        number += 1
    if EXECUTORS + DRIVERS:
        print("\nkilled | in | times")
        for (what, part), times in sorted(parts.items()):
            print("%s | %s | %d" % (what, part, times))
        print()
    for name in COMMIT:
        committing(name)
    slowed()
    decommissioned()
    terminated()
    print("\nin %.0f s: %s" % (time.time() - started, ", ".join(
        "%s %d" % (name, totals[name]) for name in
        ("executors killed", "drivers killed", "runs", "ended with exit code 4", "differing hashes", "lost rounds"))))
finally:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
    shutil.rmtree(place, ignore_errors=True)
sys.exit(1 if totals["differing hashes"] + totals["lost rounds"] else 0)
