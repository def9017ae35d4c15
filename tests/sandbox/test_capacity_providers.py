"""Capacity providers: two that every account has, and those that somebody makes."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.sandbox.web_service import Web

GROUP = {"autoScalingGroupArn": "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:x"}
INSTANCES = {
    "infrastructureRoleArn": "arn:aws:iam::123456789012:role/infrastructure",
    "instanceLaunchTemplate": {
        "ec2InstanceProfileArn": "arn:aws:iam::123456789012:instance-profile/ecs",
        "networkConfiguration": {"subnets": ["subnet-0a1b2c3d"]},
    },
}


def names(answer: Any) -> list[str]:
    return [one["name"] for one in answer["capacityProviders"]]


def test_the_two_of_every_account_are_described_without_being_made(ecs: Any) -> None:
    answer = ecs.describe_capacity_providers()

    assert names(answer) == ["FARGATE", "FARGATE_SPOT"]
    assert [one["type"] for one in answer["capacityProviders"]] == ["FARGATE", "FARGATE_SPOT"]


def test_one_of_an_auto_scaling_group_is_described_with_its_tags_when_asked(ecs: Any) -> None:
    tags = [{"key": "team", "value": "edge"}]
    ecs.create_capacity_provider(name="asg", autoScalingGroupProvider=GROUP, tags=tags)

    (plain,) = ecs.describe_capacity_providers(capacityProviders=["asg"])["capacityProviders"]
    asked = ecs.describe_capacity_providers(
        capacityProviders=[plain["capacityProviderArn"]], include=["TAGS"]
    )

    assert (plain["type"], plain["autoScalingGroupProvider"]) == ("EC2_AUTOSCALING", GROUP)
    assert "tags" not in plain
    assert asked["capacityProviders"][0]["tags"] == tags


def test_managed_instances_are_shown_with_their_cluster_only(ecs: Any) -> None:
    ecs.create_capacity_provider(name="mi", cluster="prod", managedInstancesProvider=INSTANCES)

    assert "mi" not in names(ecs.describe_capacity_providers())
    assert names(ecs.describe_capacity_providers(cluster="prod")) == ["mi"]
    (shown,) = ecs.describe_capacity_providers(cluster="prod")["capacityProviders"]
    assert (shown["type"], shown["cluster"]) == ("MANAGED_INSTANCES", "prod")


def test_a_cluster_shows_those_that_are_associated_with_it(ecs: Any) -> None:
    ecs.create_capacity_provider(name="asg", autoScalingGroupProvider=GROUP)
    ecs.create_cluster(clusterName="edge", capacityProviders=["asg", "FARGATE"])

    answer = ecs.describe_capacity_providers(cluster="edge")
    assert sorted(names(answer)) == ["FARGATE", "asg"]
    other = ecs.describe_capacity_providers(cluster="prod", capacityProviders=["asg"])
    assert (names(other), [one["reason"] for one in other["failures"]]) == ([], ["MISSING"])


def test_a_cluster_may_be_given_others_and_a_strategy_that_its_services_begin_with(
    ecs: Any, web: Web
) -> None:
    ecs.create_capacity_provider(name="asg", autoScalingGroupProvider=GROUP)
    strategy = [{"capacityProvider": "asg", "weight": 1, "base": 0}]
    ecs.put_cluster_capacity_providers(
        cluster="prod",
        capacityProviders=["asg", "FARGATE"],
        defaultCapacityProviderStrategy=strategy,
    )
    web.create()

    assert sorted(names(ecs.describe_capacity_providers(cluster="prod"))) == ["FARGATE", "asg"]
    assert web.look()["capacityProviderStrategy"] == strategy
    assert "launchType" not in web.look()


@pytest.mark.parametrize(
    ("providers", "strategy"), [(["gone"], []), (["FARGATE"], [{"capacityProvider": "asg"}])]
)
def test_a_cluster_is_given_only_what_there_is(
    ecs: Any, providers: list[str], strategy: list[dict[str, str]]
) -> None:
    ecs.create_capacity_provider(name="asg", autoScalingGroupProvider=GROUP)

    with pytest.raises(ClientError):
        ecs.put_cluster_capacity_providers(
            cluster="prod",
            capacityProviders=providers,
            defaultCapacityProviderStrategy=strategy,
        )


def test_what_is_not_there_is_a_failure(ecs: Any) -> None:
    answer = ecs.describe_capacity_providers(capacityProviders=["FARGATE", "gone"])

    assert names(answer) == ["FARGATE"]
    assert [one["arn"].rsplit("/", 1)[-1] for one in answer["failures"]] == ["gone"]


def test_ten_come_at_a_time(ecs: Any) -> None:
    for number in range(9):
        ecs.create_capacity_provider(name=f"p{number}", autoScalingGroupProvider=GROUP)

    first = ecs.describe_capacity_providers()
    second = ecs.describe_capacity_providers(nextToken=first["nextToken"])
    assert (len(names(first)), len(names(second))) == (10, 1)
    assert "nextToken" not in second


@pytest.mark.parametrize(
    "members",
    [
        {"name": "fargate-of-mine", "autoScalingGroupProvider": GROUP},
        {"name": "none"},
        {"name": "mi", "managedInstancesProvider": INSTANCES},
        {"name": "asg", "cluster": "prod", "autoScalingGroupProvider": GROUP},
        {"name": "taken", "autoScalingGroupProvider": GROUP},
    ],
)
def test_what_cannot_be_is_refused(ecs: Any, members: dict[str, Any]) -> None:
    ecs.create_capacity_provider(name="taken", autoScalingGroupProvider=GROUP)

    with pytest.raises(ClientError):
        ecs.create_capacity_provider(**members)
