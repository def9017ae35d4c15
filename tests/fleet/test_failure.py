"""A roll that fails: the service is returned once, and what failed is not tried again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from controller.core.reason import Health
from controller.sandbox.endings import NO_IMAGE
from tests.fleet.aws import BREAKER, Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import awslogs, compliant, container, destination, policy, task_definition

A_DAY = 25 * 3600.0


def corrected(document: dict[str, Any]) -> bool:
    """Tell whether a revision is one of the controller's, which fails to start in these tests."""
    return int(document["revision"]) > 1


async def test_ten_passes_and_two_restarts_make_one_roll_and_one_return(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.sandbox.fails(corrected)
    controller.policies = policy(rollout={"progressDeadline": "2m"})

    for passes in (4, 3, 3):
        async with controller.process() as process:
            for _ in range(passes):
                await process.looks()
                await asyncio.sleep(60)

    assert aws.rolled() == ["web:2", "web:1"]
    assert len(aws.writes("RegisterTaskDefinition")) == 1
    report = await controller.settles()
    assert reason(report, web) == "HeldAfterFailure"
    assert outcome(report, web).health is Health.DEGRADED
    assert aws.rolled() == ["web:2", "web:1"]


async def test_what_failed_is_marked_for_the_service_and_deregistered(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")
    aws.sandbox.fails(corrected)

    await controller.settles()

    ours = aws.family("web")[1]
    assert ours["status"] == "INACTIVE"
    marks = [key for key in aws.tags(ours["taskDefinitionArn"]) if "failed-" in key]
    assert len(marks) == 1
    assert aws.family("web")[0]["status"] == "ACTIVE"


async def test_what_failed_is_deregistered_as_soon_as_the_service_is_back(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")
    aws.sandbox.fails(corrected)
    controller.settings = replace(controller.settings, resync=timedelta(hours=1))

    async with controller.runs():
        await aws.sees(lambda: "StopServiceDeployment" in aws.written())
        await asyncio.sleep(120)

    assert [one["status"] for one in aws.family("web")] == ["ACTIVE", "INACTIVE"]


async def test_what_the_circuit_breaker_has_returned_is_not_returned_again(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web", deploymentConfiguration=BREAKER)
    aws.sandbox.fails(corrected, reason=NO_IMAGE)

    report = await controller.settles()

    assert aws.rolled() == ["web:2"]
    assert aws.revision(web) == 1
    assert reason(report, web) == "HeldAfterFailure"
    assert aws.written()[-2:] == ["TagResource", "DeregisterTaskDefinition"]


@pytest.mark.parametrize("configuration", [{}, BREAKER], ids=["returned by us", "by ECS"])
async def test_it_is_held_even_when_the_failed_revision_can_no_longer_be_read(
    aws: Aws, controller: Controller, configuration: dict[str, Any]
) -> None:
    web = aws.runs("web", deploymentConfiguration=configuration)
    aws.sandbox.fails(corrected)
    aws.sandbox.behaviour.inactive_unreadable = True
    await controller.settles()
    rolled = aws.rolled()

    await asyncio.sleep(A_DAY)
    await controller.settles()
    await asyncio.sleep(A_DAY)
    report = await controller.settles()

    assert reason(report, web) == "HeldAfterFailure"
    assert aws.rolled() == rolled
    assert len(aws.writes("RegisterTaskDefinition")) == 1


async def test_another_patch_is_tried_once(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web")
    aws.sandbox.fails(corrected)
    await controller.settles()
    await asyncio.sleep(A_DAY)
    controller.policies = policy(destinations=[destination(maxBufferSize="25m")])

    await controller.settles()
    report = await controller.settles()

    assert aws.rolled() == ["web:2", "web:1", "web:3", "web:1"]
    assert reason(report, web) == "HeldAfterFailure"


async def test_a_release_after_a_failure_is_corrected(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web")
    aws.sandbox.fails(lambda document: document["revision"] == 2)
    await controller.settles()
    json_file = {"logDriver": "json-file"}
    aws.releases(web, task_definition("web", container(logging=json_file)))
    await asyncio.sleep(A_DAY)

    report = await controller.settles()

    assert is_compliant(report, web)
    assert aws.rolled() == ["web:2", "web:1", "web:4"]


async def test_one_that_fails_for_a_sibling_is_not_held_for_the_other(
    aws: Aws, controller: Controller
) -> None:
    shared = aws.registers(task_definition("shared"))
    good, bad = aws.runs("good", shared), aws.runs("bad", shared)
    aws.sandbox.service(bad.arn).settings["deploymentConfiguration"] |= BREAKER
    aws.makes_log_group("/ecs/shared", days=30)
    failing = aws.service(bad)
    aws.sandbox.fails(
        lambda document: (
            corrected(document)
            and failing.task_definition == document["taskDefinitionArn"]
            and aws.revision(good) == 1
        )
    )
    controller.policies = policy(rollout={"maxConcurrent": {"total": 1}})

    report = await controller.settles()

    assert is_compliant(report, good)
    assert reason(report, bad) == "HeldAfterFailure"
    assert aws.family("shared")[1]["status"] == "ACTIVE"  # the good one runs it


async def test_a_return_is_made_although_the_failure_cannot_be_marked(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.sandbox.fails(corrected)
    aws.sandbox.deny("TagResource")

    await controller.settles()
    await asyncio.sleep(60)
    report = await controller.settles()

    assert aws.rolled() == ["web:2", "web:1"]
    assert reason(report, web) == "HeldAfterFailure"


async def test_tasks_that_die_during_the_bake_are_a_failure(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web", compliant("web"))
    aws.releases(
        web, task_definition("web", container(logging=awslogs("/ecs/web", mode="blocking")))
    )
    await asyncio.sleep(60)
    run = asyncio.create_task(controller.settles())
    await aws.sees(
        lambda: aws.service(web).deployments[0].rollout == "COMPLETED" and len(aws.rolled()) == 1
    )
    aws.sandbox.fails(lambda document: document["revision"] == 3)
    aws.service(web).deployments[0].running = 0

    report = await run

    assert aws.rolled() == ["web:3", "web:2"]
    assert reason(report, web) == "HeldAfterFailure"


async def test_a_restart_without_enforce_in_the_middle_of_a_roll_only_watches(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.sandbox.fails(corrected)
    run = asyncio.create_task(controller.settles())
    await aws.sees(lambda: aws.rolled() == ["web:2"])
    run.cancel()
    aws.forgets_requests()

    for _ in range(2):
        watched = outcome(await controller.audits(), web)
        assert watched.health is Health.DEGRADED
        assert watched.reason is not None
        assert "--enforce" in watched.reason.remedy
        await asyncio.sleep(3600)

    assert aws.writes() == []
    await controller.settles()
    assert aws.rolled() == ["web:1"]
