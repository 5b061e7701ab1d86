"""Files made wrong in one place each: the checks must refuse every one of them, for the reason that is given."""

from pathlib import Path

DEPLOY = Path(__file__).parents[1]

# (file, what is replaced, by what, part of the message)
CHANGES = [
    ("emr/cluster.json", '"ReleaseLabel"', '"ReleaseLable"', "ReleaseLable"),
    ("emr/cluster.json", '"InstanceFleetType": "TASK",', "", "InstanceFleetType"),
    ("emr/cluster.json", '"MASTER"', '"MAIN"', "must be MASTER, CORE, TASK"),
    ("emr/cluster.json", '"TimeoutDurationMinutes": 15', '"TimeoutDurationMinutes": "soon"', "TimeoutDurationMinutes"),
    ("emr/cluster.json", "io.solera.jobs.Solera", "io.solera.Main", "--class io.solera.Main"),
    ("emr/cluster.json", '"--resume"', '"--resmue"', "train has no option --resmue"),
    ("emr/cluster.json", "meter.SoleraPlugin", "SoleraPlugin", "no class io.solera.SoleraPlugin"),
    ("emr/policy-instances.json", "s3:GetObject", "s3:GetObjekt", "s3:GetObjekt"),
    ("emr/policy-instances.json", '"Effect": "Allow",', "", "Effect"),
    ("emr/policy-instances.json", '["s3:GetObject"]', '["s3:*"]', "allows everything"),
    ("emr/trust-instances.json", "sts:AssumeRole", "sts:TakeRole", "sts:TakeRole"),
    ("emr-serverless/application.json", '"type": "SPARK",', "", 'required parameter in input: "type"'),
    ("emr-serverless/job.json", '"executionRoleArn"', '"executionRole"', "executionRole"),
    ("emr-serverless/job.json", '"mode": "BATCH"', '"mode": "batch"', "must be BATCH"),
    ("emr-serverless/job.json", '"entryPointArguments"', '"arguments"', "arguments"),
    ("emr-serverless/job.json", '"train"', '"trian"', "no command"),
    (
        "emr-serverless/job.json",
        "--class io.solera.jobs.Solera",
        "--class io.solera.jobs.Soler",
        "io.solera.jobs.Soler",
    ),
    ("emr-eks/virtual-cluster.json", '"type": "EKS",', "", "type"),
    ("emr-eks/job.json", '"maxAttempts"', '"attempts"', "attempts"),
    ("emr-eks/trust-job.json", '"Federated"', '"Federation"', "principal"),
    ("dataproc/cluster.yaml", "clusterName:", "name:", "name"),
    ("dataproc/cluster.yaml", "preemptibility: SPOT", "preemptibility: CHEAP", "CHEAP"),
    ("dataproc/cluster.yaml", "numInstances: 1", "numInstances: one", "one"),
    ("dataproc/role-bucket.yaml", "includedPermissions:", "permissions:", "permissions is unknown"),
    ("dataproc/role-nodes.yaml", "dataproc.agents.create", "dataproc.agents", "is no permission"),
    ("dataproc/job.json", '"clusterName": "solera"', "", "clusterName is missing"),
    ("dataproc/job.json", '"mainClass"', '"mainJarFileUri": "a.jar", "mainClass"', "oneof"),
    ("dataproc/job.json", '"--config", ', "", "train lacks --config"),
    ("dataproc-workflow/workflow.yaml", "stepId: train", "step: train", "step"),
    ("dataproc-workflow/workflow.yaml", "- stepId: train", "- prerequisiteStepIds: []", "stepId is missing"),
    (
        "dataproc-workflow/workflow.yaml",
        "prerequisiteStepIds: [train]",
        "scheduling: {maxFailuresTotal: 2}",
        "scheduling",
    ),
    ("dataproc-workflow/workflow.yaml", '        - --top\n        - "500"', "        - --top", "--top has no value"),
    ("dataproc-workflow/workflow.yaml", "        - --rewards\n        - qed,sa\n", "", "score lacks --rewards"),
    ("dataproc-workflow/workflow.yaml", "- qed,sa", "- qed,sas", "there is no reward sas"),
    ("dataproc-serverless/batch.json", '"ttl": "604800s"', '"ttl": "7 days"', "ttl"),
    ("dataproc-serverless/batch.json", '"runtimeConfig"', '"runtime"', "runtime"),
    ("kubernetes/access.yaml", "verbs:", "verb:", "verbs"),
    ("kubernetes/access.yaml", "roleRef:", "role:", "roleRef"),
    ("kubernetes/access.yaml", "namespace: solera", "namespaces: solera", "namespaces is unknown"),
    ("kubernetes/access.yaml", "rbac.authorization.k8s.io/v1", "rbac.authorization.k8s.io/v2", "there is no Role"),
    ("kubernetes/application.yaml", "mainClass:", "mainKlass:", "mainKlass is unknown"),
    ("kubernetes/application.yaml", "type: Java", "type: java", "must be one of"),
    ("kubernetes/application.yaml", "  sparkVersion: 3.5.9\n", "", "sparkVersion"),
    ("kubernetes/application.yaml", "cores: 4", "cores: four", "cores"),
    ("kubernetes/application.yaml", "v1beta2", "v1", "there is no SparkApplication"),
    ("kubernetes/application.yaml", "- --run-dir", "- --run-folder", "no option --run-folder"),
    ("kubernetes/scheduled.yaml", "concurrencyPolicy: Forbid", "concurrencyPolicy: Never", "must be one of"),
    ("kubernetes/scheduled.yaml", "onFailureRetries: 3", "onFailureRetry: 3", "onFailureRetry is unknown"),
    ("airflow/nightly_fine_tuning.py", "execution_role_arn=", "execution_role=", "has no parameter execution_role"),
    ("airflow/nightly_fine_tuning.py", "params.job_role", "params.role", "role"),
    ("airflow/nightly_fine_tuning.py", '"entryPoint"', '"entrypoint"', "entrypoint"),
    ("airflow/nightly_fine_tuning.py", '"--top"', '"--best"', "select has no option --best"),
    ("airflow/rollout_scoring.py", '"spark_batch"', '"spark_bach"', "spark_bach"),
    ("airflow/rollout_scoring.py", "batch_id=", "batch_name=", "batch_name"),
    ("airflow/rollout_scoring.py", '"--prefix"', '"--suffix"', "score has no option --suffix"),
    ("kubernetes/Dockerfile", "USER 185", "USER root", "DL3002"),
    ("emr/bootstrap.sh", "folder=${1", "folder = ${1", "SC"),
]


def cases(folder, check, dag_problems, lint):
    """(file, change, the reason for which it was refused, or None) for each of them."""
    for file, old, new, reason in CHANGES:
        place, name = file.split("/")
        source = folder / file if (folder / file).is_file() else DEPLOY / file
        text = source.read_text(encoding="utf-8")
        if old not in text:
            yield file, f"{old} is not in it", None
            continue
        copy = folder / f"wrong-{name}"
        copy.write_text(text.replace(old, new, 1), encoding="utf-8")
        try:
            if name == "Dockerfile":
                problems = lint("hadolint", "--no-color", copy)
            elif name.endswith(".sh"):
                problems = lint("shellcheck", "--severity=warning", copy)
            elif place == "airflow":
                problems = dag_problems(copy)
            else:
                problems = check(file, copy.read_text(encoding="utf-8"))[1]
        except KeyError as missing:
            problems = [f"lacks {missing}"]
        found = next((problem for problem in problems if reason in problem), None)
        found = found and " ".join(found.replace(f"{copy}:", "line ").split())
        change = f"{' '.join(old.split())} -> {' '.join(new.split()) or 'nothing'}"
        yield file, change, f"refused: {found[:110]}" if found else None
