"""The controller gets another role while its roll goes on: it is told to, or it says so."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from controller.core.reason import Health
from controller.core.refs import ServiceRef
from controller.core.service.revision import principal
from tests.fleet.aws import OURS, Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import awslogs, container, policy, task_definition
from tests.fleet.passing import AN_HOUR, is_at_rest

NEW_ROLE = OURS.replace("/ecs-logging/", "/ecs-logging-v2/")


def runs_as(aws: Aws, role: str) -> None:
    """Let the controller's credentials be those of another role from now on."""
    aws.sandbox.callers.planted["AKIDCONTROLLER"] = role


def knows_its_former_role(controller: Controller) -> None:
    """Start the next processes with --former-principal."""
    controller.settings = replace(controller.settings, former_principals=(principal(OURS),))


@pytest.fixture
async def web(aws: Aws, controller: Controller) -> ServiceRef:
    """Return a service with a roll in flight that fails, after the controller got a new role."""
    ref = aws.runs("web")
    aws.sandbox.stalls(lambda one: one["revision"] == 2)
    settling = asyncio.create_task(controller.settles())
    await aws.sees(lambda: aws.rolled() == ["web:2"])
    settling.cancel()
    runs_as(aws, NEW_ROLE)
    return ref


async def test_a_roll_of_its_former_role_is_returned_if_that_is_named(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    knows_its_former_role(controller)

    report = await controller.settles()

    assert aws.revision(web) == 1
    assert reason(report, web) == "HeldAfterFailure"


async def test_where_it_is_not_named_the_service_is_degraded_and_the_role_is_told(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    audited = await controller.audits()
    report = await controller.settles()

    for told in (outcome(audited, web), outcome(report, web)):
        assert told.health is Health.DEGRADED
        assert told.reason is not None
        assert told.reason.code == "UnknownPrincipal"
        assert principal(OURS) in told.reason.message
        assert f"--former-principal {principal(OURS)}" in str(told.reason.remedy)
    assert [one for one in aws.sandbox.writes() if one.caller == NEW_ROLE] == []


async def test_nothing_is_told_of_a_roll_that_is_long_over(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    await controller.settles()
    runs_as(aws, NEW_ROLE)

    assert reason(await controller.settles(), web) == "UnknownPrincipal"
    await asyncio.sleep(AN_HOUR)
    report = await controller.settles()

    assert is_compliant(report, web)
    assert outcome(report, web).reason is None


async def test_a_pipeline_that_deploys_an_equal_copy_of_ours_is_no_roll_of_ours(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    await controller.settles()
    await asyncio.sleep(AN_HOUR)
    ours = aws.running(web)
    tags = [{"key": key, "value": one} for key, one in aws.tags(ours["taskDefinitionArn"]).items()]
    aws.releases(web, {**corrected(), "tags": tags})
    await is_at_rest(aws, web)

    report = await controller.settles()

    assert is_compliant(report, web)
    assert outcome(report, web).health is Health.HEALTHY


def corrected() -> dict[str, object]:
    """Return the document that the controller makes of the one that the service ran."""
    return task_definition("web", container(logging=awslogs("/ecs/web")))


# ── the other way round: a pipeline under our own role ────────────────────────────────────────────


async def test_what_a_pipeline_under_our_role_makes_of_our_tags_is_never_stopped(
    aws: Aws, controller: Controller
) -> None:
    controller.policies = policy(rollout={"progressDeadline": "5m"})
    web = aws.runs("web")
    aws.sandbox.callers.planted["AKIDPIPELINE"] = OURS.replace("controller", "jenkins")
    await controller.settles()
    ours = aws.running(web)["taskDefinitionArn"]
    aws.updates(web, taskDefinition="web:1")
    await is_at_rest(aws, web)
    await asyncio.sleep(AN_HOUR)
    aws.sandbox.stalls(lambda one: one["revision"] == 3)
    logging = awslogs("/ecs/web", mode="blocking")
    theirs = task_definition("web", container(logging=logging, image="shop/web:9"))
    tags = [{"key": key, "value": value} for key, value in aws.tags(ours).items()]
    released = aws.releases(web, {**theirs, "tags": tags})
    aws.forgets_requests()

    async with controller.process() as process:
        for _ in range(60):
            await process.looks()
            await asyncio.sleep(30)

    assert aws.revision(web) == 3
    assert "StopServiceDeployment" not in aws.written()
    assert "UpdateService" not in aws.written()
    gone = [one.body or {} for one in aws.writes("DeregisterTaskDefinition")]
    assert released not in [one["taskDefinition"] for one in gone]
