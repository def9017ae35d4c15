"""Why the sandbox does not leave ECS to moto: each gap, seen in bare moto.

When one of these tests fails, moto has been mended there: see whether the simulation is still
needed. Nothing here goes through the sandbox.
"""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.sandbox.documents import container, document
from tests.sandbox.test_registration import REFUSED, REFUSED_SOMEHOW

BREAKER = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}


@pytest.fixture
def ecs(bare: boto3.Session) -> Any:
    made = bare.client("ecs", config=Config(retries={"total_max_attempts": 1}))
    made.create_cluster(clusterName="prod")
    return made


@pytest.fixture
def web(ecs: Any) -> Any:
    """A client of a cluster where ``web`` runs ``web:1``."""
    ecs.register_task_definition(**document())
    ecs.create_service(
        cluster="prod",
        serviceName="web",
        taskDefinition="web:1",
        desiredCount=2,
        deploymentConfiguration=BREAKER,
    )
    return ecs


def look(ecs: Any) -> Any:
    return ecs.describe_services(cluster="prod", services=["web"])["services"][0]


# ── task definitions ─────────────────────────────────────────────────────────────────────────────


def test_moto_drops_a_member_that_aws_keeps(ecs: Any) -> None:
    ecs.register_task_definition(**document(enableFaultInjection=True))
    described = ecs.describe_task_definition(taskDefinition="web")["taskDefinition"]
    assert "enableFaultInjection" not in described


@pytest.mark.parametrize("member", ["registeredAt", "registeredBy", "requiresAttributes"])
def test_moto_leaves_out_what_ecs_adds(ecs: Any, member: str) -> None:
    assert member not in ecs.register_task_definition(**document())["taskDefinition"]


def test_moto_does_not_answer_tags_to_a_registration(ecs: Any) -> None:
    answer = ecs.register_task_definition(**document(), tags=[{"key": "a", "value": "b"}])
    assert "tags" not in answer


def test_moto_adds_no_system_controls_and_no_user_of_a_router(ecs: Any) -> None:
    app = container(logConfiguration={"logDriver": "awsfirelens"})
    router = container("router", firelensConfiguration={"type": "fluentbit"})
    described = ecs.register_task_definition(**document(app, router))["taskDefinition"]
    assert "systemControls" not in described["containerDefinitions"][0]
    assert "user" not in described["containerDefinitions"][1]


@pytest.mark.parametrize(
    "why", sorted({*REFUSED, *REFUSED_SOMEHOW} - {"nothing in it", "no memory"})
)
def test_moto_registers_what_ecs_refuses(ecs: Any, why: str) -> None:
    body = REFUSED[why][0] if why in REFUSED else REFUSED_SOMEHOW[why]
    ecs.register_task_definition(**body)


def test_moto_takes_reserved_and_too_many_tags(ecs: Any) -> None:
    tags = [{"key": f"aws:{number}", "value": ""} for number in range(51)]
    ecs.register_task_definition(**document(), tags=tags)


def test_moto_means_the_highest_revision_even_an_inactive_one(ecs: Any) -> None:
    for _ in range(2):
        ecs.register_task_definition(**document())
    ecs.deregister_task_definition(taskDefinition="web:2")
    described = ecs.describe_task_definition(taskDefinition="web")["taskDefinition"]
    assert (described["revision"], described["status"]) == (2, "INACTIVE")


def test_moto_lists_task_definitions_unsorted_and_in_one_page(ecs: Any) -> None:
    for _ in range(2):
        ecs.register_task_definition(**document())
    answer = ecs.list_task_definitions(sort="DESC", maxResults=1)
    assert [arn[-1] for arn in answer["taskDefinitionArns"]] == ["1", "2"]
    assert "nextToken" not in answer


def test_moto_lists_active_families_as_inactive(ecs: Any) -> None:
    ecs.register_task_definition(**document())
    assert ecs.list_task_definition_families(status="INACTIVE")["families"] == ["web"]


# ── services and deployments ─────────────────────────────────────────────────────────────────────


def test_moto_drops_the_deployment_configuration_of_a_new_service(web: Any) -> None:
    assert "deploymentConfiguration" not in look(web)


@pytest.mark.parametrize("member", ["createdAt", "createdBy", "enableExecuteCommand"])
def test_moto_leaves_out_what_describe_services_shows(web: Any, member: str) -> None:
    assert member not in look(web)


def test_moto_drops_the_capacity_provider_strategy(web: Any) -> None:
    web.create_service(
        cluster="prod",
        serviceName="spot",
        taskDefinition="web",
        capacityProviderStrategy=[{"capacityProvider": "FARGATE_SPOT"}],
    )
    spot = web.describe_services(cluster="prod", services=["spot"])["services"][0]
    assert "capacityProviderStrategy" not in spot


def test_moto_starts_no_deployment_for_a_new_task_definition(web: Any) -> None:
    web.register_task_definition(**document())
    web.update_service(cluster="prod", service="web", taskDefinition="web:2")
    service = look(web)
    assert service["taskDefinition"] == "web:2"  # as it was passed: no ARN
    assert len(service["deployments"]) == 1
    assert service["deployments"][0]["taskDefinition"].endswith("web:1")


def test_moto_never_completes_a_deployment(web: Any) -> None:
    states = {look(web)["deployments"][0]["rolloutState"] for _ in range(5)}
    assert states == {"IN_PROGRESS"}
    assert look(web)["events"] == []


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("list_service_deployments", {"cluster": "prod", "service": "web"}),
        ("describe_service_deployments", {"serviceDeploymentArns": ["arn"]}),
        ("describe_service_revisions", {"serviceRevisionArns": ["arn"]}),
        ("stop_service_deployment", {"serviceDeploymentArn": "arn"}),
        ("continue_service_deployment", {"serviceDeploymentArn": "arn", "hookId": "id"}),
        ("get_task_protection", {"cluster": "prod", "tasks": ["id"]}),
        (
            "update_task_protection",
            {"cluster": "prod", "tasks": ["id"], "protectionEnabled": True},
        ),
        ("put_account_setting_default", {"name": "defaultLogDriverMode", "value": "blocking"}),
        ("update_cluster_settings", {"cluster": "prod", "settings": []}),
    ],
)
def test_moto_does_not_know_an_operation(web: Any, operation: str, members: Any) -> None:
    with pytest.raises(NotImplementedError):
        getattr(web, operation)(**members)


def test_moto_rolls_out_an_inactive_task_definition(web: Any) -> None:
    web.register_task_definition(**document())
    web.deregister_task_definition(taskDefinition="web:2")
    web.update_service(cluster="prod", service="web", taskDefinition="web:2")
    web.create_service(cluster="prod", serviceName="b", taskDefinition="web:2")


def test_moto_updates_an_inactive_service_and_one_of_codedeploy(web: Any) -> None:
    web.delete_service(cluster="prod", service="web", force=True)
    web.update_service(cluster="prod", service="web", desiredCount=1)
    blue = {"cluster": "prod", "taskDefinition": "web"}
    web.create_service(serviceName="blue", deploymentController={"type": "CODE_DEPLOY"}, **blue)
    web.update_service(service="blue", **blue)


def test_moto_describes_eleven_services_and_none(web: Any) -> None:
    web.describe_services(cluster="prod", services=[f"s{number}" for number in range(11)])
    assert web.describe_services(cluster="prod", services=[])["services"] == []


def test_moto_lists_all_services_in_one_page_with_inactive_ones(web: Any) -> None:
    for number in range(11):
        web.create_service(cluster="prod", serviceName=f"s{number}", taskDefinition="web")
    web.delete_service(cluster="prod", service="web", force=True)
    answer = web.list_services(cluster="prod", maxResults=10)
    assert len(answer["serviceArns"]) == 12
    assert "nextToken" not in answer


def test_moto_replaces_a_service_of_the_same_name(web: Any) -> None:
    web.create_service(cluster="prod", serviceName="web", taskDefinition="web", desiredCount=9)
    assert look(web)["desiredCount"] == 9


def test_moto_runs_on_fargate_what_did_not_pass_for_it(web: Any) -> None:
    web.create_service(cluster="prod", serviceName="f", taskDefinition="web", launchType="FARGATE")


def test_moto_starts_no_tasks_for_a_service(web: Any) -> None:
    assert web.list_tasks(cluster="prod", serviceName="web")["taskArns"] == []


def test_moto_shows_a_task_without_the_moments_of_its_life(web: Any) -> None:
    run = web.run_task(cluster="prod", taskDefinition="web", launchType="FARGATE")
    (task,) = web.describe_tasks(cluster="prod", tasks=[run["tasks"][0]["taskArn"]])["tasks"]
    assert {"createdAt", "startedAt", "healthStatus", "stopCode"}.isdisjoint(task)


def test_moto_takes_any_strategy_and_hook(web: Any) -> None:
    web.create_service(
        cluster="prod",
        serviceName="green",
        taskDefinition="web",
        deploymentConfiguration={
            "strategy": "RECREATE",
            "lifecycleHooks": [{"targetType": "PAUSE", "lifecycleStages": ["TEST_TRAFFIC_SHIFT"]}],
        },
    )


# ── alarms ───────────────────────────────────────────────────────────────────────────────────────


def test_moto_has_no_composite_alarms(bare: boto3.Session) -> None:
    with pytest.raises(NotImplementedError):
        bare.client("cloudwatch").put_composite_alarm(AlarmName="both", AlarmRule="ALARM(errors)")


# ── clusters and settings ────────────────────────────────────────────────────────────────────────


def test_moto_lists_all_clusters_in_one_page(ecs: Any) -> None:
    ecs.create_cluster(clusterName="edge")
    answer = ecs.list_clusters(maxResults=1)
    assert len(answer["clusterArns"]) == 2
    assert "nextToken" not in answer


def test_moto_shows_configuration_that_nobody_asked_for(ecs: Any) -> None:
    configuration = {"executeCommandConfiguration": {"logging": "DEFAULT"}}
    ecs.create_cluster(clusterName="edge", configuration=configuration)
    described = ecs.describe_clusters(clusters=["edge"])["clusters"][0]
    assert described["configuration"] == configuration
    assert described["settings"]


def test_moto_replaces_a_cluster_of_the_same_name(ecs: Any) -> None:
    wanted = [{"name": "containerInsights", "value": "enabled"}]
    ecs.create_cluster(clusterName="edge", settings=wanted)
    assert ecs.create_cluster(clusterName="edge")["cluster"]["settings"] != wanted


def test_moto_deletes_a_cluster_with_services_in_it(web: Any) -> None:
    web.delete_cluster(cluster="prod")


def test_moto_has_no_effective_settings(ecs: Any) -> None:
    assert ecs.list_account_settings(effectiveSettings=True)["settings"] == []
    with pytest.raises(ClientError):
        ecs.list_account_settings(name="defaultLogDriverMode")
