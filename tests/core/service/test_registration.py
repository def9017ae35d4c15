"""From what was described to what is registered: nothing lost, nothing of an answer sent back."""

from __future__ import annotations

import botocore.session
import pytest
from botocore.model import StructureShape

from controller.core.document.json import Document, Json
from controller.core.service.registration import (
    OUTPUT_ONLY,
    body_size,
    carried_tags,
    content_digest,
    registrable,
)
from tests.core.service.ecs import described
from tests.core.service.given import CORRECTED, container, task_definition


def test_what_only_an_answer_has_is_dropped_and_all_else_is_sent() -> None:  # [fact 4.1]
    shown: dict[str, Json] = {
        **CORRECTED,
        **dict.fromkeys(OUTPUT_ONLY, "x"),
        "tags": [{"key": "a", "value": "b"}],
        "memberOfTomorrow": {"revision": 1, "status": "kept, for it is not at the top"},
    }

    assert registrable(shown) == {**CORRECTED, "memberOfTomorrow": shown["memberOfTomorrow"]}


def members_of(shape: str) -> set[str]:
    """Return the members of a structure in the installed model of ECS."""
    found = botocore.session.get_session().get_service_model("ecs").shape_for(shape)
    assert isinstance(found, StructureShape)
    return set(found.members)


def test_the_members_that_only_an_answer_has_are_those_of_the_api() -> None:  # [fact 4.1]
    request, answer = members_of("RegisterTaskDefinitionRequest"), members_of("TaskDefinition")

    assert answer - request == OUTPUT_ONLY
    assert request - answer == {"tags"}


def test_tags_are_carried_over_but_not_those_of_aws_nor_ours() -> None:  # [fact 4.2]
    tags = {
        "team": "shop",
        "aws:cloudformation:stack-name": "shop",
        "ecs-logging/base": "arn",
        "ecs-logging-notes": "kept",
        "Aws": "kept",
    }

    assert carried_tags(tags) == {"team": "shop", "ecs-logging-notes": "kept", "Aws": "kept"}


PORT: Json = {"containerPort": 80, "hostPort": 80, "protocol": "tcp"}


@pytest.mark.parametrize(
    ("sent", "filled"),
    [
        pytest.param({}, {"cpu": 0, "essential": True}, id="[4.5] cpu and essential"),
        pytest.param({}, {"environment": [], "systemControls": []}, id="[4.5] empty lists"),
        pytest.param(
            {"portMappings": [{"containerPort": 80}]},
            {"portMappings": [{"containerPort": 80, "hostPort": 0, "protocol": "tcp"}]},
            id="[4.5] ports",
        ),
        pytest.param(
            {"firelensConfiguration": {"type": "fluentbit"}}, {"user": "0"}, id="[3.5] a router"
        ),
    ],
)
def test_what_ecs_fills_in_does_not_change_the_digest(
    sent: dict[str, Json], filled: dict[str, Json]
) -> None:
    one = task_definition(container(**sent))

    assert content_digest(task_definition(container(**{**sent, **filled}))) == content_digest(one)
    assert content_digest(described(one)) == content_digest(one)


@pytest.mark.parametrize(
    ("document", "other"),
    [
        pytest.param({"cpu": 0}, {"cpu": 1}, id="cpu"),
        pytest.param({}, {"essential": False}, id="essential"),
        pytest.param({}, {"user": "0"}, id="user 0 without a router"),
        pytest.param({}, {"environment": [{"name": "A", "value": ""}]}, id="an empty value"),
        pytest.param({"portMappings": [PORT]}, {"portMappings": []}, id="a port less"),
        pytest.param(
            {"portMappings": [PORT]}, {"portMappings": [{"containerPort": 80}]}, id="a host port"
        ),
        pytest.param({"essential": True}, {"essential": 1}, id="true is not 1"),
        pytest.param({}, {"essential": False}, id="not essential"),
        pytest.param({}, {"readonlyRootFilesystem": True}, id="what is true"),
    ],
)
def test_what_a_person_states_does(document: dict[str, Json], other: dict[str, Json]) -> None:
    one = task_definition(container(**document))

    assert content_digest(one) != content_digest(task_definition(container(**other)))


def test_a_host_port_that_equals_the_containers_is_filled_in_for_awsvpc_only() -> None:
    stated = container(portMappings=[PORT])
    silent = container(portMappings=[{"containerPort": 80}])

    def digests(mode: str) -> set[str]:
        return {content_digest(task_definition(c, networkMode=mode)) for c in (stated, silent)}

    assert len(digests("awsvpc")) == 1
    assert len(digests("host")) == 2


@pytest.mark.parametrize(
    "document",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"containerDefinitions": None}, id="null"),
        pytest.param({"containerDefinitions": ["odd", None]}, id="odd members"),
        pytest.param({"containerDefinitions": [{"portMappings": "odd"}]}, id="odd ports"),
        pytest.param({"containerDefinitions": [{"name": "\ud800"}]}, id="half a surrogate pair"),
    ],
)
def test_a_digest_is_had_of_any_document(document: Document) -> None:
    assert content_digest(document).startswith("v1-")
    assert body_size(document) > 0


def test_a_size_is_counted_in_bytes_without_what_is_not_sent() -> None:  # [fact 4.7]
    assert body_size({"a": "é", "status": "x" * 100}) == len('{"a": "é"}'.encode())
