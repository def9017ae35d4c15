"""Clusters show what they are asked for; account settings have effective defaults."""

from __future__ import annotations

from typing import Any

import pytest

from controller.sandbox import Sandbox, plant_instances
from tests.sandbox.documents import document

EXEC = {"executeCommandConfiguration": {"logging": "DEFAULT"}}


def test_a_cluster_shows_settings_tags_and_configuration_only_when_asked(ecs: Any) -> None:
    ecs.create_cluster(
        clusterName="edge",
        configuration=EXEC,
        tags=[{"key": "team", "value": "edge"}],
        settings=[{"name": "containerInsights", "value": "enhanced"}],
    )
    plain = ecs.describe_clusters(clusters=["edge"])["clusters"][0]
    assert (plain["tags"], plain["settings"], "configuration" in plain) == ([], [], False)
    asked = ecs.describe_clusters(
        clusters=["edge"], include=["TAGS", "SETTINGS", "CONFIGURATIONS"]
    )["clusters"][0]
    assert asked["tags"] == [{"key": "team", "value": "edge"}]
    assert asked["settings"][0]["value"] == "enhanced"
    assert asked["configuration"] == EXEC


def test_making_a_cluster_twice_keeps_the_first(ecs: Any) -> None:
    ecs.create_cluster(clusterName="edge", configuration=EXEC)
    again = ecs.create_cluster(clusterName="edge")["cluster"]
    assert again["configuration"] == EXEC


def test_clusters_come_in_pages(ecs: Any) -> None:
    for number in range(104):
        ecs.create_cluster(clusterName=f"c{number}")
    first = ecs.list_clusters()
    assert len(first["clusterArns"]) == 100
    rest = ecs.list_clusters(nextToken=first["nextToken"])
    assert len(rest["clusterArns"]) == 5
    with pytest.raises(ecs.exceptions.InvalidParameterException):
        ecs.list_clusters(nextToken="no token of ours")


def test_a_cluster_counts_what_is_in_it(ecs: Any, sandbox: Sandbox) -> None:
    plant_instances(sandbox.region(), "prod", 2)
    ecs.register_task_definition(**document())
    ecs.create_service(cluster="prod", serviceName="web", taskDefinition="web", desiredCount=3)
    sandbox.tick(2)
    cluster = ecs.describe_clusters(clusters=["prod"])["clusters"][0]
    assert cluster["activeServicesCount"] == 1
    assert cluster["runningTasksCount"] == 3
    assert cluster["registeredContainerInstancesCount"] == 2
    with pytest.raises(ecs.exceptions.ClusterContainsServicesException):
        ecs.delete_cluster(cluster="prod")


def test_settings_of_a_cluster_can_be_changed(ecs: Any) -> None:
    wanted = [{"name": "containerInsights", "value": "enabled"}]
    ecs.update_cluster_settings(cluster="prod", settings=wanted)
    ecs.update_cluster(cluster="prod", configuration=EXEC)
    shown = ecs.describe_clusters(clusters=["prod"], include=["SETTINGS", "CONFIGURATIONS"])
    assert shown["clusters"][0]["settings"] == wanted
    assert shown["clusters"][0]["configuration"] == EXEC


def test_an_unknown_cluster_is_a_failure(ecs: Any) -> None:
    answer = ecs.describe_clusters(clusters=["prod", "nowhere"])
    assert [cluster["clusterName"] for cluster in answer["clusters"]] == ["prod"]
    assert answer["failures"][0]["reason"] == "MISSING"


def test_a_deleted_cluster_is_inactive_and_not_listed(ecs: Any) -> None:
    ecs.delete_cluster(cluster="prod")
    assert ecs.list_clusters()["clusterArns"] == []
    assert ecs.describe_clusters(clusters=["prod"])["clusters"][0]["status"] == "INACTIVE"


def test_an_unset_log_driver_mode_is_shown_as_effective(ecs: Any) -> None:
    wanted = {"name": "defaultLogDriverMode", "effectiveSettings": True}
    assert ecs.list_account_settings(**wanted)["settings"][0]["value"] == "non-blocking"
    assert ecs.list_account_settings(name="defaultLogDriverMode")["settings"] == []
    ecs.put_account_setting_default(name="defaultLogDriverMode", value="blocking")
    assert ecs.list_account_settings(**wanted)["settings"][0]["value"] == "blocking"
    with pytest.raises(ecs.exceptions.InvalidParameterException):
        ecs.put_account_setting_default(name="defaultLogDriverMode", value="sometimes")


def test_effective_settings_come_in_pages(ecs: Any) -> None:
    pages = list(
        ecs.get_paginator("list_account_settings").paginate(
            effectiveSettings=True, PaginationConfig={"PageSize": 10}
        )
    )
    assert [len(page["settings"]) for page in pages] == [10, 1]


def test_instances_are_listed_and_described(ecs: Any, sandbox: Sandbox) -> None:
    plant_instances(sandbox.region(), "prod", 2, drivers=["awslogs"])
    arns = ecs.list_container_instances(cluster="prod")["containerInstanceArns"]
    answer = ecs.describe_container_instances(
        cluster="prod", containerInstances=[arns[0], "nobody"]
    )
    names = [attribute["name"] for attribute in answer["containerInstances"][0]["attributes"]]
    assert names == ["com.amazonaws.ecs.capability.logging-driver.awslogs"]
    assert len(answer["failures"]) == 1
