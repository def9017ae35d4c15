"""A service that wants no task: a roll proves nothing, until its first tasks run."""

from __future__ import annotations

import asyncio

import pytest

from controller.core.refs import ServiceRef
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import policy

ALLOWED = policy(allow={"scaledToZero": True}, rollout={"progressDeadline": "5m"})
LONG = 48 * 3600.0


@pytest.fixture
def web(aws: Aws) -> ServiceRef:
    """Return a service that drifts and is scaled to zero."""
    return aws.runs("web", desired=0)


async def test_it_waits_to_be_scaled_up(aws: Aws, controller: Controller, web: ServiceRef) -> None:
    report = await controller.settles()

    assert reason(report, web) == "WaitingForScaleUp"
    assert aws.rolled() == []


async def test_where_it_is_allowed_it_is_rolled_and_unproven(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    controller.policies = ALLOWED

    report = await controller.settles()
    later = await controller.settles()

    assert aws.rolled() == ["web:2"]
    assert reason(report, web) == reason(later, web) == "Unproven"
    assert "TagResource" in aws.written()
    assert aws.written().index("TagResource") < aws.written().index("UpdateService")


async def test_its_first_tasks_prove_it(aws: Aws, controller: Controller, web: ServiceRef) -> None:
    controller.policies = ALLOWED
    await controller.settles()
    await asyncio.sleep(LONG)
    aws.updates(web, desiredCount=2)
    await asyncio.sleep(300)

    report = await controller.settles()

    assert is_compliant(report, web)
    assert [value for key, value in marks(aws, web).items() if "proof-" in key] != ["Unproven"]
    assert aws.rolled() == ["web:2"]


async def test_first_tasks_that_do_not_run_take_it_back_even_days_later(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    controller.policies = ALLOWED
    await controller.settles()
    await asyncio.sleep(LONG)
    aws.sandbox.fails(lambda document: document["revision"] == 2)
    aws.updates(web, desiredCount=2)

    async with controller.process() as process:
        for _ in range(12):
            await process.looks()
            await asyncio.sleep(60)

    assert aws.rolled() == ["web:2", "web:1"]
    report = await controller.settles()
    assert outcome(report, web).task_definition == aws.family("web")[0]["taskDefinitionArn"]
    assert reason(report, web) == "HeldAfterFailure"


async def test_what_was_proven_once_is_not_blamed_for_what_happens_later(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    controller.policies = ALLOWED
    await controller.settles()
    aws.updates(web, desiredCount=2)
    await asyncio.sleep(300)
    await controller.settles()
    await asyncio.sleep(LONG)
    aws.sandbox.fails(lambda document: document["revision"] == 2)
    aws.updates(web, desiredCount=6)
    await asyncio.sleep(1200)

    await controller.settles()

    assert aws.rolled() == ["web:2"]


async def test_tasks_that_were_scaled_in_again_count_as_no_failure(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    controller.policies = ALLOWED
    await controller.settles()
    async with controller.process() as process:
        aws.updates(web, desiredCount=2)
        await asyncio.sleep(30)  # that is less than the bake
        await process.looks()
        aws.updates(web, desiredCount=0)
        await asyncio.sleep(1200)
        aws.sandbox.stalls(lambda document: document["revision"] == 2)  # as they start
        aws.updates(web, desiredCount=2)
        for _ in range(8):
            await process.looks()
            await asyncio.sleep(15)

    assert aws.rolled() == ["web:2"]


async def test_scaled_up_by_a_forced_deployment_it_is_watched_all_the_same(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    controller.policies = ALLOWED
    await controller.settles()
    await asyncio.sleep(LONG)
    aws.sandbox.fails(lambda document: document["revision"] == 2)
    aws.updates(web, desiredCount=2, forceNewDeployment=True)

    await controller.settles()

    assert aws.rolled() == ["web:2", "web:1"]
    assert aws.service(web).running == 2


def marks(aws: Aws, ref: ServiceRef) -> dict[str, str]:
    """Return the tags of the revision that the service is set to."""
    return aws.tags(aws.running(ref)["taskDefinitionArn"])
