"""Services that are given one log group by accident are not rolled into it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.core.judge.claim import LogGroupClaim
from controller.core.move import Done, Wait
from controller.core.pace.traffic import Traffic
from controller.core.service.gates.name_collision import name_collision
from tests.core.service.gates.asked import asked
from tests.core.service.given import (
    GROUP,
    REF,
    SIBLING,
    awslogs,
    container,
    destination,
    logging_by,
    policy,
    task_definition,
)
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    Scene,
    family,
    history,
    past,
    revision,
    whole_traffic,
)

UNLOGGED = revision(1, task_definition(container(logConfiguration=logging_by("json-file"))))
NEWCOMER = A_DRIFTED_SERVICE.but(revision=UNLOGGED, family=family(UNLOGGED))


def claim(*whom: str, is_used: bool = False) -> LogGroupClaim:
    """Return a claim on the group of these tests, named for somebody or for nobody."""
    return LogGroupClaim(
        region=GROUP.region,
        name=GROUP.name,
        create=True,
        retention_in_days=30,
        allow_shorter_retention=False,
        settings={},
        policy="production",
        is_used=is_used,
        named_for=frozenset({whom} if whom else set()),
    )


def beside(*others: LogGroupClaim) -> Traffic:
    """Return a fleet in which other services claim the group, too."""
    claimers = {replace(SIBLING, name=f"s{number}"): one for number, one in enumerate(others)}
    return replace(whole_traffic(), claims={GROUP: {REF: claim("service web"), **claimers}})


def reason(scene: Scene) -> str:
    said = name_collision(scene.candidate)
    assert isinstance(said, Wait)
    return said.reason.message


@pytest.mark.parametrize(
    ("others", "answer"),
    [
        pytest.param((), None, id="nobody else"),
        pytest.param((claim("service a/web"),), "NameCollision", id="somebody else"),
        pytest.param((claim("service a/web", is_used=True),), "NameCollision", id="who is there"),
        pytest.param((claim(),), None, id="who was sent there by name"),
    ],
)
def test_a_group_of_another_service_is_not_entered(
    others: tuple[LogGroupClaim, ...], answer: str | None
) -> None:
    assert asked(name_collision, NEWCOMER.but(traffic=beside(*others))) == answer


def test_the_others_are_named() -> None:
    told = reason(NEWCOMER.but(traffic=beside(*(claim(f"service {name}") for name in "abcde"))))

    assert told.endswith("/ecs/web to it and, by accident, to prod/s0, prod/s1, prod/s2 and 2 more")


def test_who_logs_there_already_is_corrected_all_the_same() -> None:
    scene = A_DRIFTED_SERVICE.but(traffic=beside(claim("service a/web")))

    assert scene.candidate.edits
    assert asked(name_collision, scene) is None


def test_who_kept_another_group_does_not_meet_anybody() -> None:
    logs = awslogs(awslogs_group="/kept", mode="blocking")
    kept = revision(1, task_definition(container(logConfiguration=logs)))
    by = policy(destinations=(destination(keep=("group",)),))

    scene = NEWCOMER.but(revision=kept, policy=by, traffic=beside(claim("service a/web")))
    assert asked(name_collision, scene) is None


def test_a_rule_in_audit_would_enter_it_and_does_not_hold_the_others_back() -> None:
    logs = awslogs(awslogs_group="/old", mode="blocking")
    moving = revision(1, task_definition(container(logConfiguration=logs)))
    by = policy(rules={"awslogs-options": {"mode": "Audit"}})

    scene = NEWCOMER.but(revision=moving, policy=by, traffic=beside(claim("service a/web")))
    assert asked(name_collision, scene) is None


def test_a_policy_in_audit_tells_of_it_too() -> None:
    scene = NEWCOMER.but(
        policy=policy(mode="Audit"),
        traffic=beside(claim("service a/web")),
        history=history(past(UNLOGGED)),
    )

    step = scene.next.step
    assert isinstance(step, Done)
    assert step.reason is not None
    assert step.reason.code == "NameCollision"
