"""Requests and resources against the models that their vendors publish. Each function returns what is wrong."""

import importlib
import json
import re

import botocore.session
import botocore.validate
import kubeflow_spark_api.models as operator
import msgspec
import parliament
from google.cloud import dataproc_v1
from google.protobuf import json_format

AWS = botocore.session.get_session()

# What the operator's resource definitions allow, which its Python model leaves open.
OPERATOR_VALUES = {
    "type": {"Java", "Scala", "Python", "R", "Never", "Always", "OnFailure"},
    "mode": {"cluster", "client"},
    "concurrencyPolicy": {"Allow", "Forbid", "Replace"},
}


def _enumerated(shape, value, path):
    """Values that are none of those that a service lists, which botocore itself sends."""
    if value is None:
        return
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            yield from _enumerated(member, value.get(name), f"{path}.{name}")
    elif shape.type_name == "list":
        for index, each in enumerate(value):
            yield from _enumerated(shape.member, each, f"{path}[{index}]")
    elif shape.type_name == "map":
        for key, each in value.items():
            yield from _enumerated(shape.value, each, f"{path}.{key}")
    elif shape.type_name == "string" and getattr(shape, "enum", None) and value not in shape.enum:
        yield f"{path} is {value} (must be {', '.join(shape.enum)})"
    elif shape.type_name == "string":
        pattern, longest = shape.metadata.get("pattern"), shape.metadata.get("max")
        if pattern and "\\u" not in pattern and not re.fullmatch(pattern, value):  # Python has no \\u-pairs
            yield f"{path} is {value} (must match {pattern})"
        if longest and len(value) > longest:
            yield f"{path} has {len(value)} characters (must be at most {longest})"
    elif shape.type_name in ("integer", "long") and value > shape.metadata.get("max", value):
        yield f"{path} is {value} (must be at most {shape.metadata['max']})"


def aws(service, name, request):
    """A request of a service, by botocore's model of it."""
    operation = AWS.get_service_model(service).operation_model(name)
    tokens = dict.fromkeys(operation.idempotent_members, "made-by-the-client")
    request = {**tokens, **request}
    report = botocore.validate.ParamValidator().validate(request, operation.input_shape)
    if report.has_errors():
        return report.generate_report().splitlines()
    return list(_enumerated(operation.input_shape, request, name))


def aws_commands(commands):
    """Commands of Amazon's command line, each named after an operation of a service."""
    wrong = []
    for service, command in commands:
        name = "".join(word.capitalize() for word in command.split("-"))
        named = {"create-cluster": "RunJobFlow", "terminate-clusters": "TerminateJobFlows"}.get(command, name)
        if named not in AWS.get_service_model(service).operation_names:
            wrong.append(f"there is no command aws {service} {command}")
    return wrong


def _known_policy(text):
    return [
        f"{finding.issue}: {finding.detail}"
        for finding in parliament.analyze_policy_string(text, ignore_private_auditors=True).findings
    ]


def policy(document):
    """A policy of IAM, by parliament's grammar and its list of actions, resources and conditions."""
    wrong = _known_policy(json.dumps(document))
    for statement in document["Statement"]:
        if "*" in statement["Action"] or any(action.endswith(":*") for action in statement["Action"]):
            wrong.append(f"{statement.get('Sid')} allows everything of a service")
        if "*" in statement["Resource"]:
            wrong.append(f"{statement.get('Sid')} is for every resource")
    return wrong


def trust(document):
    """Who may take a role: the same grammar, for a policy that has principals and no resources."""
    wrong = []
    for statement in document["Statement"]:
        principal = statement.pop("Principal", None)
        if not isinstance(principal, dict) or not principal.keys() <= {"Service", "Federated", "AWS"}:
            wrong.append(f"the principal is {principal}")
        if "Resource" in statement:
            wrong.append("a trust policy has no resources")
        statement.pop("Condition", None)  # its keys are those of your identity provider
        if not str(statement.get("Action", "")).startswith("sts:AssumeRole"):
            wrong.append(f"the action is {statement.get('Action')} (must be one of sts:AssumeRole)")
        statement["Resource"] = "arn:aws:iam::123456789012:role/any"
    return wrong + _known_policy(json.dumps(document))


def _required(message):
    """Fields that Google's class calls required. Its descriptors no longer say so, only its documentation does."""
    described = getattr(dataproc_v1, message.DESCRIPTOR.name, None)
    return set(re.findall(r"^ +(\w+) \([^:]*\):\s+Required\.", described.__doc__ or "", re.M)) if described else set()


def _missing(message, path):
    required = _required(message)
    for field in message.DESCRIPTOR.fields:
        value, name = getattr(message, field.name), f"{path}{field.json_name}"
        repeated = hasattr(value, "__len__") and not isinstance(value, (str, bytes))
        there = bool(value) if field.message_type is None or repeated else message.HasField(field.name)
        if field.name in required and not there:
            yield f"{name} is missing"
        if field.message_type is None or not there or field.message_type.GetOptions().map_entry:
            continue
        for each in value if repeated else [value]:
            yield from _missing(each, f"{name}.")


def dataproc(kind, content):
    """A message of Dataproc, by Google's own classes: names, types, alternatives, required fields."""
    message = getattr(dataproc_v1, kind).pb(getattr(dataproc_v1, kind)())
    try:
        json_format.ParseDict(content, message)
    except json_format.ParseError as problem:
        return [str(problem)]
    return list(_missing(message, ""))


def dataproc_batch(batch_id, content):
    """A batch as a program gives it: names of Python instead of JSON."""
    wrong = [] if re.fullmatch("[a-z0-9][a-z0-9-]{2,61}[a-z0-9]", batch_id) else [f"the id is {batch_id}"]
    try:
        message = dataproc_v1.Batch.pb(dataproc_v1.Batch(content))
    except (TypeError, ValueError) as problem:
        return [*wrong, str(problem)]
    return wrong + list(_missing(message, ""))


def _unknown(model, value, path):
    """Keys that the operator's model does not have: it drops them, as a cluster's API server does."""
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from _unknown(model, each, f"{path}[{index}]")
        return
    if not isinstance(value, dict) or not hasattr(model, "model_fields"):
        return
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    for key, each in value.items():
        if key not in fields:
            yield f"{path}.{key} is unknown"
            continue
        if isinstance(each, str) and each not in OPERATOR_VALUES.get(key, {each}):
            yield f"{path}.{key} is {each} (must be one of {', '.join(sorted(OPERATOR_VALUES[key]))})"
        yield from _unknown(_model(fields[key].annotation), each, f"{path}.{key}")


def _model(annotation):
    """The class within Optional[List[...]]; of maps none, as their keys are free."""
    if hasattr(annotation, "model_fields"):
        return annotation
    if getattr(annotation, "__origin__", None) is dict:
        return None
    inner = [_model(each) for each in getattr(annotation, "__args__", ())]
    return next((each for each in inner if each), None)


def _lost(given, kept, path):
    if isinstance(given, dict):
        for key, each in given.items():
            if kept.get(key) is None:
                yield f"{path}.{key} is unknown"
            else:
                yield from _lost(each, kept[key], f"{path}.{key}")
    elif isinstance(given, list):
        for index, each in enumerate(given):
            yield from _lost(each, kept[index], f"{path}[{index}]")


def _of_kubernetes(kind, resource):
    """By the classes that lightkube-models generates from the specification of Kubernetes."""
    group, _, version = resource.get("apiVersion", "").rpartition("/")
    name = f"{group.split('.')[0] or 'core'}_{version}"
    try:
        model = getattr(importlib.import_module(f"lightkube.models.{name}"), kind)
        kept = msgspec.to_builtins(msgspec.convert(resource, model))
    except (ImportError, AttributeError):
        return [f"there is no {kind} of {resource.get('apiVersion')}"]
    except msgspec.ValidationError as problem:
        return [str(problem)]
    return list(_lost(resource, kept, kind))


def kubernetes(resource):
    """A resource of the operator by its own model, any other by those of Kubernetes."""
    kind = resource.get("kind", "")
    if not resource.get("apiVersion", "").startswith("sparkoperator.k8s.io/"):
        return _of_kubernetes(kind, resource)
    if resource["apiVersion"] != "sparkoperator.k8s.io/v1beta2" or not hasattr(operator, f"SparkV1beta2{kind}"):
        return [f"there is no {kind} of {resource['apiVersion']}"]
    model = getattr(operator, f"SparkV1beta2{kind}")
    try:
        model.model_validate(resource)  # from_dict fills what is missing
    except ValueError as problem:
        return str(problem).splitlines()[:3]
    return list(_unknown(model, resource, kind))
