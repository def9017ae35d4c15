"""A roll that was gone back from and bears no mark: our own return, or a person's, who cannot tell.

ECS had completed the roll, and AWS let nobody tag it: its history shows a success that was left.
"""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from controller.core.reason import Health
from controller.core.refs import ServiceRef
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import awslogs, compliant, container, policy, task_definition
from tests.fleet.passing import A_MINUTE, AN_HOUR, is_approved, is_at_rest

OFTEN = policy(rollout={"maxPer": {"share": "100%", "in": "1m"}})


def old(number: int = 1) -> dict[str, Any]:
    """Return what a pipeline's release of this number brings, with the old logging."""
    logging = awslogs("/ecs/web", mode="blocking")
    return task_definition("web", container(logging=logging, image=f"shop/web:{number}"))


@pytest.fixture
async def web(aws: Aws, controller: Controller) -> ServiceRef:
    """Return a service that ran well and drifted with its last release."""
    controller.policies = OFTEN
    ref = aws.runs("web", compliant("web"))
    aws.releases(ref, old())
    await is_at_rest(aws, ref)
    return ref


async def completes(aws: Aws, web: ServiceRef) -> None:
    """Wait until ECS has completed our roll."""
    await aws.sees(
        lambda: bool(aws.rolled()) and aws.service(web).deployments[0].rollout == "COMPLETED"
    )


async def dies(aws: Aws, web: ServiceRef) -> None:
    """Let no task of the corrected revision run any more, once ECS has completed our roll."""
    await completes(aws, web)
    aws.sandbox.fails(lambda one: one["revision"] == 3)
    aws.service(web).deployments[0].running = 0


async def test_what_we_returned_unmarked_is_not_tried_again_by_the_next_process(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    aws.sandbox.deny("TagResource")
    dying = asyncio.create_task(dies(aws, web))
    await controller.settles()
    await dying

    for _ in range(3):
        await asyncio.sleep(2 * AN_HOUR)
        report = await controller.settles()

        assert aws.rolled() == ["web:3", "web:2"]
        assert reason(report, web) == "HeldAfterFailure"
        assert outcome(report, web).health is Health.DEGRADED


async def test_nor_by_the_same_one_once_it_has_forgotten_the_refusal(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    aws.sandbox.deny("TagResource")
    async with controller.runs():
        await dies(aws, web)
        await asyncio.sleep(3 * AN_HOUR)

    assert aws.rolled() == ["web:3", "web:2"]


async def test_who_goes_back_as_soon_as_we_would_is_held_until_a_person_approves(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    async with controller.runs():
        await completes(aws, web)
        await asyncio.sleep(A_MINUTE)
        aws.updates(web, taskDefinition="web:2")
        await is_at_rest(aws, web)
        await asyncio.sleep(2 * AN_HOUR)
    report = await controller.settles()

    told = outcome(report, web).reason
    assert aws.rolled() == ["web:3"]
    assert told is not None
    assert told.code == "HeldAfterFailure"
    assert "or was not wanted" in told.message
    assert "ecs-logging approve prod/web" in str(told.remedy)

    await is_approved(aws, web)
    assert is_compliant(await controller.settles(), web)


async def test_who_goes_back_later_is_corrected_once_more(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    assert is_compliant(await controller.settles(), web)
    await asyncio.sleep(AN_HOUR)
    aws.updates(web, taskDefinition="web:2")
    await is_at_rest(aws, web)

    assert is_compliant(await controller.settles(), web)


async def test_two_who_go_back_are_a_conflict_even_if_the_second_is_quick(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    for waits in (AN_HOUR, A_MINUTE):
        assert is_compliant(await controller.settles(), web)
        await asyncio.sleep(waits)
        aws.updates(web, taskDefinition="web:2")
        await is_at_rest(aws, web)

    assert reason(await controller.settles(), web) == "ConflictingManager"
