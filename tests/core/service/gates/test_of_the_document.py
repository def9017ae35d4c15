"""Gates that look at the corrected document: known, small enough, and with all that it needs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.core.document.json import Json
from controller.core.document.unresolved import Unresolved
from controller.core.service.gates.execution_role import execution_role
from controller.core.service.gates.known import known
from controller.core.service.gates.log_groups import log_groups
from controller.core.service.gates.size import size
from controller.core.service.observed import NOT_ASKED
from tests.core.service.gates.asked import asked
from tests.core.service.given import (
    GROUP,
    NOW,
    awslogs,
    container,
    logging_by,
    policy,
    task_definition,
)
from tests.core.service.scene import A_DRIFTED_SERVICE, UNREADABLE, revision

HOLE = Unresolved("the setting could not be read")
SILENT = revision(1, task_definition(container(logConfiguration=awslogs(mode=None))))


def test_what_is_known_is_let_through() -> None:
    assert asked(known, A_DRIFTED_SERVICE) is None


def test_what_a_rule_in_enforce_does_not_know_forbids_the_roll() -> None:
    assert asked(known, A_DRIFTED_SERVICE.but(revision=SILENT, default_mode=HOLE)) == "Unknown"


def test_what_a_rule_in_audit_does_not_know_does_not() -> None:
    by = policy(rules={"delivery-mode": {"mode": "Audit"}})
    scene = A_DRIFTED_SERVICE.but(revision=SILENT, default_mode=HOLE, policy=by)

    assert asked(known, scene) is None


def test_a_container_that_cannot_be_addressed_forbids_the_roll() -> None:
    twice = task_definition(container("web"), container("web"), container("app"))

    assert asked(known, A_DRIFTED_SERVICE.but(revision=revision(1, twice))) == "Unknown"


ROLELESS = {"executionRoleArn": None}
PLAIN = container(logConfiguration=logging_by("json-file"))


@pytest.mark.parametrize(
    ("members", "on_fargate", "answer"),
    [
        pytest.param({}, True, None, id="on Fargate, with a role"),
        pytest.param(ROLELESS, True, "ExecutionRoleMissing", id="[2.7] on Fargate, without"),
        pytest.param(ROLELESS, False, None, id="on EC2, without"),
        pytest.param(
            {**ROLELESS, "requiresCompatibilities": ["EC2", "FARGATE"]},
            False,
            "ExecutionRoleMissing",
            id="[2.25] registered for Fargate",
        ),
        pytest.param({"executionRoleArn": ""}, True, "ExecutionRoleMissing", id="an empty role"),
    ],
)
def test_awslogs_on_fargate_needs_an_execution_role(
    members: dict[str, Json], answer: str | None, *, on_fargate: bool
) -> None:
    drifted = revision(1, task_definition(PLAIN, **members))
    scene = A_DRIFTED_SERVICE.but(revision=drifted).with_service(on_fargate=on_fargate)

    assert asked(execution_role, scene) == answer


def test_a_role_is_not_asked_for_where_nothing_logs_by_awslogs() -> None:
    through = logging_by("awsfirelens", options={"mode": "blocking"})
    document = task_definition(container(logConfiguration=through), **ROLELESS)

    assert asked(execution_role, A_DRIFTED_SERVICE.but(revision=revision(1, document))) is None


@pytest.mark.parametrize(
    ("groups", "answer"),
    [
        pytest.param({GROUP: True}, None, id="it exists"),
        pytest.param({}, None, id="none is needed"),
        pytest.param({GROUP: False}, "LogGroupMissing", id="[2.26] it does not"),
        pytest.param(NOT_ASKED, "look at groups", id="nobody has looked"),
        pytest.param(UNREADABLE, "AccessDenied", id="nobody may look"),
    ],
)
def test_every_log_group_exists_before_a_task_needs_it(groups: object, answer: str | None) -> None:
    assert asked(log_groups, A_DRIFTED_SERVICE.but(groups=groups)) == answer


def test_the_missing_groups_are_named() -> None:
    other = replace(GROUP, name="/ecs/other")
    said = log_groups(A_DRIFTED_SERVICE.but(groups={GROUP: False, other: False}).candidate)

    assert "log-group//ecs/other, log-group//ecs/web" in str(said)
    assert NOW.isoformat() not in str(said)


def with_padding(length: int) -> dict[str, Json]:
    """Return a drifted document with so much in an environment variable."""
    padding: Json = [{"name": "PADDING", "value": "x" * length}]
    return task_definition(container(environment=padding))


def test_a_document_over_64_kib_is_not_registered() -> None:  # [fact 4.7]
    small, large = revision(1, with_padding(60_000)), revision(1, with_padding(66_000))

    assert asked(size, A_DRIFTED_SERVICE.but(revision=small)) is None
    assert asked(size, A_DRIFTED_SERVICE.but(revision=large)) == "TooLarge"


@pytest.mark.parametrize(
    ("tags", "answer"),
    [
        pytest.param(39, None, id="[4.7] 39 and six of ours leave room for marks"),
        pytest.param(40, "TooManyTags", id="[4.7] 40 do not"),
    ],
)
def test_a_revision_has_room_for_our_tags_and_for_the_marks_of_failures(
    tags: int, answer: str | None
) -> None:
    full = replace(A_DRIFTED_SERVICE.revision, tags={f"t{n}": "" for n in range(tags)})

    assert asked(size, A_DRIFTED_SERVICE.but(revision=full)) == answer


def test_tags_of_aws_and_our_own_take_no_room() -> None:
    many = {f"aws:{n}": "" for n in range(50)} | {f"ecs-logging/{n}": "" for n in range(50)}
    full = replace(A_DRIFTED_SERVICE.revision, tags=many)

    assert asked(size, A_DRIFTED_SERVICE.but(revision=full)) is None


@pytest.mark.parametrize(("length", "answer"), [(256, None), (257, "TooLarge")])
def test_a_family_whose_arn_does_not_fit_in_a_tag_is_not_registered(
    length: int, answer: str | None
) -> None:
    start = "arn:aws:ecs:eu-central-1:111122223333:task-definition/"
    arn = start + "f" * (length - len(start) - 2) + ":1"
    named = replace(A_DRIFTED_SERVICE.revision, arn=arn)

    assert asked(size, A_DRIFTED_SERVICE.but(revision=named)) == answer
