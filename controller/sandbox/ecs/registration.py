"""What RegisterTaskDefinition refuses, in AWS's words where they are known.

The words come from public threads [facts 2.2-2.7, 3.1; ecs-limits.yaml `registration_errors`].
Where only the rule is known, and not its words, the line says so: nobody may match on those.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

from controller.sandbox.ecs import log_options
from controller.sandbox.wire import Json, Refusal, client_error

MOST_CONTAINERS = 10  # [fact 4.7]
MOST_BYTES = 65_536  # 64 KiB [fact 4.7]
_FAMILY = re.compile(r"[A-Za-z0-9_-]{1,255}")  # [fact 4.7]


def refuse_bad_document(document: Json) -> None:
    """Raise ClientException with the first thing that is wrong."""
    _refuse_misshapen(document)
    for message in (
        *_family(document),
        *_containers(document),
        *_memory(document),
        *_fargate(document),
        *log_options.refused(document),
        *_firelens(document),
        *_dependencies(document),
        *_size(document),
    ):
        raise client_error(message)


def _refuse_misshapen(document: Json) -> None:
    """Option and environment values are strings; the protocol refuses others (wording UNVERIFIED).

    A client that writes raw bodies can send them, the SDK's own validation would not.
    """
    for container in document.get("containerDefinitions", []):
        options = (container.get("logConfiguration") or {}).get("options") or {}
        values = [*options.values(), *(v.get("value") for v in container.get("environment", []))]
        if any(value is not None and not isinstance(value, str) for value in values):
            message = "NUMBER_VALUE can not be converted to a String"
            raise Refusal("SerializationException", message)


def _family(document: Json) -> Iterator[str]:
    if not _FAMILY.fullmatch(document.get("family", "")):
        yield "Family contains invalid characters."  # wording UNVERIFIED


def _containers(document: Json) -> Iterator[str]:
    containers = document.get("containerDefinitions")
    if not containers:
        yield "Container list cannot be empty."
        return
    if len(containers) > MOST_CONTAINERS:
        yield f"Container list cannot have more than {MOST_CONTAINERS} items."  # UNVERIFIED
    for container in containers:
        for member in ("name", "image"):
            if not container.get(member):
                yield f"Container.{member} should not be null or empty."
    for name, times in Counter(container["name"] for container in containers).items():
        if times > 1:
            yield f"Container names must be unique: {name}"  # wording UNVERIFIED
    if not any(container.get("essential", True) for container in containers):
        yield "At least one container must be essential."  # wording UNVERIFIED [fact 8.2 E3042]


def _memory(document: Json) -> Iterator[str]:
    """Without task memory every container needs some of its own [fact 4.29]."""
    if "memory" in document:
        return
    for container in document["containerDefinitions"]:
        if not {"memory", "memoryReservation"} & container.keys():
            yield (
                f"Invalid setting for container '{container['name']}'. "
                "At least one of 'memory' or 'memoryReservation' must be specified."
            )


def _fargate(document: Json) -> Iterator[str]:
    """What requiresCompatibilities FARGATE asks for [facts 2.7, 2.25, 4.28]."""
    if "FARGATE" not in document.get("requiresCompatibilities", []):
        return
    if document.get("networkMode") != "awsvpc":
        yield "Fargate only supports network mode ‘awsvpc’."  # noqa: RUF001 - AWS's own quotes
    for member in ("cpu", "memory"):
        if member not in document:
            yield f"Fargate requires that '{member}' be defined at the task level."
    ecr = any(".dkr.ecr." in container["image"] for container in document["containerDefinitions"])
    if ecr and "executionRoleArn" not in document:
        yield "Fargate requires task definition to have execution role ARN to support ECR images."


def _firelens(document: Json) -> Iterator[str]:
    """A router needs somebody who logs through it, and the other way round [facts 3.1, 3.2]."""
    containers = document["containerDefinitions"]
    routers = any("firelensConfiguration" in container for container in containers)
    users = any(
        (container.get("logConfiguration") or {}).get("logDriver") == "awsfirelens"
        for container in containers
    )
    if routers and not users:
        yield (
            "When a firelensConfiguration object is specified, at least one container has to be "
            "configured with the awsfirelens log driver."
        )
    if users and not routers:  # wording UNVERIFIED
        yield "awsfirelens log driver requires a container with a firelensConfiguration object."


def _dependencies(document: Json) -> Iterator[str]:
    """Dependencies name containers of the task; COMPLETE and SUCCESS no essential one [fact 1.4].

    Wordings UNVERIFIED.
    """
    containers = {container["name"]: container for container in document["containerDefinitions"]}
    for container in containers.values():
        for dependency in container.get("dependsOn", []):
            target = containers.get(dependency["containerName"])
            if target is None:
                yield f"dependsOn refers to an unknown container: {dependency['containerName']}"
            elif dependency["condition"] in {"COMPLETE", "SUCCESS"} and target.get(
                "essential", True
            ):
                yield f"A container cannot wait for the end of an essential one: {target['name']}"


def _size(document: Json) -> Iterator[str]:
    length = len(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode())
    if length > MOST_BYTES:
        yield f"Actual length: '{length}'. Max allowed length is '{MOST_BYTES}' bytes."
