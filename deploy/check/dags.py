"""DAGs without Airflow: their operators record what they are given, and have the parameters of the providers' source.

The providers are installed without what they depend on, as reading their source needs none of it.
"""

import ast
import contextlib
import runpy
import sys
import types
from datetime import datetime, timezone
from importlib import metadata
from pathlib import Path

import jinja2
import vendors

OPERATORS = {
    "EmrServerlessStartJobOperator": ("apache-airflow-providers-amazon", "airflow.providers.amazon.aws.operators.emr"),
    "DataprocCreateBatchOperator": (
        "apache-airflow-providers-google",
        "airflow.providers.google.cloud.operators.dataproc",
    ),
}


def _folder(distribution):
    return Path(metadata.distribution(distribution).locate_file("airflow"))


def _signature(name, folder):
    """(parameters, required ones) of the class and of what it extends, in the source below the folder."""
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if f"\nclass {name}(" not in text and f"\nclass {name}:" not in text:
            continue
        node = next(each for each in ast.parse(text).body if getattr(each, "name", None) == name)
        parameters, required = set(), set()
        for base in node.bases:
            base = base.value if isinstance(base, ast.Subscript) else base
            more = _signature(base.id, folder) if isinstance(base, ast.Name) else (set(), set())
            parameters |= more[0]
            required |= more[1]
        for method in node.body:
            if getattr(method, "name", "") == "__init__":
                given = method.args
                positional = given.args[1:]
                with_default = positional[len(positional) - len(given.defaults) :]
                parameters |= {each.arg for each in positional + given.kwonlyargs}
                required |= {each.arg for each in positional if each not in with_default}
                required |= {each.arg for each, value in zip(given.kwonlyargs, given.kw_defaults) if value is None}
        return parameters, required
    return set(), set()


class Recorded:
    """A task: the operator's name, what it was given, and what is wrong with that."""

    def __init__(self, operator, given, wrong):
        self.operator, self.given, self.wrong = operator, given, wrong

    def __rshift__(self, other):
        return other


class Dag:
    def __init__(self, **given):
        self.params = given["params"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


@contextlib.contextmanager
def _instead(modules):
    before = {name: sys.modules.get(name) for name in modules}
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


def _recorder(operator, known, required, made):
    def record(**given):
        wrong = [f"{operator} has no parameter {key}" for key in sorted(given.keys() - known)]
        wrong += [f"{operator} lacks {key}" for key in sorted(required - given.keys())]
        made.append(Recorded(operator, given, wrong))
        return made[-1]

    return record


def tasks(path):
    """The tasks of a DAG's file and its parameters, without Airflow."""
    made = []
    modules = {"airflow": types.ModuleType("airflow"), "airflow.sdk": types.ModuleType("airflow.sdk")}
    modules["airflow.sdk"].DAG = Dag
    base, _ = _signature("BaseOperator", _folder("apache-airflow-task-sdk") / "sdk")
    for name, (distribution, module) in OPERATORS.items():
        parts = module.split(".")
        for length in range(2, len(parts) + 1):
            modules.setdefault(".".join(parts[:length]), types.ModuleType(parts[length - 1]))
        own, required = _signature(name, _folder(distribution) / "/".join(parts[1:4]))

        setattr(modules[module], name, _recorder(name, own | base, required, made))
    with _instead(modules):
        content = runpy.run_path(str(path))
    if not base or not made:
        raise ValueError(f"{path} has no task, or Airflow's source has no BaseOperator")
    return made, content["dag"].params


def rendered(value, parameters):
    """What Airflow's templates make of a value."""
    if isinstance(value, dict):
        return {key: rendered(each, parameters) for key, each in value.items()}
    if isinstance(value, list):
        return [rendered(each, parameters) for each in value]
    if not isinstance(value, str):
        return value
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)
    environment.filters["ds"] = lambda time: time.strftime("%Y-%m-%d")
    environment.filters["ts_nodash"] = lambda time: time.strftime("%Y%m%dT%H%M%S")
    now = datetime(2026, 11, 30, 1, tzinfo=timezone.utc)
    run, attempt = types.SimpleNamespace(run_after=now), types.SimpleNamespace(try_number=1)
    return environment.from_string(value).render(params=parameters, dag_run=run, ti=attempt)


def problems(task, parameters):
    """(what is wrong with a task, the request that it makes)."""
    if task.wrong:
        return task.wrong, {}
    try:
        given = rendered(task.given, parameters)
    except jinja2.TemplateError as problem:
        return [f"{task.operator}: {problem}"], {}
    if task.operator == "DataprocCreateBatchOperator":
        return vendors.dataproc_batch(given["batch_id"], given["batch"]), given["batch"]
    request = {
        "applicationId": given["application_id"],
        "executionRoleArn": given["execution_role_arn"],
        "name": given["name"],
        "jobDriver": given["job_driver"],
        "configurationOverrides": given["configuration_overrides"],
        **given["config"],
    }
    return vendors.aws("emr-serverless", "StartJobRun", request), request
