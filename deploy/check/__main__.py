"""Checks every file of deploy/ and prints a table: file, checked by what, result. Ends with 1 if anything is wrong."""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import dags
import solera_commands
import vendors
import wrong
import yaml

DEPLOY = Path(__file__).parents[1]
ARGUMENTS = ("Args", "args", "arguments", "entryPointArguments")
LINTERS = Path(sys.executable).parent
REQUESTS = {
    "emr/cluster.json": ("botocore: emr RunJobFlow", lambda value: vendors.aws("emr", "RunJobFlow", value)),
    "emr-serverless/application.json": (
        "botocore: emr-serverless CreateApplication",
        lambda value: vendors.aws("emr-serverless", "CreateApplication", value),
    ),
    "emr-serverless/job.json": (
        "botocore: emr-serverless StartJobRun",
        lambda value: vendors.aws("emr-serverless", "StartJobRun", value),
    ),
    "emr-eks/virtual-cluster.json": (
        "botocore: emr-containers CreateVirtualCluster",
        lambda value: vendors.aws("emr-containers", "CreateVirtualCluster", value),
    ),
    "emr-eks/job.json": (
        "botocore: emr-containers StartJobRun",
        lambda value: vendors.aws("emr-containers", "StartJobRun", value),
    ),
    "dataproc/cluster.yaml": ("google-cloud-dataproc: Cluster", lambda value: vendors.dataproc("Cluster", value)),
    "dataproc/job.json": (
        "google-cloud-dataproc: SubmitJobRequest",
        lambda value: vendors.dataproc("SubmitJobRequest", {"projectId": "p", "region": "r", **value}),
    ),
    "dataproc/role-bucket.yaml": ("the form of a custom role", lambda value: role(value)),
    "dataproc/role-nodes.yaml": ("the form of a custom role", lambda value: role(value)),
    "dataproc-workflow/workflow.yaml": (
        "google-cloud-dataproc: WorkflowTemplate",
        lambda value: vendors.dataproc("WorkflowTemplate", value) + no_restarts(value),
    ),
    "dataproc-serverless/batch.json": (
        "google-cloud-dataproc: Batch",
        lambda value: vendors.dataproc("Batch", value),
    ),
}


def role(content):
    known = {"title", "description", "stage", "includedPermissions"}
    permissions = content.get("includedPermissions") or ["none"]
    problems = [f"{key} is unknown" for key in content.keys() - known]
    wrongs = [each for each in permissions if not re.fullmatch(r"[a-z]+(\.\w+){2}", each)]
    return problems + [f"{each} is no permission" for each in wrongs]


def no_restarts(template):
    """What the classes allow and their documentation does not."""
    restarted = [job["stepId"] for job in template["jobs"] if "scheduling" in job]
    return [f"{step}: scheduling does not work in templates" for step in restarted]


def documents(path, text):
    return [json.loads(text)] if path.suffix == ".json" else [each for each in yaml.safe_load_all(text) if each]


def walk(value):
    yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from walk(each)


def class_problems(words):
    return [
        f"--class {name} (must be {solera_commands.main_class()})"
        for flag, name in zip(words, words[1:])
        if flag == "--class" and name != solera_commands.main_class()
    ]


def command_problems(content, least=0):
    """Whether what a request has Solera do exists: the command, its options, the class, the settings that name one."""
    problems, commands = [], 0
    lists = [part[key] for part in walk(content) if isinstance(part, dict) for key in ARGUMENTS if part.get(key)]
    for part in lists or [content] * isinstance(content[0] if isinstance(content, list) else None, str):
        jars = [index for index, each in enumerate(part) if each.endswith(".jar")]
        commands += 1
        problems += solera_commands.problems(part[jars[0] + 1 :] if jars else part)
        problems += class_problems(part)
    for part in walk(content):
        for key in ("mainClass", "main_class") if isinstance(part, dict) else ():
            if part.get(key, solera_commands.main_class()) != solera_commands.main_class():
                problems.append(f"{key} {part[key]} (must be {solera_commands.main_class()})")
        if isinstance(part, str):
            problems += class_problems(part.split())
            problems += [
                f"there is no class {name}"
                for name in re.findall(r"\bio\.solera\.[\w.]*[A-Z]\w*", part)
                if not solera_commands.class_exists(name)
            ]
    return problems if commands >= least else [*problems, "it has no command of Solera"]


def check(name, text):
    """(checked by what, what is wrong) of a filled file of JSON or YAML."""
    path = Path(name)
    try:
        content = documents(path, text)
    except (json.JSONDecodeError, yaml.YAMLError) as problem:
        return "a parser", [str(problem).splitlines()[0]]
    if path.name.startswith("policy-"):
        return "parliament: IAM policy", vendors.policy(content[0])
    if path.name.startswith("trust-"):
        return "parliament: IAM trust policy", vendors.trust(content[0])
    if name.startswith("kubernetes/"):
        by = "lightkube-models" if path.stem == "access" else "kubeflow-spark-api: its model"
        problems = [problem for each in content for problem in vendors.kubernetes(each)]
        return f"{by}; commands", problems + command_problems(content, least=path.stem != "access")
    if name not in REQUESTS:
        return "nothing", ["no check knows this file"]
    by, request = REQUESTS[name]
    wants = path.stem in ("cluster", "job", "batch", "workflow") and name != "dataproc/cluster.yaml"
    return f"{by}; commands" if wants else by, request(content[0]) + command_problems(content, least=wants)


def filled(place, folder):
    script = [DEPLOY / "fill.sh", place, folder]
    done = subprocess.run(script, capture_output=True, text=True, check=False, env={"PATH": os.environ["PATH"]})
    return [] if done.returncode == 0 else [done.stderr.strip()]


def dag_problems(path):
    tasks, parameters = dags.tasks(path)
    problems = []
    for task in tasks:
        wrongs, request = dags.problems(task, parameters)
        problems += wrongs + command_problems(request, least=bool(request))
    return problems


def submitted(script):
    """What a script would submit: it is run with a spark-submit that prints its arguments."""
    with tempfile.TemporaryDirectory() as home:
        submit = Path(home) / "bin/spark-submit"
        submit.parent.mkdir()
        submit.write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n", encoding="utf-8")
        submit.chmod(0o755)
        command = [script, "https://127.0.0.1:6443"]
        env = {"PATH": os.environ["PATH"], "SPARK_HOME": home}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    return [done.stderr] if done.returncode else command_problems(done.stdout.splitlines(), least=1)


def readme_problems(path):
    text = path.read_text(encoding="utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text)]
    problems = [f"there is no {link}" for link in links if link and not (path.parent / link).exists()]
    named = re.findall(r"\bdeploy/(?!target)[\w./-]*\w", text)
    problems += [f"there is no deploy/{name[7:]}" for name in named if not (DEPLOY.parent / name).exists()]
    listed = set(re.findall(r"`([\w.-]+\.(?:json|yaml|sh|py|env))`", text)) - {"summary.json"}  # which a run writes
    problems += [f"there is no {name}" for name in sorted(listed) if not any(DEPLOY.glob(f"*/{name}"))]
    return problems + vendors.aws_commands(re.findall(r"\baws (emr[\w-]*) ([\w-]+)", text))


def lint(tool, *arguments):
    done = subprocess.run([LINTERS / tool, *arguments], capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip().splitlines() if done.returncode else []


def rows(folder):
    for place in sorted(each.parent for each in DEPLOY.glob("*/parameters.env")):
        by = "fill.sh: every ${NAME} has a value"
        yield f"{place.name}/parameters.env", by, filled(place.name, folder / place.name)
        for path in sorted((folder / place.name).iterdir()):
            name = f"{place.name}/{path.name}"
            yield name, *check(name, path.read_text(encoding="utf-8"))
    for path in sorted(DEPLOY.glob("airflow/*.py")):
        yield f"airflow/{path.name}", "the providers' source; botocore or Dataproc; commands", dag_problems(path)
    script = "kubernetes/submit.sh"
    yield script, "run with a spark-submit that prints; commands", submitted(DEPLOY / script)
    for path in sorted([*DEPLOY.glob("*.sh"), *DEPLOY.glob("*/*.sh")]):
        yield str(path.relative_to(DEPLOY)), "shellcheck", lint("shellcheck", "--severity=warning", path)
    yield "kubernetes/Dockerfile", "hadolint", lint("hadolint", "--no-color", DEPLOY / "kubernetes/Dockerfile")
    for path in sorted(DEPLOY.glob("*/README.md")):
        lines = path.read_text(encoding="utf-8").splitlines()
        long = [f"line {number} is longer than 120" for number, line in enumerate(lines, 1) if len(line) > 120]
        long += [f"it has {len(lines)} lines"] * (len(lines) > 60)
        by = "at most 60 lines of 120; its links, files and AWS commands exist"
        yield str(path.relative_to(DEPLOY)), by, long + readme_problems(path)


def print_row(file, by, result):
    print(f"| {file} | {by} | {result} |", flush=True)


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print_row("file", "checked by", "result")
        print_row("---", "---", "---")
        for file, by, problems in rows(folder):
            failed += bool(problems)
            print_row(file, by, "; ".join(problems) or "ok")
        print("\nWhat must be refused:\n")
        print_row("file", "made wrong by", "result")
        print_row("---", "---", "---")
        for file, change, found in wrong.cases(folder, check, dag_problems, lint):
            failed += not found
            print_row(file, change, found or "NOT REFUSED")
    print(f"\n{failed} wrong" if failed else "\nAll is well")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
