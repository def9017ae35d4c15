"""Killed at any call that counts, the controller lets the same set in, or holds the same one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal

import pytest
from aiobotocore.session import AioSession

from controller.core.policy.policy_set import PolicySet
from controller.core.refs import ServiceRef
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.given import compliant, destination, policy, task_definition
from tests.fleet.killed import Death, killed

PATIENCE = {"progressDeadline": "2s", "bakeTime": "1s"}
FIRST = policy(rollout=PATIENCE)
LITTLE = policy(rollout=PATIENCE | {"maxConcurrent": {"total": 4}})
"""It asks for what `FIRST` did, and so changes what was released since: a fifth."""
MUCH = policy(rollout=PATIENCE, destinations=[destination(maxBufferSize="25m")])
WRITES = ["TagResource", "TagResource", "RegisterTaskDefinition", "UpdateService"]


@dataclass(frozen=True, slots=True)
class Fleet:
    """Five services in two clusters, of which the last was released since `FIRST` was in force."""

    aws: Aws
    controller: Controller
    services: tuple[ServiceRef, ...]

    @property
    def memory(self) -> list[str]:
        """What each cluster remembers."""
        clusters = (self.aws.cluster(name) for name in ("prod", "prod-two"))
        return [self.aws.tags(one.arn)["ecs-logging/policy-digest"] for one in clusters]


async def a_fleet(models: AioSession) -> Fleet:
    aws = Aws()
    aws.interval = 0.25
    aws.call("ecs", "CreateCluster", clusterName="prod-two")
    clusters = ("prod", "prod", "prod", "prod-two", "prod-two")
    services = [
        aws.runs(f"web-{number}", compliant(f"web-{number}"), cluster=cluster)
        for number, cluster in enumerate(clusters)
    ]
    controller = Controller(aws, models)
    controller.policies = FIRST
    async with aws.scheduling():
        await controller.settles()
        aws.releases(services[-1], task_definition("web-4"))
        await asyncio.sleep(5)
    aws.forgets_requests()
    return Fleet(aws, controller, tuple(services))


async def restarted(models: AioSession, policies: PolicySet, death: Death | None = None) -> Fleet:
    """Start with other policies and, if a death is stated, die and start again."""
    fleet = await a_fleet(models)
    fleet.controller.policies = policies
    async with fleet.aws.scheduling():
        if death is not None:
            assert await killed(fleet.aws, fleet.controller.settles, death)
        await fleet.controller.settles()
    return fleet


async def numbers(models: AioSession, policies: PolicySet, *operations: str) -> list[int]:
    """Return which calls of a restart that is not killed are of these operations."""
    fleet = await restarted(models, policies)
    calls = enumerate(fleet.aws.calls(), start=1)
    return [number for number, one in calls if one.operation in operations]


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_set_that_changes_little_is_let_in_whenever_it_was_killed(
    models: AioSession, when: Literal["before", "after"]
) -> None:
    writes = await numbers(models, LITTLE, *WRITES)
    assert len(writes) == len(WRITES)

    for number in writes:
        fleet = await restarted(models, LITTLE, Death(when, number=number))

        of_ours = LITTLE.short_digest
        assert fleet.memory == [f"{of_ours} governed=3", f"{of_ours} governed=2"]
        assert [fleet.aws.revision(ref) for ref in fleet.services] == [1, 1, 1, 1, 3]
        assert sorted(fleet.aws.written()) == sorted(WRITES[2:])


async def test_a_set_that_changes_much_is_held_whenever_it_was_killed(models: AioSession) -> None:
    reads = await numbers(models, MUCH, "DescribeClusters")
    assert reads

    for number in reads:
        fleet = await restarted(models, MUCH, Death("after", number=number))

        assert (fleet.aws.writes(), fleet.aws.remembered()) == ([], [])
