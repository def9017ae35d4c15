"""The fleet is what the demo and the end-to-end tests say it is."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from controller.sandbox import Sandbox
from controller.sandbox.fleet import Fleet, seed


@pytest.fixture
def fleet(sandbox: Sandbox) -> Fleet:
    return seed(sandbox)


def everything(ecs: Any) -> list[dict[str, Any]]:
    """Every service of the fleet, as described."""
    services = []
    for cluster in ecs.list_clusters()["clusterArns"]:
        for page in ecs.get_paginator("list_services").paginate(cluster=cluster):
            if page["serviceArns"]:
                answer = ecs.describe_services(cluster=cluster, services=page["serviceArns"])
                services += answer["services"]
    return services


def test_forty_services_in_two_clusters_are_at_rest(fleet: Fleet, client: Any) -> None:
    services = everything(client("ecs"))
    assert {service["serviceArn"] for service in services} == set(fleet.services.values())
    assert len(services) == 40
    assert Counter(service.get("launchType") for service in services) == {"FARGATE": 26, "EC2": 14}
    rolled = [service for service in services if service["deployments"]]
    assert len(rolled) == 39
    assert all(len(service["deployments"]) == 1 for service in rolled)
    assert all(service["deployments"][0]["rolloutState"] == "COMPLETED" for service in rolled)


def test_seeding_leaves_no_trace_among_the_requests(fleet: Fleet, sandbox: Sandbox) -> None:
    assert sandbox.requests == []


def test_every_value_of_an_environment_is_a_canary(fleet: Fleet, client: Any) -> None:
    ecs = client("ecs")
    seen = []
    for service in everything(ecs):
        answer = ecs.describe_task_definition(taskDefinition=service["taskDefinition"])
        for container in answer["taskDefinition"]["containerDefinitions"]:
            seen += [variable["value"] for variable in container["environment"]]
    assert set(seen) <= set(fleet.canaries())
    assert len(set(fleet.canaries())) == len(fleet.canaries())


def test_the_canaries_depend_on_the_number_alone(fleet: Fleet) -> None:
    assert seed(Sandbox()).canaries() == fleet.canaries()
    assert set(seed(Sandbox(), number=8).canaries()).isdisjoint(fleet.canaries())


def roll(ecs: Any, fleet: Fleet, special: str) -> tuple[str, str]:
    """Give a special service a new revision; answers its cluster and name."""
    name = fleet.special[special]
    cluster = fleet.services[name].split("/")[1]
    document = ecs.describe_task_definition(taskDefinition=name)["taskDefinition"]
    members = ("family", "containerDefinitions", "networkMode", "executionRoleArn")
    sizes = {m: document[m] for m in ("cpu", "memory", "requiresCompatibilities") if m in document}
    ecs.register_task_definition(**{member: document[member] for member in members}, **sizes)
    ecs.update_service(cluster=cluster, service=name, taskDefinition=name)
    return cluster, name


def test_one_service_fails_and_returns(fleet: Fleet, client: Any, sandbox: Sandbox) -> None:
    ecs = client("ecs")
    cluster, name = roll(ecs, fleet, "fails-and-returns")
    sandbox.tick(10)
    brief = ecs.list_service_deployments(cluster=cluster, service=name)["serviceDeployments"][0]
    assert brief["status"] == "ROLLBACK_SUCCESSFUL"


def test_one_service_fails_for_ever(fleet: Fleet, client: Any, sandbox: Sandbox) -> None:
    ecs = client("ecs")
    cluster, name = roll(ecs, fleet, "fails-for-ever")
    sandbox.tick(30)
    service = ecs.describe_services(cluster=cluster, services=[name])["services"][0]
    assert service["deployments"][0]["rolloutState"] == "IN_PROGRESS"
    assert service["deployments"][0]["failedTasks"] > 20
    assert service["runningCount"] == 2


def test_the_others_roll_well(fleet: Fleet, client: Any, sandbox: Sandbox) -> None:
    ecs = client("ecs")
    cluster, name = roll(ecs, fleet, "cloudformation")
    sandbox.tick(3)
    service = ecs.describe_services(cluster=cluster, services=[name])["services"][0]
    assert service["deployments"][0]["rolloutState"] == "COMPLETED"


def test_the_special_ones_are_special(fleet: Fleet, client: Any) -> None:
    ecs = client("ecs")
    services = {service["serviceName"]: service for service in everything(ecs)}

    def of(special: str) -> dict[str, Any]:
        return services[fleet.special[special]]

    assert of("codedeploy")["deploymentController"] == {"type": "CODE_DEPLOY"}
    assert of("scaled-to-zero")["desiredCount"] == 0
    base = ecs.describe_task_definition(taskDefinition=of("inactive-base")["taskDefinition"])
    assert base["taskDefinition"]["status"] == "INACTIVE"
    behind = of("behind-its-family")["taskDefinition"]
    latest = ecs.describe_task_definition(taskDefinition=fleet.special["behind-its-family"])
    assert latest["taskDefinition"]["taskDefinitionArn"] != behind
    owned = ecs.list_tags_for_resource(resourceArn=of("cloudformation")["serviceArn"])["tags"]
    assert "aws:cloudformation:stack-name" in json.dumps(owned)
    shared = [s for s in services.values() if s["taskDefinition"].endswith("/notifications:1")]
    assert len(shared) == 3
    daemons = [s for s in services.values() if s["schedulingStrategy"] == "DAEMON"]
    assert [(s["desiredCount"], s["runningCount"]) for s in daemons] == [(3, 3)] * 3


def test_some_log_groups_are_missing(fleet: Fleet, client: Any) -> None:
    pages = client("logs").get_paginator("describe_log_groups").paginate()
    names = {group["logGroupName"] for page in pages for group in page["logGroups"]}
    assert "/ecs/checkout-api" in names
    assert not any(name.startswith("/ecs/retired/") for name in names)
