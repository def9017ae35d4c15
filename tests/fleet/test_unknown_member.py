"""What ECS did not keep as it was sent is never rolled, and nothing more is registered."""

from __future__ import annotations

import asyncio
from typing import Literal

import pytest

from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, reason
from tests.fleet.given import Json, awslogs, compliant, container, policy, task_definition
from tests.fleet.killed import Death, killed
from tests.fleet.person import types

MINUTES = 60.0

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


# ── it outlives the process ───────────────────────────────────────────────────────────────────────


def of_the_cluster(aws: Aws) -> str | None:
    """Return what the cluster remembers of a revision that ECS did not keep."""
    return aws.tags(aws.cluster("prod").arn).get("ecs-logging/unknown-member")


async def test_a_restart_knows_it_from_the_cluster_and_registers_nothing(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web", with_a_member_of_tomorrow("task"))
    aws.sandbox.behaviour.drops = {"tomorrow"}
    await controller.settles()
    assert of_the_cluster(aws) == "web:2"
    zoo = aws.runs("zoo")
    aws.forgets_requests()

    report = await controller.settles()

    assert reason(report, web) == reason(report, zoo) == "UnknownMember"
    assert aws.writes("RegisterTaskDefinition") == []


@pytest.mark.parametrize(
    ("operation", "when", "statuses"),
    [
        ("RegisterTaskDefinition", "after", ["ACTIVE", "ACTIVE"]),
        ("TagResource", "before", ["ACTIVE", "ACTIVE"]),
        ("TagResource", "after", ["ACTIVE", "INACTIVE"]),
        ("DeregisterTaskDefinition", "before", ["ACTIVE", "INACTIVE"]),
        ("DeregisterTaskDefinition", "after", ["ACTIVE", "INACTIVE"]),
    ],
)
async def test_killed_at_any_of_its_writes_it_is_neither_rolled_nor_registered_again(
    aws: Aws,
    controller: Controller,
    operation: str,
    when: Literal["before", "after"],
    statuses: list[str],
) -> None:
    aws.runs("old", compliant("old"))
    aws.makes_log_group("/ecs/web", days=30)
    await controller.settles()  # the policies are in force, so nothing else is tagged
    web = aws.runs("web", with_a_member_of_tomorrow("task"))
    aws.sandbox.behaviour.drops = {"tomorrow"}
    assert await killed(aws, controller.settles, Death(when, operation=operation))

    report = await controller.settles()

    assert reason(report, web) == "UnknownMember"
    assert aws.rolled() == []
    assert len(aws.writes("RegisterTaskDefinition")) == 1
    assert [one["status"] for one in aws.family("web")] == statuses


async def test_where_the_cluster_cannot_be_tagged_the_process_remembers(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web", with_a_member_of_tomorrow("task"))
    aws.sandbox.behaviour.drops = {"tomorrow"}
    aws.sandbox.deny("TagResource")

    async with controller.runs():
        await asyncio.sleep(10 * MINUTES)
        zoo = aws.runs("zoo")
        await asyncio.sleep(3 * 60 * MINUTES)

    assert aws.rolled() == []
    assert len(aws.writes("RegisterTaskDefinition")) == 1
    assert (aws.revision(web), aws.revision(zoo)) == (1, 1)
    assert aws.family("web")[1]["status"] == "INACTIVE"


async def test_a_process_that_goes_on_hears_that_the_account_was_approved(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web", with_a_member_of_tomorrow("task"))
    aws.sandbox.behaviour.drops = {"tomorrow"}

    async with controller.runs():
        await aws.sees(lambda: len(aws.family("web")) == 2 and of_the_cluster(aws) is not None)
        await asyncio.sleep(10 * MINUTES)
        assert len(aws.family("web")) == 2
        aws.sandbox.behaviour.drops = set()
        types(controller, "approve", "account")
        await asyncio.sleep(60 * MINUTES)

    assert aws.rolled() == ["web:3"]
    assert aws.revision(web) == 3
    assert of_the_cluster(aws) is None
