"""Deployments that fail: the breaker trips, rolls back, or is not there."""

from __future__ import annotations

from typing import Any

import pytest

from controller.sandbox.ecs.circuit_breaker import failure_threshold
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


def unsteady(web: Web, **told: Any) -> Web:
    """A roll of which one task has come up, and others have failed before and after."""
    ways = {"minimumHealthyPercent": 50, "maximumPercent": 150}
    breaker = {**BREAKER["deploymentCircuitBreaker"], **told}
    web.create(2, deploymentConfiguration={**ways, "deploymentCircuitBreaker": breaker})
    web.new_revision_fails()
    web.roll()
    web.sandbox.tick(2)  # one starts, and fails
    web.sandbox.behaviour.failing.clear()
    web.sandbox.tick()  # the next one runs
    web.new_revision_fails()
    return web


def test_a_healthy_task_sets_the_count_of_failures_back(web: Web) -> None:
    unsteady(web)
    change, primary = web.change(), web.look()["deployments"][0]
    assert change["deploymentCircuitBreaker"]["failureCount"] == primary["failedTasks"] == 0


def test_a_healthy_task_changes_nothing_where_told_so(web: Web) -> None:
    unsteady(web, resetOnHealthyTask=False)
    assert web.change()["deploymentCircuitBreaker"]["failureCount"] > 0


def test_failed_tasks_are_counted_until_one_has_run(web: Web) -> None:
    web.create()
    web.roll()
    web.sandbox.tick(4)
    web.new_revision_fails()
    web.sandbox.service(web.look()["serviceArn"]).deployments[0].running = 0
    web.sandbox.tick(10)
    shown = web.look()
    assert (shown["runningCount"], shown["deployments"][0]["failedTasks"]) == (0, 0)


def test_the_breaker_counts_from_the_latest_desired_count(web: Web) -> None:
    web.create(deploymentConfiguration=BREAKER)
    web.new_revision_fails()
    web.roll(desiredCount=20)
    web.sandbox.tick()
    assert web.change()["deploymentCircuitBreaker"]["threshold"] == 10
    web.ecs.update_service(cluster="prod", service="web", desiredCount=100)
    web.sandbox.tick()
    assert web.change()["deploymentCircuitBreaker"]["threshold"] == 50


@pytest.mark.parametrize(
    ("told", "looks"),
    [
        ({"type": "COUNT", "value": 1}, 2),
        ({"type": "COUNT", "value": 5}, 4),
        ({"type": "UNBOUNDED_PERCENT", "value": 50}, 2),
        ({"type": "BOUNDED_PERCENT", "value": 50}, 3),
    ],
)
def test_it_trips_when_the_threshold_that_it_was_told_is_reached(
    web: Web, told: dict[str, Any], looks: int
) -> None:
    breaker = {**BREAKER["deploymentCircuitBreaker"], "thresholdConfiguration": told}
    web.create(deploymentConfiguration={"deploymentCircuitBreaker": breaker})
    web.new_revision_fails()
    web.roll()
    web.sandbox.tick(looks - 1)
    assert web.change()["status"] == "IN_PROGRESS"
    web.sandbox.tick()
    assert web.change()["status"] == "ROLLBACK_IN_PROGRESS"


@pytest.mark.parametrize(
    ("desired", "told", "threshold"),
    [
        (0, None, 3),
        (1, None, 3),
        (6, None, 3),
        (7, None, 4),
        (399, None, 200),
        (1000, None, 200),
        (10, {"type": "COUNT", "value": 7}, 7),
        (1000, {"type": "COUNT", "value": 1}, 1),
        (10, {"type": "COUNT", "value": 500}, 500),
        (1, {"type": "UNBOUNDED_PERCENT", "value": 50}, 1),
        (10, {"type": "UNBOUNDED_PERCENT", "value": 10}, 1),
        (1000, {"type": "UNBOUNDED_PERCENT", "value": 100}, 1000),
        (10, {"type": "BOUNDED_PERCENT", "value": 10}, 3),
        (1000, {"type": "BOUNDED_PERCENT", "value": 10}, 100),
        (1000, {"type": "BOUNDED_PERCENT", "value": 100}, 200),
    ],
)
def test_the_breaker_has_the_threshold_that_aws_states(
    desired: int, told: dict[str, Any] | None, threshold: int
) -> None:
    breaker = {"enable": True, **({"thresholdConfiguration": told} if told else {})}
    assert failure_threshold({"deploymentCircuitBreaker": breaker}, desired) == threshold
