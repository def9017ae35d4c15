"""Lifecycle hooks hold a deployment until somebody answers, or their time is out."""

from __future__ import annotations

from typing import Any

import pytest

from controller.sandbox import START
from tests.sandbox.test_strategies import AT_ONCE, until, weights
from tests.sandbox.web_service import Web

PAUSE = {"targetType": "PAUSE", "lifecycleStages": ["POST_TEST_TRAFFIC_SHIFT"]}
LAMBDA = {
    "hookTargetArn": "arn:aws:lambda:us-east-1:123456789012:function:check",
    "roleArn": "arn:aws:iam::123456789012:role/hooks",
    "lifecycleStages": ["PRODUCTION_TRAFFIC_SHIFT"],
}


def rolled(web: Web, *hooks: dict[str, Any]) -> Web:
    web.create(deploymentConfiguration={**AT_ONCE, "lifecycleHooks": list(hooks)})
    web.roll()
    web.sandbox.tick(12)
    return web


def answer(web: Web, **members: Any) -> None:
    change = web.change()
    web.ecs.continue_service_deployment(
        serviceDeploymentArn=change["serviceDeploymentArn"],
        **{"hookId": change["lifecycleHookDetails"][-1]["hookId"], **members},
    )


def statuses(web: Web) -> list[str]:
    return [hook["status"] for hook in web.change()["lifecycleHookDetails"]]


def test_a_pause_waits_for_a_person(web: Web) -> None:
    change = rolled(web, PAUSE).change()
    (hook,) = change["lifecycleHookDetails"]
    assert (hook["targetType"], hook["status"]) == ("PAUSE", "AWAITING_ACTION")
    assert (hook["expiresAt"].timestamp(), hook["timeoutAction"]) == (START + 86_400, "ROLLBACK")
    assert "targetArn" not in hook
    assert change["lifecycleStage"] == "POST_TEST_TRAFFIC_SHIFT"
    assert change["status"] == "IN_PROGRESS"
    assert weights(change) == (100.0, 0.0)


@pytest.mark.parametrize("action", [{}, {"action": "CONTINUE"}])
def test_it_goes_on_when_a_person_says_so(web: Web, action: dict[str, str]) -> None:
    answer(rolled(web, PAUSE), **action)
    assert statuses(web) == ["SUCCEEDED"]
    web.sandbox.tick(10)
    assert web.change()["status"] == "SUCCESSFUL"


def test_it_goes_back_when_a_person_says_so(web: Web) -> None:
    answer(rolled(web, PAUSE), action="ROLLBACK")
    assert web.change()["status"] == "ROLLBACK_REQUESTED"
    web.sandbox.tick(3)
    assert web.change()["status"] == "ROLLBACK_SUCCESSFUL"
    assert web.deployments() == [("web:1", "PRIMARY", "COMPLETED", 2)]


@pytest.mark.parametrize(
    ("action", "status"), [("CONTINUE", "SUCCESSFUL"), ("ROLLBACK", "ROLLBACK_SUCCESSFUL")]
)
def test_a_pause_that_nobody_answers_times_out(web: Web, action: str, status: str) -> None:
    timeout = {"timeoutInMinutes": 30, "action": action}
    rolled(web, {**PAUSE, "timeoutConfiguration": timeout})
    web.sandbox.advance(1799)
    web.sandbox.tick()
    assert statuses(web) == ["AWAITING_ACTION"]
    web.sandbox.advance(1)
    web.sandbox.tick()
    assert statuses(web) == ["TIMED_OUT"]
    web.sandbox.tick(10)
    assert web.change()["status"] == status


def test_a_function_that_succeeds_lets_the_deployment_go_on(web: Web) -> None:
    rolled(web, LAMBDA)
    (hook,) = web.change()["lifecycleHookDetails"]
    assert (hook["targetType"], hook["status"]) == ("AWS_LAMBDA", "SUCCEEDED")
    assert hook["targetArn"] == LAMBDA["hookTargetArn"]
    web.sandbox.tick(2)
    assert web.change()["status"] == "SUCCESSFUL"


def test_a_function_that_fails_takes_the_deployment_back(web: Web) -> None:
    web.sandbox.behaviour.lambda_hooks = "FAILED"
    rolled(web, LAMBDA)
    assert statuses(web) == ["FAILED"]
    assert web.change()["status"] == "ROLLBACK_SUCCESSFUL"


def test_a_function_that_never_answers_times_out(web: Web) -> None:
    web.sandbox.behaviour.lambda_hooks = "IN_PROGRESS"
    rolled(web, LAMBDA)
    assert statuses(web) == ["IN_PROGRESS"]
    web.sandbox.advance(1440 * 60)
    web.sandbox.tick(4)
    assert statuses(web) == ["TIMED_OUT"]
    assert web.change()["status"] == "ROLLBACK_SUCCESSFUL"


def test_a_hook_before_production_traffic_runs_at_every_step(web: Web) -> None:
    before = {"targetType": "PAUSE", "lifecycleStages": ["PRE_PRODUCTION_TRAFFIC_SHIFT"]}
    canary = {"canaryPercent": 50.0, "canaryBakeTimeInMinutes": 0}
    web.create(
        deploymentConfiguration={
            "strategy": "CANARY",
            "canaryConfiguration": canary,
            "lifecycleHooks": [before],
        }
    )
    web.roll()
    assert weights(until(web, "PRODUCTION_TRAFFIC_SHIFT")) == (100.0, 0.0)
    answer(web)
    web.sandbox.tick(4)
    assert weights(web.change()) == (50.0, 50.0)
    assert statuses(web) == ["SUCCEEDED", "AWAITING_ACTION"]
    answer(web)
    web.sandbox.tick(10)
    assert web.change()["status"] == "SUCCESSFUL"


def test_a_deployment_that_goes_back_awaits_nobody(web: Web) -> None:
    change = rolled(web, PAUSE).change()
    web.ecs.stop_service_deployment(serviceDeploymentArn=change["serviceDeploymentArn"])
    web.sandbox.tick()
    assert statuses(web) == ["FAILED"]
    with pytest.raises(web.ecs.exceptions.InvalidParameterException):
        answer(web)


def test_only_a_hook_that_waits_can_be_answered(web: Web) -> None:
    answer(rolled(web, PAUSE))
    for hook in (web.change()["lifecycleHookDetails"][0]["hookId"], "nobody"):
        with pytest.raises(web.ecs.exceptions.InvalidParameterException):
            answer(web, hookId=hook)
    with pytest.raises(web.ecs.exceptions.ServiceDeploymentNotFoundException):
        web.ecs.continue_service_deployment(serviceDeploymentArn="arn:nobody", hookId="x")


@pytest.mark.parametrize(
    "hook",
    [
        {"targetType": "PAUSE", "lifecycleStages": ["TEST_TRAFFIC_SHIFT"]},
        {"targetType": "PAUSE", "lifecycleStages": ["PRODUCTION_TRAFFIC_SHIFT"]},
        {"targetType": "PAUSE"},
        {"lifecycleStages": ["PRE_SCALE_UP"]},
    ],
)
def test_a_hook_that_cannot_be_is_refused(web: Web, hook: dict[str, Any]) -> None:
    with pytest.raises(web.ecs.exceptions.InvalidParameterException):
        web.create(deploymentConfiguration={**AT_ONCE, "lifecycleHooks": [hook]})
