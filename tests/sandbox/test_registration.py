"""RegisterTaskDefinition refuses what ECS refuses, in its words where they are known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.documents import AWSLOGS, container, document, fargate

Raw = Callable[..., tuple[int, dict[str, Any]]]


def awslogs(**options: str | None) -> dict[str, Any]:
    """The awslogs configuration with these options; None takes one away."""
    changed = {**AWSLOGS["options"], **{k.replace("_", "-"): v for k, v in options.items()}}  # type: ignore[dict-item]  # a literal of mixed members
    return {"logDriver": "awslogs", "options": {k: v for k, v in changed.items() if v is not None}}


ROUTER = container("router", firelensConfiguration={"type": "fluentbit"})
FIRELENS = container(logConfiguration={"logDriver": "awsfirelens"})

REFUSED = {
    "group and region": (
        document(container(logConfiguration={"logDriver": "awslogs"})),
        "Log driver awslogs requires options: awslogs-region, awslogs-group",
    ),
    "an option of Docker's": (
        document(container(logConfiguration=awslogs(awslogs_endpoint="x"))),
        "Log driver awslogs disallows options: awslogs-endpoint",
    ),
    "create-group false": (
        document(container(logConfiguration=awslogs(awslogs_create_group="false"))),
        (
            "Log driver awslogs option 'awslogs-create-group' should only be set to 'true', "
            "else omit option."
        ),
    ),
    "no prefix on Fargate": (
        fargate(container(logConfiguration=awslogs(awslogs_stream_prefix=None))),
        (
            "Fargate requires log configuration options to include awslogs-stream-prefix "
            "to support log driver awslogs."
        ),
    ),
    "no execution role on Fargate": (
        {
            member: value
            for member, value in fargate(container(logConfiguration=AWSLOGS)).items()
            if member != "executionRoleArn"
        },
        (
            "Fargate requires task definition to have execution role ARN to support log driver "
            "awslogs."
        ),
    ),
    "a driver that Fargate has not": (
        fargate(container(logConfiguration={"logDriver": "syslog"})),
        "syslog is not a valid log driver. Must be one of [awslogs,splunk,awsfirelens]",
    ),
    "a router that nobody uses": (
        document(container(), ROUTER),
        (
            "When a firelensConfiguration object is specified, at least one container has to be "
            "configured with the awsfirelens log driver."
        ),
    ),
    "nothing in it": (
        {"family": "web", "containerDefinitions": []},
        "Container list cannot be empty.",
    ),
    "no memory": (
        document({"name": "app", "image": "x"}),
        (
            "Invalid setting for container 'app'. At least one of 'memory' or 'memoryReservation' "
            "must be specified."
        ),
    ),
}
# Whose words nobody has seen: only that they are refused.
REFUSED_SOMEHOW = {
    "an unknown driver": document(container(logConfiguration={"logDriver": "nonsense"})),
    "awsfirelens without a router": document(FIRELENS),
    "eleven containers": document(*(container(f"c{number}") for number in range(11))),
    "two of one name": document(container(), container()),
    "an illegal family": document(family="no spaces"),
    "no essential container": document(container(essential=False)),
    "a dependency on nobody": document(
        container(dependsOn=[{"containerName": "x", "condition": "START"}])
    ),
    "a secret option without a role": document(
        container(
            logConfiguration={
                "logDriver": "splunk",
                "secretOptions": [{"name": "splunk-token", "valueFrom": "arn:x"}],
            }
        )
    ),
    "more than 64 KiB": document(
        container(environment=[{"name": "A", "value": "x" * 65_536}]),
    ),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_document_is_refused_in_the_words_of_aws(raw: Raw, why: str) -> None:
    body, message = REFUSED[why]
    assert raw("RegisterTaskDefinition", **body) == (
        400,
        {"__type": "ClientException", "message": message},
    )


@pytest.mark.parametrize("why", REFUSED_SOMEHOW)
def test_a_document_is_refused(raw: Raw, why: str) -> None:
    status, answer = raw("RegisterTaskDefinition", **REFUSED_SOMEHOW[why])
    assert (status, answer["__type"]) == (400, "ClientException")


def test_a_refused_document_makes_no_revision(raw: Raw) -> None:
    raw("RegisterTaskDefinition", **REFUSED_SOMEHOW["an unknown driver"])
    assert raw("ListTaskDefinitions") == (200, {"taskDefinitionArns": []})


def test_ten_containers_and_sixty_four_kibibytes_are_accepted(raw: Raw) -> None:
    body = document(*(container(f"c{number}") for number in range(10)))
    assert raw("RegisterTaskDefinition", **body)[0] == 200
    large = document(container(environment=[{"name": "A", "value": "x" * 65_000}]))
    assert raw("RegisterTaskDefinition", **large)[0] == 200


def test_an_option_that_is_no_string_is_refused(raw: Raw) -> None:
    logging = {"logDriver": "json-file", "options": {"max-file": 3}}
    status, answer = raw("RegisterTaskDefinition", **document(container(logConfiguration=logging)))
    assert (status, answer["__type"]) == (400, "SerializationException")


@pytest.mark.parametrize(
    "tags",
    [
        [{"key": "aws:cloudformation:stack-name", "value": "x"}],
        [{"key": f"k{number}", "value": ""} for number in range(51)],
        [{"key": "twice", "value": ""}, {"key": "twice", "value": ""}],
    ],
    ids=["reserved", "fifty-one", "twice"],
)
def test_tags_that_aws_refuses_are_refused(raw: Raw, tags: list[dict[str, str]]) -> None:
    status, answer = raw("RegisterTaskDefinition", **document(), tags=tags)
    assert (status, answer["__type"]) == (400, "InvalidParameterException")
