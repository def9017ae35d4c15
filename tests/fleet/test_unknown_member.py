"""What ECS did not keep as it was sent is never rolled, and nothing more is registered."""

from __future__ import annotations

import pytest

from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, reason
from tests.fleet.given import Json, awslogs, container, policy, task_definition

PLACES = pytest.mark.parametrize("place", ["task", "container", "logging"])


def with_a_member_of_tomorrow(place: str) -> Json:
    """Return a task definition that has a member that ECS is about to lose, at some depth."""
    member: Json = {"tomorrow": {"enabled": True}}
    logging = awslogs("/ecs/web", mode="blocking") | (member if place == "logging" else {})
    app = container(logging=logging, **(member if place == "container" else {}))
    return task_definition("web", app, **(member if place == "task" else {}))


@PLACES
async def test_a_mangled_revision_is_deregistered_and_never_rolled(
    aws: Aws, controller: Controller, place: str
) -> None:
    web = aws.runs("web", with_a_member_of_tomorrow(place))
    aws.sandbox.behaviour.drops = {"tomorrow"}

    report = await controller.settles()

    assert reason(report, web) == "UnknownMember"
    assert aws.rolled() == []
    assert [one["status"] for one in aws.family("web")] == ["ACTIVE", "INACTIVE"]
    assert "tomorrow" in str(aws.running(web))


async def test_nothing_more_is_registered_in_the_region(aws: Aws, controller: Controller) -> None:
    web, zoo = aws.runs("web", with_a_member_of_tomorrow("task")), aws.runs("zoo")
    aws.sandbox.behaviour.drops = {"tomorrow"}
    controller.policies = policy(rollout={"maxConcurrent": {"total": 1}})

    report = await controller.settles()

    assert reason(report, web) == reason(report, zoo) == "UnknownMember"
    assert len(aws.writes("RegisterTaskDefinition")) == 1
    assert aws.rolled() == []


async def test_restarts_register_it_no_more_than_twice_in_an_hour_and_never_roll_it(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web", with_a_member_of_tomorrow("task"))
    aws.sandbox.behaviour.drops = {"tomorrow"}

    for _ in range(4):
        await controller.settles()

    assert len(aws.writes("RegisterTaskDefinition")) <= 2
    assert aws.rolled() == []
    assert [one["status"] for one in aws.family("web")][1:] == ["INACTIVE"] * (
        len(aws.family("web")) - 1
    )


async def test_what_was_registered_before_and_came_back_whole_is_rolled(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web", with_a_member_of_tomorrow("task"))
    api = aws.runs("api")
    for name in ("web", "api"):
        aws.makes_log_group(f"/ecs/{name}", days=30)
    aws.sandbox.behaviour.drops = {"tomorrow"}

    report = await controller.settles()

    assert reason(report, web) == "UnknownMember"
    assert is_compliant(report, api)
    assert aws.rolled() == ["api:2"]
