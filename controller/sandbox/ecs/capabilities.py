"""What a task definition asks of the instance that runs it, as far as logging has a part in it."""

from __future__ import annotations

from collections.abc import Iterator

from controller.sandbox.wire import Json

_DOCKER_API = "com.amazonaws.ecs.capability.docker-remote-api."
# The least Docker API of each driver [fact 2.18].
_DRIVER_API = {
    "json-file": "1.18",
    "syslog": "1.18",
    "journald": "1.19",
    "gelf": "1.20",
    "fluentd": "1.20",
    "awslogs": "1.19",  # 1.21 in the agent's table, 1.19 in every recorded answer
    "splunk": "1.22",
}
FARGATE_DRIVERS = ("awslogs", "splunk", "awsfirelens")  # [fact 2.15]


def requires_attributes(document: Json) -> list[str]:
    """Names of ``requiresAttributes``, each once [facts 2.17, 2.19, 2.21, 3.6].

    Complete as to logging, as recorded answers show; of the rest only what roles, images, secrets
    and network modes bring along.
    """
    return list(dict.fromkeys(_attributes(document)))


def _attributes(document: Json) -> Iterator[str]:
    role = "executionRoleArn" in document
    for container in document["containerDefinitions"]:
        yield from _of_logging(container.get("logConfiguration") or {}, role=role)
        yield from _of_router(container)
        yield from _of_image(container.get("image", ""), role=role)
        yield from _of_secrets(container.get("secrets", []), "environment-variables")
    if "taskRoleArn" in document:
        yield "com.amazonaws.ecs.capability.task-iam-role"
        if document.get("networkMode") == "host":
            yield "com.amazonaws.ecs.capability.task-iam-role-network-host"
    if document.get("networkMode") == "awsvpc":
        yield "ecs.capability.task-eni"


def _of_logging(configuration: Json, *, role: bool) -> Iterator[str]:
    driver = configuration.get("logDriver")
    if driver is None:
        return
    yield f"com.amazonaws.ecs.capability.logging-driver.{driver}"
    if api := _DRIVER_API.get(driver):
        yield f"{_DOCKER_API}{api}"
    if driver == "awslogs" and role:
        yield "ecs.capability.execution-role-awslogs"
    if "log-driver-buffer-limit" in configuration.get("options", {}):
        yield "ecs.capability.logging-driver.awsfirelens.log-driver-buffer-limit"
    yield from _of_secrets(configuration.get("secretOptions", []), "bootstrap.log-driver")


def _of_router(container: Json) -> Iterator[str]:
    router = container.get("firelensConfiguration")
    if not router:
        return
    yield f"ecs.capability.firelens.{router['type']}"
    if source := router.get("options", {}).get("config-file-type"):
        yield f"ecs.capability.firelens.options.config.{source}"
    if container.get("user", "0").partition(":")[0] not in {"0", "root"}:
        yield "ecs.capability.firelens.non-root-user"


def _of_image(image: str, *, role: bool) -> Iterator[str]:
    if ".dkr.ecr." in image:
        yield "com.amazonaws.ecs.capability.ecr-auth"
        if role:
            yield "ecs.capability.execution-role-ecr-pull"


def _of_secrets(secrets: list[Json], purpose: str) -> Iterator[str]:
    for secret in secrets:
        store = "asm" if ":secretsmanager:" in secret["valueFrom"] else "ssm"
        yield f"ecs.capability.secrets.{store}.{purpose}"


def compatibilities(document: Json) -> list[str]:
    """What the document passed for: EC2 always, FARGATE where nothing in it forbids that.

    [Recorded answers: EC2 and FARGATE together, EXTERNAL and EC2 for bridge; fact 2.25.]
    """
    if "MANAGED_INSTANCES" in document.get("requiresCompatibilities", []):
        return ["EC2", "MANAGED_INSTANCES"]
    if document.get("networkMode") != "awsvpc":
        return ["EXTERNAL", "EC2"]
    drivers = {
        (container.get("logConfiguration") or {}).get("logDriver", "awslogs")
        for container in document["containerDefinitions"]
    }
    sized = "cpu" in document and "memory" in document
    return ["EC2", "FARGATE"] if sized and drivers <= set(FARGATE_DRIVERS) else ["EC2"]
