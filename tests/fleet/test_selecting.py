"""Policies govern what they select, by tags and by what services run on, and nothing on a guess."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from controller.core.policy.policy_set import PolicySet
from controller.core.reason import Sync
from controller.core.refs import ServiceRef
from controller.sandbox import Request
from controller.sandbox.faults import Fault, access_denied
from tests.fleet.aws import OURS, Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome
from tests.fleet.given import policies, policy, spec

PAYMENTS = [{"key": "team", "value": "payments"}]
BY_TAG: dict[str, Any] = {"tags": {"matchLabels": {"team": "payments"}}}
ON_INSTANCES: dict[str, Any] = {"launchTypes": ["EC2"]}


@pytest.fixture(autouse=True)
def _providers(aws: Aws) -> None:
    """In the cluster `prod`, make capacity providers of either kind."""
    group = "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:x"
    network = {"subnets": ["subnet-0a1b2c3d"]}
    profile = "arn:aws:iam::123456789012:instance-profile/ecs"
    managed = {
        "infrastructureRoleArn": "arn:aws:iam::123456789012:role/infrastructure",
        "instanceLaunchTemplate": {
            "ec2InstanceProfileArn": profile,
            "networkConfiguration": network,
        },
    }
    aws.call(
        "ecs",
        "CreateCapacityProvider",
        name="spot-group",
        autoScalingGroupProvider={"autoScalingGroupArn": group},
    )
    aws.call(
        "ecs",
        "CreateCapacityProvider",
        name="managed",
        cluster="prod",
        managedInstancesProvider=managed,
    )
    aws.call(
        "ecs",
        "PutClusterCapacityProviders",
        cluster="prod",
        capacityProviders=["spot-group", "managed", "FARGATE"],
        defaultCapacityProviderStrategy=[],
    )


def runs_on(aws: Aws, name: str, *providers: str, **members: Any) -> ServiceRef:
    """Create a service that is placed by capacity providers, and drifts."""
    strategy = [{"capacityProvider": one, "weight": 1} for one in providers]
    return aws.runs(name, capacityProviderStrategy=strategy, **members)


def denies(aws: Aws, what: Callable[[Request], bool]) -> None:
    """Let AWS deny some of the controller's calls."""

    def hook(request: Request) -> Fault | None:
        return access_denied(request) if request.caller == OURS and what(request) else None

    aws.sandbox.fault = hook


async def test_a_policy_governs_what_has_its_tags_and_runs_where_it_says(
    aws: Aws, controller: Controller
) -> None:
    controller.policies = policy(match=[{**BY_TAG, **ON_INSTANCES}])
    web = runs_on(aws, "web", "spot-group", tags=PAYMENTS)
    mixed = runs_on(aws, "mixed", "managed", "spot-group", tags=PAYMENTS)
    stated = aws.runs("stated", tags=PAYMENTS)
    others = [
        runs_on(aws, "untagged", "spot-group"),
        runs_on(aws, "theirs", "spot-group", tags=[{"key": "team", "value": "shop"}]),
        runs_on(aws, "managed", "managed", tags=PAYMENTS),
    ]

    report = await controller.settles()

    assert all(is_compliant(report, ref) for ref in (web, mixed, stated))
    assert sorted(aws.rolled()) == ["mixed:2", "stated:2", "web:2"]
    assert {outcome(report, ref).sync for ref in others} == {Sync.UNGOVERNED}


async def test_a_provider_that_may_not_be_described_leaves_a_service_undecided(
    aws: Aws, controller: Controller
) -> None:
    controller.policies = policy(match=[ON_INSTANCES])
    web, stated = runs_on(aws, "web", "spot-group"), aws.runs("stated")
    denies(aws, lambda request: request.operation == "DescribeCapacityProviders")

    report = await controller.settles()

    why = outcome(report, web).reason
    assert outcome(report, web).sync is Sync.UNDECIDED
    assert why is not None
    assert why.message == "policy `production` selects by the launch type, not known here"
    assert "ecs:DescribeCapacityProviders" in why.remedy
    assert is_compliant(report, stated)
    assert aws.rolled() == ["stated:2"]


async def test_providers_are_not_described_where_no_policy_asks_for_launch_types(
    aws: Aws, controller: Controller
) -> None:
    web = runs_on(aws, "web", "spot-group")

    report = await controller.settles()

    assert is_compliant(report, web)
    assert aws.calls("DescribeCapacityProviders") == []


async def test_one_look_at_a_provider_does_for_all_its_services(
    aws: Aws, controller: Controller
) -> None:
    controller.policies = policy(match=[ON_INSTANCES])
    refs = [runs_on(aws, name, "spot-group") for name in ("web", "shop", "search")]

    report = await controller.audits()

    assert {outcome(report, ref).sync for ref in refs} == {Sync.DRIFTED}
    assert len(aws.calls("DescribeCapacityProviders")) == 1


def asks_for_tags(request: Request) -> bool:
    """Tell whether a service is described with its tags."""
    return request.operation == "DescribeServices" and "include" in (request.body or {})


def either() -> PolicySet:
    """Return a set in which tags decide between one policy and another."""
    return policies(tagged=spec(match=[BY_TAG], priority=1), others=spec())


@pytest.mark.parametrize("given", [lambda: policy(match=[BY_TAG]), either])
async def test_tags_that_may_not_be_read_leave_undecided_what_they_decide(
    aws: Aws, controller: Controller, given: Callable[[], PolicySet]
) -> None:
    controller.policies = given()
    web = aws.runs("web", tags=PAYMENTS)
    denies(aws, asks_for_tags)

    report = await controller.settles()

    why = outcome(report, web).reason
    assert outcome(report, web).sync is Sync.UNDECIDED
    assert why is not None
    assert "the tags, not known here" in why.message
    assert "tags could not be read" in why.remedy
    assert aws.rolled() == []


@pytest.mark.parametrize("owner_tags", ["Honour", "Ignore"])
async def test_a_service_whose_tags_may_not_be_read_is_judged_and_not_written_to(
    aws: Aws, controller: Controller, owner_tags: str
) -> None:
    controller.policies = policy(ownerTags=owner_tags)
    web = aws.runs("web")
    denies(aws, asks_for_tags)

    report = await controller.settles()

    assert outcome(report, web).sync is Sync.DRIFTED
    assert aws.rolled() == []
    assert aws.writes("RegisterTaskDefinition") == []
