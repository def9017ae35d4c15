"""Capacity providers, as the reader of ECS tells their launch types."""

from __future__ import annotations

from typing import Any

import pytest

from controller.aws.capacity_providers import FRESH, CapacityProviders
from controller.errors import DeniedError, RetryError
from controller.sandbox import Sandbox
from tests.aws.opened import REGION, ecs_reader, sandboxed, scripted
from tests.aws.scripted import Body, Refused, Script
from tests.virtual_time import VirtualClock, in_virtual_time

GROUP = {"autoScalingGroupArn": "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:x"}
INSTANCES = {
    "infrastructureRoleArn": "arn:aws:iam::123456789012:role/infrastructure",
    "instanceLaunchTemplate": {
        "ec2InstanceProfileArn": "arn:aws:iam::123456789012:instance-profile/ecs",
        "networkConfiguration": {"subnets": ["subnet-0a1b2c3d"]},
    },
}


@in_virtual_time
async def test_each_kind_of_provider_stands_for_its_launch_type() -> None:
    async with sandboxed(Sandbox()) as session:
        ecs = session.api("ecs", REGION)
        providers = ["asg", "FARGATE", "FARGATE_SPOT"]
        await ecs.call("CreateCluster", {"clusterName": "prod", "capacityProviders": providers})
        await ecs.call("CreateCapacityProvider", {"name": "asg", "autoScalingGroupProvider": GROUP})
        managed = {"name": "mi", "cluster": "prod", "managedInstancesProvider": INSTANCES}
        await ecs.call("CreateCapacityProvider", managed)
        found = await ecs_reader(session).launch_types("prod", [*providers, "mi", "gone"])

    assert found == {
        "asg": "EC2",
        "FARGATE": "FARGATE",
        "FARGATE_SPOT": "FARGATE",
        "mi": "MANAGED_INSTANCES",
    }


@pytest.mark.parametrize(
    ("shown", "launch_type"),
    [
        ({"type": "EC2_AUTOSCALING"}, "EC2"),
        ({"type": "MANAGED_INSTANCES"}, "MANAGED_INSTANCES"),
        ({"autoScalingGroupProvider": GROUP}, "EC2"),
        ({"managedInstancesProvider": INSTANCES}, "MANAGED_INSTANCES"),
        ({"type": "A_LATER_ONE"}, None),
        ({}, None),
    ],
)
@in_virtual_time
async def test_a_kind_that_is_not_known_is_left_out(
    shown: dict[str, Any], launch_type: str | None
) -> None:
    script = Script()
    script.says("DescribeCapacityProviders", {"capacityProviders": [{"name": "x", **shown}]})
    async with scripted(script) as session:
        found = await ecs_reader(session).launch_types("prod", ["x"])

    assert found == ({} if launch_type is None else {"x": launch_type})


def asked_for(body: Body) -> dict[str, Any]:
    """Answer that each is of an Auto Scaling group."""
    named = [{"name": name, "type": "EC2_AUTOSCALING"} for name in body["capacityProviders"]]
    return {"capacityProviders": named, "failures": []}


@in_virtual_time
async def test_providers_are_asked_for_ten_at_a_time_and_remembered_for_a_while() -> None:
    script = Script()
    script.replies("DescribeCapacityProviders", asked_for)
    names = [f"p{number:02}" for number in range(12)]
    clock = VirtualClock()
    async with scripted(script) as session:
        providers = CapacityProviders(session.api("ecs", REGION), clock)
        assert len(await providers.launch_types("prod", names)) == 12
        assert await providers.launch_types("prod", ["p00"]) == {"p00": "EC2"}
        assert await providers.launch_types("dev", ["p00"]) == {"p00": "EC2"}
        await clock.sleep(FRESH + 1)
        assert await providers.launch_types("prod", ["p00"]) == {"p00": "EC2"}

    asked = script.bodies("DescribeCapacityProviders")
    assert [(body["cluster"], len(body["capacityProviders"])) for body in asked] == [
        ("prod", 10),
        ("prod", 2),
        ("dev", 1),
        ("prod", 1),
    ]


@in_virtual_time
async def test_one_that_is_not_shown_is_not_asked_for_again_at_once() -> None:
    script = Script()
    missing = {"arn": "arn:aws:ecs:us-east-1:1:capacity-provider/x", "reason": "MISSING"}
    script.says("DescribeCapacityProviders", {"capacityProviders": [], "failures": [missing]})
    async with scripted(script) as session:
        reader = ecs_reader(session)
        assert [await reader.launch_types("prod", ["x"]) for _ in range(2)] == [{}, {}]

    assert len(script.asked) == 1


@pytest.mark.parametrize(
    ("said", "error"), [(Refused("AccessDeniedException"), DeniedError), ({}, RetryError)]
)
@in_virtual_time
async def test_what_cannot_be_read_is_an_error_and_never_an_empty_answer(
    said: dict[str, Any] | Refused, error: type[Exception]
) -> None:
    script = Script()
    script.says("DescribeCapacityProviders", said)
    async with scripted(script) as session:
        with pytest.raises(error):
            await ecs_reader(session).launch_types("prod", ["x"])
