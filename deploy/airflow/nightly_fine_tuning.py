"""Fine-tunes a policy each night on EMR Serverless, and lists the best samples of the run.

A night's run has a folder of its own, named after the day. Each try of a task is the same command with --resume, so a
night that failed resumes after its last committed round.
"""

from datetime import datetime, timedelta

from airflow.providers.amazon.aws.operators.emr import EmrServerlessStartJobOperator
from airflow.sdk import DAG

PARAMETERS = {
    "application_id": "00abcdefghijklmn",
    "job_role": "arn:aws:iam::123456789012:role/solera-job",
    "folder": "s3://my-bucket/solera",
    "jar": "solera-job-spark3.5_2.12-0.1.0.jar",  # of the application's line in the table of the README
    "job": "job.yaml",
    "executors": 4,
    "top": 500,
}
DAY = "{{ dag_run.run_after | ds }}"
FOLDER = "{{ params.folder }}"
RUN = f"{FOLDER}/runs/{DAY}"
SETTINGS = {
    "spark.driver.cores": "2",
    "spark.driver.memory": "10g",
    "spark.executor.cores": "4",
    "spark.executor.memory": "6g",
    "spark.executor.memoryOverhead": "10g",
    "spark.dynamicAllocation.maxExecutors": "{{ params.executors }}",
    "spark.plugins": "io.solera.meter.SoleraPlugin",
    "spark.executorEnv.DJL_CACHE_DIR": "/tmp/solera",
    "spark.emr-serverless.driverEnv.DJL_CACHE_DIR": "/tmp/solera",
}
CONFS = " ".join(f"--conf {key}={value}" for key, value in SETTINGS.items())


def solera(task_id, arguments):
    """A command of Solera as a job of the application."""
    return EmrServerlessStartJobOperator(
        task_id=task_id,
        name=f"solera-{task_id}-{DAY}",
        application_id="{{ params.application_id }}",
        execution_role_arn="{{ params.job_role }}",
        config={"mode": "BATCH", "executionTimeoutMinutes": 10080},
        job_driver={
            "sparkSubmit": {
                "entryPoint": f"{FOLDER}/{{{{ params.jar }}}}",
                "entryPointArguments": arguments,
                "sparkSubmitParameters": f"--class io.solera.jobs.Solera {CONFS}",
            }
        },
        configuration_overrides={
            "monitoringConfiguration": {"s3MonitoringConfiguration": {"logUri": f"{FOLDER}/logs/"}}
        },
        deferrable=True,
        waiter_delay=60,
        waiter_max_attempts=10080,  # the operator's own 25 would give up on a run after 25 minutes
    )


with DAG(
    dag_id="solera_nightly_fine_tuning",
    doc_md=__doc__,
    schedule="0 1 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    params=PARAMETERS,
    default_args={"retries": 3, "retry_delay": timedelta(minutes=5)},
    tags=["solera"],
) as dag:
    train = solera(
        "train",
        ["train", "--config", f"{FOLDER}/{{{{ params.job }}}}", "--run-dir", RUN, "--resume", "--wait"],
    )
    select = solera(
        "select",
        ["select", RUN, "--top", "{{ params.top }}", "--output", f"{FOLDER}/runs/best-{DAY}.csv", "--overwrite"],
    )
    train >> select
