"""What RegisterTaskDefinition refuses in a logConfiguration."""

from __future__ import annotations

from collections.abc import Iterator

from controller.sandbox.ecs.capabilities import FARGATE_DRIVERS
from controller.sandbox.wire import Json

# The drivers of the API, per launch type [facts 1.2, 2.15].
DRIVERS: tuple[str, ...] = (
    "json-file",
    "syslog",
    "journald",
    "gelf",
    "fluentd",
    "awslogs",
    "splunk",
    "awsfirelens",
)
_MANAGED_DRIVERS: tuple[str, ...] = ("awslogs", "splunk", "awsfirelens", "json-file")
# The closed list of awslogs options [facts 2.1, 2.2].
_AWSLOGS_OPTIONS = frozenset(
    [
        "awslogs-create-group",
        "awslogs-datetime-format",
        "awslogs-group",
        "awslogs-multiline-pattern",
        "awslogs-region",
        "awslogs-stream-prefix",
        "max-buffer-size",
        "mode",
    ]
)
_AWSLOGS_REQUIRED = ("awslogs-region", "awslogs-group")  # in the order of AWS's message [fact 2.3]


def refused(document: Json) -> Iterator[str]:
    """The messages for every container, in AWS's words."""
    fargate = "FARGATE" in document.get("requiresCompatibilities", [])
    role = "executionRoleArn" in document
    for container in document["containerDefinitions"]:
        configuration = container.get("logConfiguration")
        if not configuration:
            continue
        yield from _driver(configuration.get("logDriver"), document)
        if configuration.get("logDriver") == "awslogs":
            yield from _awslogs(configuration.get("options") or {}, fargate=fargate, role=role)
        if configuration.get("secretOptions") and not role:  # [fact 4.28], wording UNVERIFIED
            yield (
                "When you are specifying container secrets, you must also specify a value for "
                "'executionRoleArn'."
            )


def _driver(driver: str | None, document: Json) -> Iterator[str]:
    """[ecspresso#364 for Fargate; the words for other launch types are UNVERIFIED]."""
    wanted = document.get("requiresCompatibilities", [])
    allowed = DRIVERS
    if "MANAGED_INSTANCES" in wanted:
        allowed = _MANAGED_DRIVERS
    if "FARGATE" in wanted:
        allowed = FARGATE_DRIVERS
    if driver not in allowed:
        yield f"{driver} is not a valid log driver. Must be one of [{','.join(allowed)}]"


def _awslogs(options: Json, *, fargate: bool, role: bool) -> Iterator[str]:
    """[facts 2.2, 2.3, 2.4, 2.6, 2.7]."""
    missing = [name for name in _AWSLOGS_REQUIRED if not options.get(name)]
    if missing:
        yield f"Log driver awslogs requires options: {', '.join(missing)}"
    for name in options:
        if name not in _AWSLOGS_OPTIONS:
            yield f"Log driver awslogs disallows options: {name}"
    if options.get("awslogs-create-group", "true") != "true":
        yield (
            "Log driver awslogs option 'awslogs-create-group' should only be set to 'true', "
            "else omit option."
        )
    if fargate and not options.get("awslogs-stream-prefix"):
        yield (
            "Fargate requires log configuration options to include awslogs-stream-prefix "
            "to support log driver awslogs."
        )
    if fargate and not role:
        yield (
            "Fargate requires task definition to have execution role ARN "
            "to support log driver awslogs."
        )
