"""Task definitions keep what was sent, and show what ECS adds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from controller.sandbox import START, Sandbox
from tests.sandbox.documents import AWSLOGS, NETWORK, container, document, fargate

Raw = Callable[..., tuple[int, dict[str, Any]]]


def test_members_that_no_model_knows_survive_at_every_level(raw: Raw) -> None:
    sent = document(
        container(futureOfContainer=[1], logConfiguration={**AWSLOGS, "futureOfLogs": {"a": None}}),
        futureOfTask="kept",
    )
    raw("RegisterTaskDefinition", **sent)
    _, answer = raw("DescribeTaskDefinition", taskDefinition="web")
    described = answer["taskDefinition"]
    assert described["futureOfTask"] == "kept"
    assert described["containerDefinitions"][0]["futureOfContainer"] == [1]
    assert described["containerDefinitions"][0]["logConfiguration"]["futureOfLogs"] == {"a": None}


def test_a_member_that_ecs_does_not_know_yet_can_be_lost_on_its_way_in(
    raw: Raw, sandbox: Sandbox
) -> None:
    sandbox.behaviour.drops = {"future"}
    raw("RegisterTaskDefinition", **document(container(future=1), future=2))
    _, answer = raw("DescribeTaskDefinition", taskDefinition="web")
    assert "future" not in answer["taskDefinition"]
    assert "future" not in answer["taskDefinition"]["containerDefinitions"][0]


def test_the_defaults_of_ecs_are_described(ecs: Any) -> None:
    sent = fargate(container(portMappings=[{"containerPort": 80}]))
    described = ecs.register_task_definition(**sent)["taskDefinition"]
    assert described["containerDefinitions"][0] == {
        **container(),
        "cpu": 0,
        "essential": True,
        "environment": [],
        "mountPoints": [],
        "volumesFrom": [],
        "systemControls": [],
        "portMappings": [{"containerPort": 80, "hostPort": 80, "protocol": "tcp"}],
    }
    assert (described["volumes"], described["placementConstraints"]) == ([], [])


def test_a_port_of_bridge_mode_gets_no_fixed_host_port(ecs: Any) -> None:
    sent = document(container(portMappings=[{"containerPort": 80}]))
    described = ecs.register_task_definition(**sent)["taskDefinition"]
    assert described["containerDefinitions"][0]["portMappings"][0]["hostPort"] == 0


def test_a_router_without_a_user_is_described_as_root(ecs: Any) -> None:
    router = container("log_router", firelensConfiguration={"type": "fluentbit"})
    app = container(logConfiguration={"logDriver": "awsfirelens"})
    described = ecs.register_task_definition(**document(app, router))["taskDefinition"]
    assert described["containerDefinitions"][1]["user"] == "0"
    assert "user" not in described["containerDefinitions"][0]


def test_logging_asks_for_attributes_of_the_instance(ecs: Any) -> None:
    router = container("log_router", firelensConfiguration={"type": "fluentbit"})
    app = container(logConfiguration={"logDriver": "awsfirelens"})
    described = ecs.register_task_definition(**document(app, router))["taskDefinition"]
    assert {attribute["name"] for attribute in described["requiresAttributes"]} == {
        "com.amazonaws.ecs.capability.logging-driver.awsfirelens",
        "ecs.capability.firelens.fluentbit",
    }


def test_who_registered_is_who_sts_says_the_caller_is(ecs: Any, client: Any) -> None:
    described = ecs.register_task_definition(**document())["taskDefinition"]
    assert described["registeredBy"] == client("sts").get_caller_identity()["Arn"]
    assert described["registeredAt"].timestamp() == START


def test_every_registration_is_a_new_revision(ecs: Any) -> None:
    numbers = [
        ecs.register_task_definition(**document())["taskDefinition"]["revision"] for _ in range(3)
    ]
    assert numbers == [1, 2, 3]


def test_tags_stand_beside_the_document_and_only_when_asked_for(ecs: Any) -> None:
    tags = [{"key": "team", "value": "web"}]
    registered = ecs.register_task_definition(**document(), tags=tags)
    assert registered["tags"] == tags
    assert "tags" not in ecs.describe_task_definition(taskDefinition="web")
    asked = ecs.describe_task_definition(taskDefinition="web", include=["TAGS"])
    assert asked["tags"] == tags
    assert "tags" not in asked["taskDefinition"]


def test_a_family_by_its_name_is_its_latest_active_revision(ecs: Any) -> None:
    for _ in range(3):
        ecs.register_task_definition(**document())
    ecs.deregister_task_definition(taskDefinition="web:3")
    assert ecs.describe_task_definition(taskDefinition="web")["taskDefinition"]["revision"] == 2


def test_an_inactive_revision_stays_readable_unless_told_otherwise(
    ecs: Any, sandbox: Sandbox
) -> None:
    for _ in range(2):
        ecs.register_task_definition(**document())
    ecs.create_service(cluster="prod", serviceName="web", taskDefinition="web:1", desiredCount=1)
    for number in (1, 2):
        ecs.deregister_task_definition(taskDefinition=f"web:{number}")
    described = ecs.describe_task_definition(taskDefinition="web:2")["taskDefinition"]
    assert described["status"] == "INACTIVE"
    sandbox.behaviour.inactive_unreadable = True
    ecs.describe_task_definition(taskDefinition="web:1")  # a service refers to it
    with pytest.raises(ClientError, match="Unable to describe task definition"):
        ecs.describe_task_definition(taskDefinition="web:2")


def test_only_inactive_revisions_can_be_deleted(ecs: Any) -> None:
    for _ in range(2):
        ecs.register_task_definition(**document())
    ecs.deregister_task_definition(taskDefinition="web:1")
    answer = ecs.delete_task_definitions(taskDefinitions=["web:1", "web:2", "none:1"])
    assert [d["status"] for d in answer["taskDefinitions"]] == ["DELETE_IN_PROGRESS"]
    assert len(answer["failures"]) == 2


def test_lists_of_task_definitions_are_sorted_filtered_and_paged(ecs: Any) -> None:
    for family in ("web", "web-admin"):
        for _ in range(3):
            ecs.register_task_definition(**document(family=family))
    ecs.deregister_task_definition(taskDefinition="web:2")
    first = ecs.list_task_definitions(familyPrefix="web", sort="DESC", maxResults=1)
    assert [arn.rsplit("/", 1)[-1] for arn in first["taskDefinitionArns"]] == ["web:3"]
    rest = ecs.list_task_definitions(
        familyPrefix="web", sort="DESC", maxResults=1, nextToken=first["nextToken"]
    )
    assert [arn.rsplit("/", 1)[-1] for arn in rest["taskDefinitionArns"]] == ["web:1"]
    assert "nextToken" not in rest
    inactive = ecs.list_task_definitions(status="INACTIVE")["taskDefinitionArns"]
    assert [arn.rsplit("/", 1)[-1] for arn in inactive] == ["web:2"]


def test_a_family_is_active_while_one_of_its_revisions_is(ecs: Any) -> None:
    for family in ("web", "worker"):
        ecs.register_task_definition(**document(family=family))
    ecs.deregister_task_definition(taskDefinition="web:1")
    assert ecs.list_task_definition_families()["families"] == ["worker"]
    assert ecs.list_task_definition_families(status="INACTIVE")["families"] == ["web"]
    assert ecs.list_task_definition_families(status="ALL", familyPrefix="w")["families"] == [
        "web",
        "worker",
    ]


def test_compatibilities_say_what_the_document_passed_for(ecs: Any) -> None:
    described = ecs.register_task_definition(**fargate())["taskDefinition"]
    assert described["compatibilities"] == ["EC2", "FARGATE"]
    ecs.create_service(
        cluster="prod",
        serviceName="web",
        taskDefinition="web",
        launchType="FARGATE",
        networkConfiguration=NETWORK,
    )
