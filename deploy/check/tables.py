"""Tables of Delta and Iceberg as prompts, inputs and outputs of scores, rollouts and metrics of a run that is killed
and resumed: with each format's Spark package.

python deploy/check/tables.py JAR FOLDER
"""

import glob
import json
import os
import signal
import subprocess
import sys
import time

from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession

DELTA = "io.delta:delta-spark_2.12:3.3.2"
ICEBERG = "org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:1.10.0"
EXTENSIONS = (
    "io.solera.reward.sql.SoleraExtensions,io.delta.sql.DeltaSparkSessionExtension,"
    "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions"
)
JOB = """
model: prior
rewards: {qed: {}, sa: {}}
prompts: {table: ice.lab.prompts, samples-per-prompt: 4, held-out-share: 0.3}  # three words are a table
rounds: 3
steps-per-round: 2
samples-per-step: 8
micro-batch: 8
sampling: {max-new-tokens: 20}
algorithm: {name: rloo, epochs: 1, minibatches: 1}
evaluation: {samples: 16, round-samples: 8}
export: {rollouts: ice.lab.rollouts, metrics: ice.lab.metrics}
"""

jar, folder = sys.argv[1], os.path.abspath(sys.argv[2])
confs = {
    "spark.master": "local[2]",
    "spark.jars": jar,
    "spark.jars.packages": f"{DELTA},{ICEBERG}",
    "spark.sql.extensions": EXTENSIONS,
    "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
    "spark.sql.catalog.ice": "org.apache.iceberg.spark.SparkCatalog",
    "spark.sql.catalog.ice.type": "hadoop",
    "spark.sql.catalog.ice.warehouse": f"{folder}/ice",
    "spark.sql.catalog.rewards": "io.solera.reward.sql.RewardFunctionCatalog",
    "spark.sql.warehouse.dir": f"{folder}/warehouse",
    "spark.driver.extraJavaOptions": "-Dai.djl.offline=true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "2",
}


def check(what, found, expected):
    if found != expected:
        sys.exit(f"Failed: {what}: {found} (must be {expected})")
    print(f"{what}: {found}", flush=True)


def train_and_kill(run, job):
    """In a process of spark-submit, which is killed once it has committed round 2, and so before it has appended it."""
    submit = [os.path.join(os.environ["SPARK_HOME"], "bin/spark-submit"), "--class", "io.solera.jobs.Solera"]
    for key, value in confs.items():
        submit += ["--conf", f"{key}={value}"]
    process = subprocess.Popen(submit + [jar, "train", "--config", job, "--run-dir", run], start_new_session=True)
    deadline = time.time() + 120
    while not os.path.exists(f"{run}/rounds/00002/manifest.json"):
        if process.poll() is not None or time.time() > deadline:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            sys.exit("Failed: the run that is to be killed did not commit round 2")
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def solera(*words):
    """A command in this process, which raises what ends it with another exit code than 0."""
    arguments = spark._sc._gateway.new_array(spark._jvm.java.lang.String, len(words))
    for place, word in enumerate(words):
        arguments[place] = word
    spark._jvm.io.solera.jobs.Solera.main(arguments)


def one(query):
    return spark.sql(query).collect()[0][0]


builder = SparkSession.builder.appName("tables")
for key, value in confs.items():
    builder = builder.config(key, value)
spark = builder.getOrCreate()
spark.sparkContext.setLogLevel("ERROR")
spark.sql("CREATE NAMESPACE ice.lab")
spark.sql("CREATE DATABASE lab")

prompts = [(text,) for text in ("c1ccc", "CCO", "CCN", "CC(=O)", "COc1", "O=C(", "N#Cc", "Cc1n", "CSC", "FC(F)")]
spark.createDataFrame(prompts, ["prompt"]).writeTo("ice.lab.prompts").create()
job, run = f"{folder}/job.yaml", f"{folder}/run"
with open(job, "w", encoding="utf-8") as file:
    file.write(JOB)
train_and_kill(run, job)

print("== a run that was killed, resumed: Iceberg")
manifests = {path: open(path, "rb").read() for path in glob.glob(f"{run}/rounds/*/manifest.json")}
solera("train", "--config", job, "--run-dir", run, "--resume")
metrics = [json.loads(line) for line in open(f"{run}/metrics.jsonl", encoding="utf-8")]
rounds = "SELECT count(*), count(DISTINCT round, learner, step, sample_id), count(DISTINCT run) FROM"
check("rollouts", tuple(spark.sql(f"{rounds} ice.lab.rollouts").collect()[0]), (96, 96, 1))
check("appends", one("SELECT count(*) BETWEEN 1 AND 3 FROM ice.lab.rollouts.snapshots"), True)
check("rounds with metrics", one("SELECT sort_array(collect_set(round)) FROM ice.lab.metrics"), [0, 1, 2, 3])
losses = sum("loss" in line for line in metrics)
check("losses", one("SELECT count(value) FROM ice.lab.metrics WHERE metric = 'loss'"), losses)
check("committed rounds", all(open(path, "rb").read() == text for path, text in manifests.items()), True)

print("== the same run once more: Delta")
delta = "export={rollouts: spark_catalog.lab.rollouts, metrics: lab.metrics, format: delta}"
for _ in "first", "again":
    solera("train", "--config", job, "--run-dir", run, "--resume", "--set", delta)
    check("rollouts", tuple(spark.sql(f"{rounds} spark_catalog.lab.rollouts").collect()[0]), (96, 96, 1))
    check("appends", spark.sql("DESCRIBE HISTORY lab.rollouts").filter("operation = 'WRITE'").count(), 1)
different = "(SELECT * FROM {0} EXCEPT SELECT * FROM {1})"
tables = "ice.lab.rollouts", "spark_catalog.lab.rollouts"
check("rows that differ", one(f"SELECT count(*) FROM {different.format(*tables)}"), 0)

print("== scored tables, from Delta to Iceberg and back")
score = ["score", "--rewards", "tpsa", "--column", "smiles=text"]
solera(*score, "--input", "spark_catalog.lab.rollouts", "--output", "ice.lab.scored")
solera(*score, "--input", "spark_catalog.lab.rollouts", "--output", "ice.lab.scored", "--resume")
solera(*score, "--input", "spark_catalog.lab.rollouts", "--output", "ice.lab.scored", "--overwrite")
spark.catalog.refreshTable("ice.lab.scored")  # Iceberg keeps what a session knows of a table for 30 seconds
check("rows", one("SELECT count(tpsa_status) FROM ice.lab.scored"), 96)
check("versions", one("SELECT count(*) FROM ice.lab.scored.snapshots"), 2)
back = ["score", "--rewards", "logp", "--column", "smiles=text", "--input", "ice.lab.scored"]
back += ["--output", "spark_catalog.lab.scored", "--output-format", "delta"]
solera(*back)
# To replace a table Spark 3.5.9 asks Delta 3.3.2 for a truncation that it does not have.
try:
    solera(*back, "--overwrite")
    sys.exit("Failed: Delta replaces a table on this Spark (say so in docs/score.md, and ask for two versions here)")
except Py4JJavaError as refused:
    check("refused", "exited with 2" in str(refused.java_exception), True)
check("rows", one("SELECT count(logp_status) FROM lab.scored"), 96)
check("versions", spark.sql("DESCRIBE HISTORY lab.scored").count(), 1)
spark.sql("DROP TABLE lab.scored")
solera(*back, "--resume")
check("rows", one("SELECT count(logp_status) FROM lab.scored"), 96)

spark.stop()
