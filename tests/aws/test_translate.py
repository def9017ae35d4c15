"""Answers of DescribeServices as the values that decisions are made of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from controller.aws.answer import Answer
from controller.aws.translate import service_of
from controller.core.service.deployment import Deployment
from controller.core.service.observed import Service
from controller.errors import RetryError

DEPLOYMENT: dict[str, Any] = {
    "id": "ecs-svc/1",
    "status": "PRIMARY",
    "taskDefinition": "arn:web:1",
    "desiredCount": 3,
    "runningCount": 2,
    "pendingCount": 1,
    "failedTasks": 4,
    "rolloutState": "IN_PROGRESS",
    "createdAt": 1767600000.5,
    "updatedAt": 1767600060,
}
TASK_SET: dict[str, Any] = {
    "id": "ecs-svc/1",
    "status": "PRIMARY",
    "taskDefinition": "arn:web:1",
    "computedDesiredCount": 3,
    "runningCount": 2,
    "pendingCount": 1,
    "createdAt": 1767600000.5,
    "updatedAt": 1767600060,
}
SERVICE: dict[str, Any] = {
    "status": "ACTIVE",
    "desiredCount": 3,
    "runningCount": 2,
    "deployments": [DEPLOYMENT],
}


def service(without: str = "", **members: object) -> Service:
    """Return the value of a service with these members."""
    document = {key: value for key, value in {**SERVICE, **members}.items() if key != without}
    return service_of(Answer("DescribeServices", document, "services[0]"))


def test_a_service_that_says_no_more_than_it_must() -> None:
    bare = service()

    assert bare.controller == "ECS"
    assert (bare.is_daemon, bare.is_express, bare.on_fargate) == (False, False, False)
    assert bare.minimum_healthy_percent == 100
    assert bare.tags == {}
    assert bare.document == SERVICE


def test_when_a_service_was_made_is_known_where_it_shows() -> None:
    assert service().created_at is None
    assert service(createdAt=1767600000).created_at == datetime(2026, 1, 5, 8, tzinfo=UTC)


def test_no_tags_are_not_the_same_as_tags_that_were_not_read() -> None:
    answer = Answer("DescribeServices", SERVICE, "services[0]")

    assert service_of(answer).tags == {}
    assert service_of(answer, with_tags=False).tags is None


def test_a_deployment_with_its_times() -> None:
    assert service().deployments == (
        Deployment(
            id="ecs-svc/1",
            status="PRIMARY",
            task_definition="arn:web:1",
            desired=3,
            running=2,
            pending=1,
            failed=4,
            rollout_state="IN_PROGRESS",
            created_at=datetime(2026, 1, 5, 8, 0, 0, 500_000, tzinfo=UTC),
            updated_at=datetime(2026, 1, 5, 8, 1, tzinfo=UTC),
        ),
    )


def test_a_deployment_that_neither_counts_failures_nor_tells_its_state() -> None:
    shown = {
        key: value
        for key, value in DEPLOYMENT.items()
        if key not in {"failedTasks", "rolloutState"}
    }

    (deployment,) = service(deployments=[shown]).deployments

    assert (deployment.failed, deployment.rollout_state) == (0, None)


@pytest.mark.parametrize(
    "member", [key for key in DEPLOYMENT if key not in {"failedTasks", "rolloutState"}]
)
def test_a_deployment_that_lacks_a_member_is_a_passing_fault_that_names_it(member: str) -> None:
    cut = {key: value for key, value in DEPLOYMENT.items() if key != member}

    with pytest.raises(RetryError, match=rf"services\[0\]\.deployments\[0\]\.{member}"):
        service(deployments=[cut])


@pytest.mark.parametrize("member", sorted(SERVICE))
def test_a_service_that_lacks_a_member_is_a_passing_fault_that_names_it(member: str) -> None:
    with pytest.raises(RetryError, match=rf"services\[0\]\.{member}"):
        service(without=member)


@pytest.mark.parametrize("value", [True, "3", 3.5, None])
def test_a_count_that_is_no_integer_is_a_passing_fault(value: object) -> None:
    with pytest.raises(RetryError, match="desiredCount"):
        service(desiredCount=value)


def test_a_service_of_another_controller_may_lack_deployments() -> None:
    other = service(without="deployments", deploymentController={"type": "CODE_DEPLOY"})

    assert (other.controller, other.deployments) == ("CODE_DEPLOY", ())


def test_the_task_sets_of_codedeploy_stand_for_deployments() -> None:  # [fact 4.13]
    green = {**TASK_SET, "id": "ecs-svc/2", "status": "ACTIVE", "taskDefinition": "arn:web:2"}
    other = service(
        deployments=[],
        deploymentController={"type": "CODE_DEPLOY"},
        taskDefinition="arn:web:0",
        taskSets=[green, TASK_SET],
    )

    assert [one.id for one in other.deployments] == ["ecs-svc/2", "ecs-svc/1"]
    assert other.primary is not None
    assert (other.primary.id, other.primary.running, other.primary.desired) == ("ecs-svc/1", 2, 3)
    assert other.task_definition == "arn:web:1"
    assert other.is_by_code_deploy


@pytest.mark.parametrize(
    ("members", "percent"),
    [
        ({"deploymentConfiguration": {"minimumHealthyPercent": 0}}, 0),
        ({"deploymentConfiguration": {}}, 100),
        ({"schedulingStrategy": "DAEMON"}, 0),
        (
            {
                "schedulingStrategy": "DAEMON",
                "deploymentConfiguration": {"minimumHealthyPercent": 50},
            },
            50,
        ),
    ],
)
def test_how_many_tasks_stay_healthy(members: dict[str, Any], percent: int) -> None:
    assert service(**members).minimum_healthy_percent == percent


@pytest.mark.parametrize(
    "members",
    [
        {"launchType": "FARGATE"},
        {"capacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]},
        {"platformFamily": "Linux"},
        {"taskSets": [{"launchType": "FARGATE"}]},
    ],
    ids=str,
)
def test_a_service_is_on_fargate(members: dict[str, Any]) -> None:
    assert service(**members).on_fargate


@pytest.mark.parametrize(
    "members",
    [
        {"launchType": "EC2"},
        {"capacityProviderStrategy": [{"capacityProvider": "my-fargate-like"}]},
        {"taskSets": [{"launchType": "EXTERNAL"}]},
    ],
    ids=str,
)
def test_a_service_is_not_on_fargate(members: dict[str, Any]) -> None:
    assert not service(**members).on_fargate


def test_an_express_service_is_managed_by_ecs() -> None:
    assert service(resourceManagementType="ECS").is_express
    assert not service(resourceManagementType="CUSTOMER").is_express
