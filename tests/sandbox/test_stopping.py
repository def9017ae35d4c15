"""A deployment that somebody stops goes back to where the service came from."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.web_service import BREAKER, Web


def stop(web: Web, **members: Any) -> None:
    arn = web.change()["serviceDeploymentArn"]
    web.ecs.stop_service_deployment(serviceDeploymentArn=arn, **members)


def statuses_until_rest(web: Web) -> list[str]:
    """The statuses that the newest service deployment passes, each once."""
    seen = [web.change()["status"]]
    for _ in range(6):
        web.sandbox.tick()
        status = web.change()["status"]
        if status != seen[-1]:
            seen.append(status)
    return seen


def test_what_is_stopped_is_rolled_back_to_the_source_revision(web: Web) -> None:
    web.create()
    web.roll()
    web.sandbox.tick()

    stop(web, stopType="ROLLBACK")

    assert statuses_until_rest(web) == [
        "ROLLBACK_REQUESTED",
        "ROLLBACK_IN_PROGRESS",
        "ROLLBACK_SUCCESSFUL",
    ]
    assert web.deployments() == [("web:1", "PRIMARY", "COMPLETED", 2)]
    assert web.look()["taskDefinition"].endswith("web:1")
    change = web.change()
    assert change["rollback"]["serviceRevisionArn"] == change["sourceServiceRevisions"][0]["arn"]


def test_old_tasks_run_on_while_a_stopped_deployment_is_rolled_back(web: Web) -> None:
    web.create()
    web.new_revision_fails()
    web.roll()
    web.sandbox.tick(5)

    stop(web)

    for _ in range(5):
        web.sandbox.tick()
        assert web.look()["runningCount"] >= 2
    assert web.change()["status"] == "ROLLBACK_SUCCESSFUL"


def test_one_that_nobody_has_begun_with_can_be_stopped(web: Web) -> None:
    web.create()
    web.roll()
    assert web.change()["status"] == "PENDING"

    stop(web)

    assert statuses_until_rest(web)[-1] == "ROLLBACK_SUCCESSFUL"


def test_a_stop_by_hand_does_not_trigger_the_breaker(web: Web) -> None:
    web.create(deploymentConfiguration=BREAKER)
    web.roll()
    web.sandbox.tick()
    stop(web)
    web.sandbox.tick(5)

    assert web.change()["deploymentCircuitBreaker"]["status"] == "MONITORING_COMPLETE"


def test_a_second_stop_of_the_same_deployment_goes_through(web: Web) -> None:
    web.create()
    web.roll()
    web.sandbox.tick()
    stop(web)
    stop(web)
    web.sandbox.tick()
    stop(web)

    assert statuses_until_rest(web)[-1] == "ROLLBACK_SUCCESSFUL"


def test_what_has_ended_is_a_conflict(web: Web) -> None:
    web.create()
    with pytest.raises(web.ecs.exceptions.ConflictException):
        stop(web)


def test_a_first_deployment_has_nothing_to_go_back_to(web: Web) -> None:
    web.new_revision_fails()
    web.ecs.create_service(
        cluster="prod", serviceName="web", taskDefinition="web:2", desiredCount=1
    )
    web.sandbox.tick(3)
    with pytest.raises(web.ecs.exceptions.ConflictException):
        stop(web)


def test_only_a_rollback_is_a_way_to_stop(web: Web) -> None:
    web.create()
    web.roll()
    with pytest.raises(web.ecs.exceptions.InvalidParameterException):
        stop(web, stopType="ABORT")


def test_a_deployment_that_is_not_there_cannot_be_stopped(web: Web) -> None:
    with pytest.raises(web.ecs.exceptions.ServiceDeploymentNotFoundException):
        web.ecs.stop_service_deployment(serviceDeploymentArn="arn:aws:ecs:nowhere")
