"""Services keep what they are given, come in pages, and refuse what ECS refuses."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from controller.sandbox import Sandbox
from tests.sandbox.documents import NETWORK, document, fargate


@pytest.fixture
def service(ecs: Any) -> Any:
    """A client of a cluster where ``web`` runs ``web:1``."""
    ecs.register_task_definition(**document())
    ecs.create_service(cluster="prod", serviceName="web", taskDefinition="web", desiredCount=1)
    return ecs


def refusal(call: Any, **members: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        call(**members)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def test_a_service_keeps_what_it_was_given(ecs: Any) -> None:
    ecs.register_task_definition(**fargate())
    given = {
        "capacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT", "weight": 1, "base": 0}],
        "networkConfiguration": NETWORK,
        "healthCheckGracePeriodSeconds": 30,
        "enableExecuteCommand": True,
        "propagateTags": "SERVICE",
    }
    breaker = {"enable": True, "rollback": True}
    ecs.create_service(
        cluster="prod",
        serviceName="web",
        taskDefinition="web",
        desiredCount=1,
        deploymentConfiguration={"deploymentCircuitBreaker": breaker},
        **given,
    )
    described = ecs.describe_services(cluster="prod", services=["web"])["services"][0]
    assert described.items() >= given.items()
    assert described["deploymentConfiguration"]["deploymentCircuitBreaker"] == breaker
    assert described["createdBy"].startswith("arn:aws:sts::123456789012:assumed-role/")
    assert described["deployments"][0]["platformVersion"] == "1.4.0"
    assert described["platformVersion"] == "LATEST"
    assert "launchType" not in described


def test_a_service_runs_the_revision_that_a_bare_family_meant(service: Any) -> None:
    described = service.describe_services(cluster="prod", services=["web"])["services"][0]
    assert described["taskDefinition"].endswith(":task-definition/web:1")


def test_tags_are_shown_only_when_asked_for(service: Any) -> None:
    arn = service.list_services(cluster="prod")["serviceArns"][0]
    service.tag_resource(resourceArn=arn, tags=[{"key": "team", "value": "web"}])
    plain = service.describe_services(cluster="prod", services=["web"])["services"][0]
    asked = service.describe_services(cluster="prod", services=[arn], include=["TAGS"])
    assert "tags" not in plain
    assert asked["services"][0]["tags"] == [{"key": "team", "value": "web"}]
    service.untag_resource(resourceArn=arn, tagKeys=["team"])
    assert service.list_tags_for_resource(resourceArn=arn)["tags"] == []


def test_services_come_ten_at_a_time_unless_told_otherwise(service: Any) -> None:
    for number in range(24):
        service.create_service(cluster="prod", serviceName=f"s{number}", taskDefinition="web")
    sizes = [
        len(page["serviceArns"])
        for page in service.get_paginator("list_services").paginate(cluster="prod")
    ]
    assert sizes == [10, 10, 5]
    assert len(service.list_services(cluster="prod", maxResults=100)["serviceArns"]) == 25
    code, _ = refusal(service.list_services, cluster="prod", maxResults=101)
    assert code == "InvalidParameterException"


def test_at_most_ten_services_are_described_and_at_least_one(service: Any) -> None:
    eleven = [f"s{number}" for number in range(11)]
    assert refusal(service.describe_services, cluster="prod", services=eleven) == (
        "InvalidParameterException",
        "service names can have at most 10 items.",
    )
    code, _ = refusal(service.describe_services, cluster="prod", services=[])
    assert code == "InvalidParameterException"


def test_a_missing_service_is_a_failure_and_a_missing_cluster_a_refusal(service: Any) -> None:
    answer = service.describe_services(cluster="prod", services=["nobody"])
    assert (answer["services"], answer["failures"][0]["reason"]) == ([], "MISSING")
    code, _ = refusal(service.describe_services, cluster="nowhere", services=["web"])
    assert code == "ClusterNotFoundException"
    code, _ = refusal(service.update_service, cluster="prod", service="nobody")
    assert code == "ServiceNotFoundException"


def test_an_inactive_task_definition_is_refused(service: Any) -> None:
    service.register_task_definition(**document())
    service.deregister_task_definition(taskDefinition="web:2")
    wanted = ("ClientException", "TaskDefinition is inactive")
    update = service.update_service
    assert refusal(update, cluster="prod", service="web", taskDefinition="web:2") == wanted
    create = service.create_service
    assert refusal(create, cluster="prod", serviceName="b", taskDefinition="web:2") == wanted
    unknown = refusal(update, cluster="prod", service="web", taskDefinition="web:9")
    assert unknown == ("ClientException", "TaskDefinition not found.")


def test_a_deleted_service_drains_and_is_no_longer_listed(service: Any, sandbox: Sandbox) -> None:
    sandbox.tick(3)
    code, _ = refusal(service.delete_service, cluster="prod", service="web")
    assert code == "InvalidParameterException"
    gone = service.delete_service(cluster="prod", service="web", force=True)["service"]
    assert gone["status"] == "DRAINING"
    assert service.list_services(cluster="prod")["serviceArns"] == []
    sandbox.tick(2)
    described = service.describe_services(cluster="prod", services=["web"])["services"][0]
    assert described["status"] == "INACTIVE"
    assert refusal(service.update_service, cluster="prod", service="web", desiredCount=1) == (
        "ServiceNotActiveException",
        "Service was not ACTIVE.",
    )


def test_an_inactive_service_gives_its_name_free(service: Any) -> None:
    code, _ = refusal(
        service.create_service, cluster="prod", serviceName="web", taskDefinition="web"
    )
    assert code == "InvalidParameterException"
    service.delete_service(cluster="prod", service="web", force=True)
    service.create_service(cluster="prod", serviceName="web", taskDefinition="web")


@pytest.mark.parametrize("kind", ["CODE_DEPLOY", "EXTERNAL"])
def test_other_controllers_refuse_a_task_definition_and_accept_a_count(
    service: Any, kind: str
) -> None:
    members = {"taskDefinition": "web"} if kind == "CODE_DEPLOY" else {}
    service.create_service(
        cluster="prod",
        serviceName="blue",
        desiredCount=2,
        deploymentController={"type": kind},
        **members,
    )
    service.register_task_definition(**document())
    code, message = refusal(
        service.update_service, cluster="prod", service="blue", taskDefinition="web:2"
    )
    assert code == "InvalidParameterException"
    assert kind in message
    service.update_service(cluster="prod", service="blue", desiredCount=3)


def test_codedeploy_services_have_task_sets_instead_of_deployments(service: Any) -> None:
    service.create_service(
        cluster="prod",
        serviceName="blue",
        taskDefinition="web",
        desiredCount=2,
        deploymentController={"type": "CODE_DEPLOY"},
    )
    described = service.describe_services(cluster="prod", services=["blue"])["services"][0]
    assert described["deployments"] == []
    assert described["taskSets"][0]["taskDefinition"].endswith("web:1")
    assert described["runningCount"] == 2
    asked = service.describe_task_sets(cluster="prod", service="blue")["taskSets"]
    assert asked[0]["status"] == "PRIMARY"


def test_fargate_wants_a_task_definition_that_passed_for_it(service: Any) -> None:
    assert refusal(
        service.create_service,
        cluster="prod",
        serviceName="f",
        taskDefinition="web",
        launchType="FARGATE",
    ) == ("InvalidParameterException", "Task definition does not support launch_type FARGATE.")


def test_a_launch_type_and_a_strategy_exclude_each_other(service: Any) -> None:
    code, _ = refusal(
        service.create_service,
        cluster="prod",
        serviceName="f",
        taskDefinition="web",
        launchType="EC2",
        capacityProviderStrategy=[{"capacityProvider": "FARGATE"}],
    )
    assert code == "InvalidParameterException"


def test_planted_tags_may_be_those_that_aws_reserves(service: Any, sandbox: Sandbox) -> None:
    arn = service.list_services(cluster="prod")["serviceArns"][0]
    code, _ = refusal(service.tag_resource, resourceArn=arn, tags=[{"key": "aws:x", "value": "y"}])
    assert code == "InvalidParameterException"
    sandbox.tags(arn).append({"key": "aws:cloudformation:stack-name", "value": "web"})
    assert service.list_tags_for_resource(resourceArn=arn)["tags"][0]["value"] == "web"
