"""Scores all samples of a run by rewards that it was not trained on, on Dataproc Serverless, and sums them up.

Each try of a task is a batch of its own with the same command; `score` has --resume, so a try scores only the parts
that the one before has not.
"""

from datetime import datetime, timedelta

from airflow.providers.google.cloud.operators.dataproc import DataprocCreateBatchOperator
from airflow.sdk import DAG

PARAMETERS = {
    "project": "my-project",
    "region": "europe-west1",
    "service_account": "solera@my-project.iam.gserviceaccount.com",
    "subnet": "default",
    "runtime": "2.3",  # Spark 3.5 on Scala 2.13
    "folder": "gs://my-bucket/solera",
    "jar": "solera-job-spark3.5_2.12-0.1.0.jar",  # of the runtime's line in the table of the README
    "run": "runs/mine",
    "rewards": "mw,tpsa,logp",
    "query": "SELECT round, learner, count(*) AS samples, avg(extra_mw) AS mw, avg(extra_logp) AS logp"
    " FROM scored GROUP BY round, learner ORDER BY round, learner",
    "executors": 8,
}
FOLDER = "{{ params.folder }}"
SCORED = f"{FOLDER}/scored/{{{{ dag_run.run_after | ds }}}}"


def solera(task_id, arguments):
    """A command of Solera as a batch."""
    return DataprocCreateBatchOperator(
        task_id=task_id,
        project_id="{{ params.project }}",
        region="{{ params.region }}",
        batch_id=f"solera-{task_id}-{{{{ dag_run.run_after | ts_nodash | lower }}}}-{{{{ ti.try_number }}}}",
        batch={
            "spark_batch": {
                "main_class": "io.solera.jobs.Solera",
                "jar_file_uris": [f"{FOLDER}/{{{{ params.jar }}}}"],
                "args": arguments,
            },
            "runtime_config": {
                "version": "{{ params.runtime }}",
                "properties": {
                    "spark.executor.cores": "4",
                    "spark.executor.memory": "6g",
                    "spark.executor.memoryOverhead": "8g",
                    "spark.dynamicAllocation.maxExecutors": "{{ params.executors }}",
                    "spark.plugins": "io.solera.meter.SoleraPlugin",
                    "spark.executorEnv.DJL_CACHE_DIR": "/tmp/solera",
                    "spark.dataproc.driverEnv.DJL_CACHE_DIR": "/tmp/solera",
                },
            },
            "environment_config": {
                "execution_config": {
                    "service_account": "{{ params.service_account }}",
                    "subnetwork_uri": "{{ params.subnet }}",
                    "ttl": {"seconds": 7 * 24 * 3600},  # 4 hours otherwise
                }
            },
        },
        deferrable=True,
    )


with DAG(
    dag_id="solera_rollout_scoring",
    doc_md=__doc__,
    schedule="0 6 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    params=PARAMETERS,
    default_args={"retries": 3, "retry_delay": timedelta(minutes=5)},
    tags=["solera"],
) as dag:
    score = solera(
        "score",
        [
            "score",
            "--input",
            f"{FOLDER}/{{{{ params.run }}}}/rounds/*/*/rollouts.parquet",
            "--column",
            "text",
            "--rewards",
            "{{ params.rewards }}",
            "--prefix",
            "extra_",
            "--output",
            f"{SCORED}.parquet",
            "--resume",
        ],
    )
    total = solera(
        "total",
        [
            "sql",
            "{{ params.query }}",
            "--input",
            f"scored={SCORED}.parquet",
            "--output",
            f"{SCORED}.csv",
            "--overwrite",
        ],
    )
    score >> total
