"""Deployments that fail: the breaker trips, rolls back, or is not there."""

from __future__ import annotations

from typing import Any

import pytest

from controller.sandbox.ecs.deployments import failure_threshold
from tests.sandbox.web_service import BREAKER, Web


def test_the_breaker_trips_and_rolls_back(web: Web) -> None:
    web.create(deploymentConfiguration=BREAKER)
    web.new_revision_fails()
    web.roll()
    web.sandbox.tick(2)
    assert web.look()["deployments"][0]["failedTasks"] == 2
    web.sandbox.tick()
    states = web.deployments()
    assert states[0] == ("web:1", "PRIMARY", "IN_PROGRESS", 0)
    assert states[1] == ("web:2", "ACTIVE", "FAILED", 0)
    assert web.look()["taskDefinition"].endswith("web:1")
    change = web.change()
    assert change["status"] == "ROLLBACK_IN_PROGRESS"
    assert change["rollback"]["serviceRevisionArn"] == change["sourceServiceRevisions"][0]["arn"]
    web.sandbox.tick(3)
    assert web.deployments() == [("web:1", "PRIMARY", "COMPLETED", 2)]
    change = web.change()
    assert change["status"] == "ROLLBACK_SUCCESSFUL"
    assert change["deploymentCircuitBreaker"]["status"] == "TRIGGERED"
    failed = [m for m in web.messages() if m.endswith("deployment failed: tasks failed to start.")]
    assert len(failed) == 1
    assert any("rolling back to deployment ecs-svc/" in message for message in web.messages())


def test_old_tasks_run_on_while_a_deployment_fails(web: Web) -> None:
    web.create(deploymentConfiguration=BREAKER)
    web.new_revision_fails()
    web.roll()
    for _ in range(10):
        web.sandbox.tick()
        assert web.look()["runningCount"] >= 2


def test_a_breaker_without_rollback_stops_there(web: Web) -> None:
    web.create(
        deploymentConfiguration={"deploymentCircuitBreaker": {"enable": True, "rollback": False}}
    )
    web.new_revision_fails()
    web.roll()
    web.sandbox.tick(10)
    assert web.deployments() == [
        ("web:2", "PRIMARY", "FAILED", 0),
        ("web:1", "ACTIVE", "COMPLETED", 2),
    ]
    assert web.look()["deployments"][0]["failedTasks"] == 4
    assert web.change()["status"] == "STOPPED"


def test_without_a_breaker_a_deployment_fails_for_ever(web: Web) -> None:
    web.create()
    web.new_revision_fails()
    web.roll()
    web.sandbox.tick(50)
    primary = web.look()["deployments"][0]
    assert (primary["rolloutState"], primary["failedTasks"]) == ("IN_PROGRESS", 98)
    assert web.change()["status"] == "IN_PROGRESS"
    assert any("unable to consistently start tasks" in message for message in web.messages())


def test_a_breaker_with_nothing_to_return_to_stalls(web: Web) -> None:
    web.sandbox.fails(lambda _: True)
    web.create(deploymentConfiguration=BREAKER)
    web.sandbox.tick(10)
    assert web.deployments() == [("web:1", "PRIMARY", "FAILED", 0)]


def test_a_rollback_that_fails_too_says_so(web: Web) -> None:
    web.create(deploymentConfiguration=BREAKER)
    web.sandbox.fails(lambda _: True)
    web.roll()
    web.sandbox.tick(20)
    assert web.change()["status"] == "ROLLBACK_FAILED"
    assert web.look()["runningCount"] == 2


def test_a_deployment_that_stalls_stays_pending(web: Web) -> None:
    web.create(deploymentConfiguration=BREAKER)
    web.sandbox.stalls(lambda task_definition: task_definition["revision"] == 2)
    web.roll()
    web.sandbox.tick(50)
    primary = web.look()["deployments"][0]
    assert (primary["pendingCount"], primary["failedTasks"]) == (2, 0)
    assert web.change()["status"] == "IN_PROGRESS"


def test_a_deployment_can_be_stopped_by_hand(web: Web) -> None:
    web.create()
    web.roll()
    web.sandbox.tick()
    arn = web.change()["serviceDeploymentArn"]
    web.ecs.stop_service_deployment(serviceDeploymentArn=arn)
    web.sandbox.tick(4)
    assert web.change()["status"] == "ROLLBACK_SUCCESSFUL"
    with pytest.raises(web.ecs.exceptions.ConflictException):
        web.ecs.stop_service_deployment(serviceDeploymentArn=arn)


@pytest.mark.parametrize(
    ("desired", "told", "threshold"),
    [
        (1, None, 3),
        (7, None, 4),
        (1000, None, 200),
        (10, {"type": "COUNT", "value": 7}, 7),
        (10, {"type": "UNBOUNDED_PERCENT", "value": 10}, 1),
        (1000, {"type": "BOUNDED_PERCENT", "value": 10}, 100),
    ],
)
def test_the_breaker_has_the_threshold_that_aws_states(
    desired: int, told: dict[str, Any] | None, threshold: int
) -> None:
    breaker = {"enable": True, **({"thresholdConfiguration": told} if told else {})}
    assert failure_threshold({"deploymentCircuitBreaker": breaker}, desired) == threshold
