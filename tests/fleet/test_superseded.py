"""Revisions of ours that later ones of ours replaced: kept to return to, unless asked otherwise."""

from __future__ import annotations

import asyncio

import pytest

from controller.core.policy.policy_set import PolicySet
from controller.core.refs import ServiceRef
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.given import destination, policy

HOURS = 3 * 3600.0
A_DAY = 25 * 3600.0
OTHERWISE = [destination(mode="blocking")]


@pytest.fixture
async def web(aws: Aws, controller: Controller) -> ServiceRef:
    """Return a service that was corrected once."""
    ref = aws.runs("web")
    await controller.settles()
    await asyncio.sleep(A_DAY)
    return ref


def statuses(aws: Aws) -> list[str]:
    """Return the status of each revision of the service's family, oldest first."""
    return [str(one["status"]) for one in aws.family("web")]


def asking(*, deregister: bool) -> PolicySet:
    """Return a policy that asks for another delivery mode than the first one did."""
    return policy(destinations=OTHERWISE, allow={"deregisterSuperseded": deregister})


async def test_it_is_kept_by_default(aws: Aws, controller: Controller, web: ServiceRef) -> None:
    controller.policies = asking(deregister=False)
    await controller.settles()
    await asyncio.sleep(HOURS)

    await controller.settles()

    assert aws.revision(web) == 3
    assert statuses(aws) == ["ACTIVE", "ACTIVE", "ACTIVE"]


async def test_where_it_is_asked_for_it_goes_once_the_later_one_is_long_proven(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    controller.policies = asking(deregister=True)
    await controller.settles()
    assert statuses(aws) == ["ACTIVE", "ACTIVE", "ACTIVE"]
    await asyncio.sleep(HOURS)

    await controller.settles()

    assert aws.revision(web) == 3
    assert statuses(aws) == ["ACTIVE", "INACTIVE", "ACTIVE"]


async def test_one_that_another_service_runs_stays(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    other = aws.runs("other", "arn:aws:ecs:us-east-1:123456789012:task-definition/web:2")
    aws.sandbox.tags(other.arn).append({"key": "ecs-logging/suspended", "value": "by hand"})
    controller.policies = asking(deregister=True)
    await controller.settles()
    await asyncio.sleep(HOURS)

    await controller.settles()

    assert statuses(aws)[1] == "ACTIVE"
