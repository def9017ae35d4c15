"""Stopping the line: two failures in a row, and nothing more begins until a person has looked."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from controller.core.refs import ServiceRef
from tests.fleet.aws import BREAKER, Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import policies, policy, spec
from tests.fleet.killed import Death, killed
from tests.virtual_time import VirtualClock

MINUTES = 60.0
A_DAY = 24 * 60 * MINUTES


def a_fleet(aws: Aws, count: int = 5) -> tuple[list[ServiceRef], set[str]]:
    """Return services, and those whose corrected revision fails, by name: all, until changed."""
    names = [f"web-{number}" for number in range(count)]
    failing = set(names)
    aws.sandbox.fails(lambda one: one["revision"] > 1 and one["family"] in failing)
    return [aws.runs(name, deploymentConfiguration=BREAKER) for name in names], failing


def acknowledges(aws: Aws) -> None:
    """Let the line go on, as a person does."""
    said = VirtualClock().now().strftime("%Y-%m-%dT%H:%M:%SZ")
    tag = {"key": "ecs-logging/acknowledged", "value": said}
    aws.call("ecs", "TagResource", resourceArn=aws.cluster("prod").arn, tags=[tag])


def tried(aws: Aws) -> set[str]:
    """Return the families of which a corrected revision was rolled out."""
    return {one.partition(":")[0] for one in aws.rolled() if not one.endswith(":1")}


@pytest.fixture(autouse=True)
def one_at_once(controller: Controller) -> None:
    controller.policies = policy(rollout={"maxConcurrent": {"total": 1}})


async def test_after_two_failures_in_a_row_nothing_more_begins(
    aws: Aws, controller: Controller
) -> None:
    services, _ = a_fleet(aws)

    report = await controller.settles()

    assert tried(aws) == {"web-0", "web-1"}
    assert [reason(report, ref) for ref in services[2:]] == ["LineStopped"] * 3
    said = outcome(report, services[4]).reason
    assert said is not None
    assert "prod/web-0 at 2026-01-01 00:" in said.message
    assert "prod/web-1 at 2026-01-01 00:" in said.message


async def test_neither_time_nor_a_restart_starts_the_line_again(
    aws: Aws, controller: Controller
) -> None:
    services, _ = a_fleet(aws)
    await controller.settles()

    for pause in (60.0, A_DAY + 60.0):
        await asyncio.sleep(pause)
        report = await controller.settles()
        assert reason(report, services[4]) == "LineStopped"

    assert tried(aws) == {"web-0", "web-1"}


@pytest.mark.parametrize("operation", ["TagResource", "UpdateService", "DeregisterTaskDefinition"])
async def test_killed_at_any_step_of_a_failure_it_is_counted_all_the_same(
    aws: Aws, controller: Controller, operation: str
) -> None:
    services, _ = a_fleet(aws)
    marks: dict[str, Any] = {"operation": operation}

    await killed(aws, controller.settles, Death("after", **marks))
    await controller.settles()
    await killed(aws, controller.settles, Death("before", **marks))
    report = await controller.settles()

    assert tried(aws) == {"web-0", "web-1"}
    assert reason(report, services[4]) == "LineStopped"


async def test_what_a_person_acknowledges_lets_the_line_go_on(
    aws: Aws, controller: Controller
) -> None:
    services, failing = a_fleet(aws)
    await controller.settles()
    failing.clear()
    acknowledges(aws)
    await asyncio.sleep(1)

    report = await controller.settles()

    assert all(is_compliant(report, ref) for ref in services[2:])
    assert [reason(report, ref) for ref in services[:2]] == ["HeldAfterFailure"] * 2


async def test_after_that_it_takes_two_failures_more_to_stop_it_again(
    aws: Aws, controller: Controller
) -> None:
    services, _ = a_fleet(aws)
    await controller.settles()
    acknowledges(aws)
    await asyncio.sleep(1)

    report = await controller.settles()

    assert tried(aws) == {"web-0", "web-1", "web-2", "web-3"}
    assert reason(report, services[4]) == "LineStopped"


async def test_rolls_that_have_begun_are_seen_to_their_end(
    aws: Aws, controller: Controller
) -> None:
    services, failing = a_fleet(aws)
    failing.discard("web-2")
    three = {"web-0", "web-1", "web-2"}
    controller.policies = policy(rollout={"maxConcurrent": {"total": 3}, "bakeTime": "30m"})

    report = await controller.settles()

    assert tried(aws) == three
    assert is_compliant(report, services[2])
    assert {reason(report, ref) for ref in services[:2]} == {"HeldAfterFailure"}
    assert {reason(report, ref) for ref in services[3:]} == {"LineStopped"}


async def test_another_policy_goes_on(aws: Aws, controller: Controller) -> None:
    aws.call("ecs", "CreateCluster", clusterName="other")
    services, _ = a_fleet(aws, 3)
    api = aws.runs("api", cluster="other")
    slow = {"maxConcurrent": {"total": 1}}
    controller.policies = policies(
        production=spec(rollout=slow), other=spec(rollout=slow, match=[{"clusters": ["other"]}])
    )

    report = await controller.settles()

    assert sorted(str(reason(report, ref)) for ref in services) == [
        *("HeldAfterFailure", "HeldAfterFailure", "LineStopped")
    ]
    assert is_compliant(report, api)


async def test_a_process_that_runs_goes_on_after_a_person_has_looked(
    aws: Aws, controller: Controller
) -> None:
    services, failing = a_fleet(aws)

    async with controller.runs():
        await asyncio.sleep(3 * 60 * MINUTES)
        assert len(tried(aws)) == 2
        failing.clear()
        acknowledges(aws)
        await asyncio.sleep(3 * 60 * MINUTES)

    assert sorted(aws.revision(ref) for ref in services) == [1, 1, 2, 2, 2]
