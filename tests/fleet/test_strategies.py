"""Rolls that wait for more than tasks: strategies, hooks, alarms; and those that cannot log."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import pytest

from controller.core.reason import Health
from controller.sandbox.endings import NO_IMAGE
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import Json, policy

BAKE: Final = {"bakeTimeInMinutes": 30}
STRATEGIES: Final = [
    pytest.param({"strategy": "BLUE_GREEN", **BAKE}, id="blue-green"),
    pytest.param(
        {
            "strategy": "LINEAR",
            "linearConfiguration": {"stepPercent": 25.0, "stepBakeTimeInMinutes": 15},
            **BAKE,
        },
        id="linear",
    ),
    pytest.param(
        {
            "strategy": "CANARY",
            "canaryConfiguration": {"canaryPercent": 10.0, "canaryBakeTimeInMinutes": 40},
            **BAKE,
        },
        id="canary",
    ),
]
PAUSE: Final = {"targetType": "PAUSE", "lifecycleStages": ["POST_SCALE_UP"]}
ALARMS: Final = {"alarms": {"alarmNames": ["errors"], "enable": True, "rollback": True}}


def corrected(document: dict[str, Any]) -> bool:
    """Tell whether a revision is one of the controller's."""
    return int(document["revision"]) > 1


@pytest.mark.parametrize("configured", STRATEGIES)
async def test_a_roll_may_take_what_its_strategy_takes(
    aws: Aws, controller: Controller, configured: Json
) -> None:
    web = aws.runs("web", deploymentConfiguration=configured)

    report = await controller.settles()

    assert is_compliant(report, web)
    assert aws.rolled() == ["web:2"]


@pytest.mark.parametrize("configured", STRATEGIES)
async def test_a_roll_that_fails_is_taken_back_by_ecs_at_our_word(
    aws: Aws, controller: Controller, configured: Json
) -> None:
    web = aws.runs("web", deploymentConfiguration=configured)
    aws.sandbox.fails(corrected, reason=NO_IMAGE)

    report = await controller.settles()

    assert reason(report, web) == "HeldAfterFailure"
    assert aws.written().count("StopServiceDeployment") == 1
    assert aws.written().count("UpdateService") == 1
    assert aws.revision(web) == 1
    assert aws.family("web")[1]["status"] == "INACTIVE"


async def test_a_hook_waits_for_a_person_and_is_never_taken_for_a_hang(
    aws: Aws, controller: Controller
) -> None:
    hooked = {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 1, "lifecycleHooks": [PAUSE]}
    web = aws.runs("web", deploymentConfiguration=hooked)
    let_go(aws)

    report = await controller.settles()
    await asyncio.sleep(5 * 3600)
    later = await controller.settles()

    assert reason(report, web) == reason(later, web) == "AwaitingPerson"
    assert outcome(later, web).health is Health.PROGRESSING
    assert any("TakesLong" in one for one in outcome(later, web).warnings)
    let_go(aws)
    assert is_compliant(await controller.settles(), web)
    assert aws.rolled() == ["web:2"]


def deployments(aws: Aws) -> list[Json]:
    """Return the service deployments of the service, as they are described."""
    listed = aws.call("ecs", "ListServiceDeployments", cluster="prod", service="web")
    arns = [one["serviceDeploymentArn"] for one in listed["serviceDeployments"]]
    described = aws.call("ecs", "DescribeServiceDeployments", serviceDeploymentArns=arns)
    found: list[Json] = described["serviceDeployments"]
    return found


def let_go(aws: Aws) -> None:
    """Let whatever waits for a person go on, as a person does."""
    for change in deployments(aws):
        for hook in change.get("lifecycleHookDetails", []):
            if hook["status"] == "AWAITING_ACTION":
                aws.call(
                    "ecs",
                    "ContinueServiceDeployment",
                    serviceDeploymentArn=change["serviceDeploymentArn"],
                    hookId=hook["hookId"],
                    action="CONTINUE",
                )
    aws.sandbox.tick(8)


async def test_a_service_whose_alarm_rings_already_is_not_rolled(
    aws: Aws, controller: Controller
) -> None:
    aws.sandbox.alarm("errors", "OK")
    web = aws.runs("web", deploymentConfiguration=ALARMS)
    aws.sandbox.advance(600)
    aws.sandbox.tick(3)
    aws.sandbox.alarm("errors")

    assert reason(await controller.settles(), web) == "AlarmActive"
    assert aws.rolled() == []


async def test_what_an_alarm_takes_back_is_marked_and_held(
    aws: Aws, controller: Controller
) -> None:
    aws.sandbox.alarm("errors", "OK")
    web = aws.runs("web", deploymentConfiguration=ALARMS)
    aws.sandbox.advance(600)
    aws.sandbox.tick(3)
    ringing = asyncio.create_task(ring(aws))

    report = await controller.settles()
    await ringing

    assert reason(report, web) == "AlarmActive"
    assert aws.revision(web) == 1
    aws.sandbox.alarm("errors", "OK")
    assert reason(await controller.settles(), web) == "HeldAfterFailure"
    assert aws.rolled() == ["web:2"]


async def ring(aws: Aws) -> None:
    """Let the alarm go off once the corrected revision runs."""
    service = next(iter(aws.sandbox.region().services.values()))
    await aws.sees(lambda: len(service.history) > 1 and service.deployments[0].running == 2)
    aws.sandbox.alarm("errors")


async def test_two_tasks_that_cannot_log_end_a_roll_before_its_deadline(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.sandbox.fails(corrected)
    controller.policies = policy(rollout={"progressDeadline": "5h"})
    begun = asyncio.get_running_loop().time()

    report = await controller.settles()

    assert reason(report, web) == "HeldAfterFailure"
    assert asyncio.get_running_loop().time() - begun < 3_600
    said = [one.reason for one in controller.told if one.reason is not None]
    assert "LoggingFailed" in {one.code for one in said}


async def test_a_deployment_that_we_may_not_stop_is_left_by_setting_the_service_back(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.sandbox.fails(corrected)
    aws.sandbox.deny("StopServiceDeployment")

    report = await controller.settles()

    assert reason(report, web) == "HeldAfterFailure"
    assert [one.body["taskDefinition"][-5:] for one in aws.writes("UpdateService") if one.body] == [
        "web:2",
        "web:1",
    ]
