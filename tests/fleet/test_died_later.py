"""Tasks that die after their deployment has completed, and returns that were put off."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from controller.core.reason import Health
from controller.core.refs import ServiceRef
from tests.fleet.aws import Aws
from tests.fleet.code_deploy import ALLOWED, CodeDeploy
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import policy

WAVES = policy(rollout={"waves": [{"name": "first", "bake": "1m"}], "maxFailures": 1})


def corrected(document: dict[str, Any]) -> bool:
    """Tell whether a revision is one of the controller's."""
    return int(document["revision"]) > 1


@pytest.fixture
def web(aws: Aws) -> ServiceRef:
    """Return a service that drifts."""
    return aws.runs("web")


async def completes(aws: Aws, web: ServiceRef) -> None:
    """Wait until our roll of the service has completed."""
    await aws.sees(
        lambda: aws.rolled() == ["web:2"] and aws.service(web).deployments[0].rollout == "COMPLETED"
    )


def dies(aws: Aws, web: ServiceRef) -> None:
    """Let all tasks of the correction die, and none come up again."""
    aws.sandbox.fails(corrected)
    aws.service(web).deployments[0].running = 0


async def test_tasks_that_die_during_the_bake_take_the_service_back(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    run = asyncio.create_task(controller.settles())
    await completes(aws, web)
    dies(aws, web)

    report = await run

    assert aws.service(web).deployments[-1].failed == 0  # ECS does not count them any more.
    assert aws.rolled() == ["web:2", "web:1"]
    assert reason(report, web) == "HeldAfterFailure"


async def test_tasks_that_die_again_and_again_do_so_too(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    looks = 0

    def crashes() -> None:
        nonlocal looks
        primary = aws.service(web).deployments[0]
        if aws.revision(web) == 2 and primary.rollout == "COMPLETED":
            looks += 1
            primary.running = 0 if looks % 6 == 0 else primary.running

    aws.witnesses.append(crashes)

    await controller.settles()

    assert aws.rolled() == ["web:2", "web:1"]


async def test_they_do_where_nobody_was_there_to_see_it(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    run = asyncio.create_task(controller.settles())
    await completes(aws, web)
    run.cancel()
    dies(aws, web)
    await asyncio.sleep(1800)

    report = await controller.settles()

    assert aws.rolled() == ["web:2", "web:1"]
    assert outcome(report, web).health is Health.DEGRADED


async def test_a_task_that_died_once_and_was_replaced_takes_nothing_back(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    run = asyncio.create_task(controller.settles())
    await completes(aws, web)
    aws.service(web).deployments[0].running = 1

    assert is_compliant(await run, web)
    assert aws.rolled() == ["web:2"]


async def test_a_scale_out_that_takes_its_time_undoes_nothing(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    await controller.settles()
    aws.sandbox.stalls(corrected)
    aws.updates(web, desiredCount=6)

    async with controller.process() as process:
        for _ in range(60):
            await process.looks()
            await asyncio.sleep(60)

    assert aws.rolled() == ["web:2"]


async def test_what_codedeploy_shows_as_succeeded_is_redeployed_when_its_tasks_die(
    aws: Aws, controller: Controller
) -> None:
    code_deploy = CodeDeploy(aws)
    controller.policies = ALLOWED
    web = code_deploy.runs("web")
    run = asyncio.create_task(controller.settles())
    await aws.sees(
        lambda: len(code_deploy.asked()) == 1 and code_deploy.newest(web).status == "Succeeded"
    )
    aws.sandbox.fails(corrected)
    code_deploy.primary(web)["runningCount"] = 0

    await run

    assert len(code_deploy.asked()) == 2
    assert code_deploy.runs_now(web).endswith(":1")


# ── returns that were put off ─────────────────────────────────────────────────────────────────────


async def test_a_return_that_aws_refused_for_an_hour_is_still_made(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    run = asyncio.create_task(controller.settles())
    await completes(aws, web)
    dies(aws, web)
    aws.sandbox.deny("UpdateService")
    await run
    await asyncio.sleep(3600)
    assert aws.revision(web) == 2

    aws.sandbox.allow("UpdateService")
    await controller.settles()

    assert aws.revision(web) == 1


async def test_a_roll_that_fails_is_returned_though_its_history_is_denied_by_then(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    aws.sandbox.fails(corrected)
    run = asyncio.create_task(controller.settles())
    await aws.sees(lambda: aws.rolled() == ["web:2"])
    aws.sandbox.deny("ListServiceDeployments")

    await run

    assert aws.rolled() == ["web:2", "web:1"]


# ── scaled to zero in the middle of a roll ────────────────────────────────────────────────────────


async def test_a_roll_that_lost_its_last_task_is_unproven_and_watched_when_some_come(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    aws.sandbox.fails(corrected)
    run = asyncio.create_task(controller.settles())
    await aws.sees(lambda: aws.rolled() == ["web:2"])
    aws.updates(web, desiredCount=0)
    report = await run
    assert reason(report, web) == "Unproven"
    await asyncio.sleep(12 * 3600)

    aws.updates(web, desiredCount=2)
    await asyncio.sleep(60)
    await controller.settles()

    assert aws.rolled() == ["web:2", "web:1"]


async def test_a_canary_without_a_task_shows_the_others_nothing(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    controller.policies = WAVES
    aws.runs("zother")
    aws.runs("zthird")
    aws.sandbox.fails(corrected)
    run = asyncio.create_task(controller.settles())
    await aws.sees(lambda: aws.rolled() == ["web:2"])
    aws.updates(web, desiredCount=0)

    await run

    assert aws.rolled() == ["web:2", "zother:2", "zother:1"]  # the next canary, alone
