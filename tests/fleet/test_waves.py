"""Waves: one service first, then wave by wave, over restarts and by a person's word."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from controller.core.policy.policy_set import PolicySet
from controller.core.refs import ServiceRef
from tests.fleet.aws import BREAKER, Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import compliant, policy
from tests.fleet.killed import Death, killed

MINUTES = 60.0
FIRST: dict[str, Any] = {"name": "first", "match": [{"services": ["a-*"]}], "bake": "30m"}
SECOND: dict[str, Any] = {"name": "second", "match": [{"services": ["b-*"]}], "bake": "1h"}


def in_waves(*waves: dict[str, Any], **rollout: Any) -> PolicySet:
    return policy(rollout={"waves": list(waves) or [FIRST, SECOND], **rollout})


def three_waves(aws: Aws, **members: Any) -> list[ServiceRef]:
    """Return two services of each of two waves, and one of the rest; each family has its own."""
    return [aws.runs(name, **members) for name in ("a-1", "a-2", "b-1", "b-2", "c-1")]


def order(aws: Aws) -> list[str]:
    """Return the services in the order in which they were rolled."""
    return [one.partition(":")[0] for one in aws.rolled()]


def approves_wave(aws: Aws, name: str, by: PolicySet) -> None:
    """Let a wave begin, as a person does."""
    tag = {"key": "ecs-logging/approved-wave.production", "value": f"{name} {by.short_digest}"}
    aws.call("ecs", "TagResource", resourceArn=aws.cluster("prod").arn, tags=[tag])


async def test_a_process_that_runs_goes_from_wave_to_wave_by_itself(
    aws: Aws, controller: Controller
) -> None:
    services = three_waves(aws)
    controller.policies = in_waves()

    async with controller.runs():
        await asyncio.sleep(20 * MINUTES)
        assert order(aws) == ["a-1"]
        await asyncio.sleep(30 * MINUTES)
        assert order(aws) == ["a-1", "a-2"]
        await asyncio.sleep(25 * MINUTES)
        assert sorted(order(aws)[2:]) == ["b-1", "b-2"]
        await asyncio.sleep(2 * 60 * MINUTES)

    assert sorted(order(aws)) == [ref.name for ref in services]
    assert order(aws)[-1] == "c-1"


async def test_apply_ends_where_only_time_is_left_and_says_until_when(
    aws: Aws, controller: Controller
) -> None:
    a_1, a_2, b_1, _, _ = three_waves(aws)
    controller.policies = in_waves()

    report = await controller.settles()

    assert order(aws) == ["a-1"]
    assert is_compliant(report, a_1)
    assert {reason(report, one) for one in (a_2, b_1)} == {"WaitingForCanary"}
    assert outcome(report, a_2).requeue_after.total_seconds() <= 30 * MINUTES
    await controller.settles()
    assert order(aws) == ["a-1"]


async def test_each_start_goes_one_wave_further_when_its_time_has_come(
    aws: Aws, controller: Controller
) -> None:
    services = three_waves(aws)
    controller.policies = in_waves()
    seen = []

    for _ in range(7):
        await controller.settles()
        seen.append(len(order(aws)))
        await asyncio.sleep(31 * MINUTES)
    report = await controller.settles()

    assert seen == [1, 2, 4, 4, 5, 5, 5]
    assert all(is_compliant(report, ref) for ref in services)


async def test_a_restart_in_the_middle_of_a_wave_forgets_nothing(
    aws: Aws, controller: Controller
) -> None:
    three_waves(aws)
    controller.policies = in_waves()

    async with controller.process() as process:
        await process.looks()
        await process.looks()
        await process.looks()
    assert order(aws) == ["a-1"]
    async with controller.process() as process:
        await process.looks()
        await process.looks()
    assert order(aws) == ["a-1"]
    await controller.settles()
    assert order(aws) == ["a-1"]


@pytest.mark.parametrize("when", ["before", "after"])
async def test_killed_at_the_first_roll_it_goes_on_with_one_alone(
    aws: Aws, controller: Controller, when: Any
) -> None:
    three_waves(aws)
    controller.policies = in_waves()

    assert await killed(aws, controller.settles, Death(when, operation="UpdateService"))
    await controller.settles()

    assert order(aws) in (["a-1"], ["a-2"])


async def test_where_the_first_fails_the_next_one_goes_first(
    aws: Aws, controller: Controller
) -> None:
    a_1, a_2, b_1, *_ = three_waves(aws, deploymentConfiguration=BREAKER)
    aws.sandbox.fails(lambda one: one["revision"] > 1 and one["family"] == "a-1")
    controller.policies = in_waves()

    report = await controller.settles()

    assert order(aws)[0] == "a-1"
    assert order(aws)[-1] == "a-2"
    assert reason(report, a_1) == "HeldAfterFailure"
    assert is_compliant(report, a_2)
    await asyncio.sleep(24 * 60 * MINUTES)
    assert reason(await controller.settles(), b_1) == "WaitingForWave"


async def test_a_person_lets_a_wave_begin_though_one_before_is_held(
    aws: Aws, controller: Controller
) -> None:
    _, _, b_1, b_2, c_1 = three_waves(aws, deploymentConfiguration=BREAKER)
    aws.sandbox.fails(lambda one: one["revision"] > 1 and one["family"] == "a-1")
    controller.policies = in_waves()
    await controller.settles()
    await asyncio.sleep(60 * MINUTES)

    approves_wave(aws, "second", controller.policies)
    report = await controller.settles()

    assert is_compliant(report, b_1)
    assert is_compliant(report, b_2)
    assert reason(report, c_1) == "WaitingForWave"


async def test_a_yes_to_a_wave_does_not_hold_for_other_policies(
    aws: Aws, controller: Controller
) -> None:
    *_, c_1 = three_waves(aws)
    controller.policies = in_waves()
    approves_wave(aws, "rest", in_waves(FIRST))

    report = await controller.settles()

    assert reason(report, c_1) == "WaitingForCanary"


async def test_where_a_wave_is_promoted_by_hand_the_next_waits_for_a_person(
    aws: Aws, controller: Controller
) -> None:
    _, _, b_1, *_ = three_waves(aws)
    controller.policies = in_waves({**FIRST, "promotion": "Manual"}, SECOND)
    for _ in range(2):
        await controller.settles()
        await asyncio.sleep(31 * MINUTES)
    report = await controller.settles()
    assert order(aws) == ["a-1", "a-2"]
    assert reason(report, b_1) == "WaitingForPromotion"

    approves_wave(aws, "second", controller.policies)
    await controller.settles()

    assert sorted(order(aws)[2:]) == ["b-1", "b-2"]


async def test_where_the_first_wave_has_no_tasks_one_of_the_next_goes_first(
    aws: Aws, controller: Controller
) -> None:
    idle = aws.runs("a-1", desired=0)
    b_1 = aws.runs("b-1")
    controller.policies = in_waves()

    report = await controller.settles()

    assert reason(report, idle) == "WaitingForScaleUp"
    assert is_compliant(report, b_1)


async def test_a_wave_has_a_budget_of_its_own(aws: Aws, controller: Controller) -> None:
    aws.runs("a-1")
    aws.runs("ok", compliant("ok"))
    second = [aws.runs(f"b-{number}") for number in range(3)]
    narrow = {**SECOND, "maxConcurrent": {"total": 1}}
    controller.policies = in_waves(FIRST, narrow)
    await controller.settles()
    await asyncio.sleep(31 * MINUTES)
    most = 0

    def count() -> None:
        nonlocal most
        flying = [ref for ref in second if len(aws.service(ref).deployments) > 1]
        most = max(most, len(flying))

    aws.witnesses.append(count)
    await controller.settles()

    assert sorted(order(aws)[1:]) == ["b-0", "b-1", "b-2"]
    assert most == 1
