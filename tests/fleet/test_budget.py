"""The pace: so many at once, so many in a day, and a pause for each; restarts change nothing."""

from __future__ import annotations

import asyncio
from collections import Counter
from random import Random

import pytest

from controller.core.refs import ServiceRef
from controller.sandbox.endings import NO_IMAGE
from tests.fleet.aws import BREAKER, Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, reason
from tests.fleet.given import compliant, destination, policy, task_definition

A_DAY = 24 * 3600.0
BAKE = 60.0


def a_fleet(aws: Aws, chance: Random) -> list[ServiceRef]:
    """Return services in two clusters, of which some fail, some stall, and some ECS returns."""
    aws.call("ecs", "CreateCluster", clusterName="prod-two")
    services = []
    for number in range(14):
        name, cluster = f"web-{number:02}", chance.choice(["prod", "prod-two"])
        configuration = chance.choice([{}, {}, BREAKER])
        desired = chance.randint(1, 6)
        services.append(
            aws.runs(name, cluster=cluster, desired=desired, deploymentConfiguration=configuration)
        )
    failing, stalling = (set(chance.sample([ref.name for ref in services], 2)) for _ in range(2))
    aws.sandbox.fails(lambda one: one["revision"] > 1 and one["family"] in failing)
    aws.sandbox.stalls(lambda one: one["revision"] > 1 and one["family"] in stalling)
    return services


class InFlight:
    """Counts, whenever ECS has looked, the services that are being rolled, baked or returned."""

    def __init__(self, aws: Aws, services: list[ServiceRef]) -> None:
        self._aws, self._services = aws, services
        self.most: Counter[str] = Counter()

    def __call__(self) -> None:
        flying = Counter(ref.cluster for ref in self._services if self._flies(ref))
        self.most["in all"] = max(self.most["in all"], flying.total())
        for cluster, count in flying.items():
            self.most[cluster] = max(self.most[cluster], count)

    def _flies(self, ref: ServiceRef) -> bool:
        service = self._aws.service(ref)
        last = service.history[0]
        baked = last.finished is not None and last.finished + BAKE <= self._aws.sandbox.now
        if self._aws.revision(ref) == 1:
            return len(service.history) > 1 and last.finished is None
        return not baked


@pytest.mark.parametrize("seed", range(3))
async def test_never_are_more_rolled_at_once_than_the_policy_says(
    aws: Aws, controller: Controller, seed: int
) -> None:
    services = a_fleet(aws, Random(seed))
    in_flight = InFlight(aws, services)
    aws.witnesses.append(in_flight)
    limits = {"total": 3, "perCluster": 2}
    controller.policies = policy(rollout={"maxConcurrent": limits, "progressDeadline": "5m"})

    report = await controller.settles()

    assert in_flight.most["in all"] == 3
    assert max(in_flight.most["prod"], in_flight.most["prod-two"]) == 2
    done = {reason(report, ref) for ref in services}
    assert done == {None, "HeldAfterFailure"}
    assert sum(is_compliant(report, ref) for ref in services) >= 10


async def test_a_tenth_is_rolled_in_a_day_and_a_restart_does_not_reset_it(
    aws: Aws, controller: Controller
) -> None:
    services = [aws.runs(f"web-{number:02}") for number in range(20)]
    controller.policies = policy(rollout={"maxPer": {"share": "10%", "in": "24h"}})

    await controller.settles()
    assert len(aws.rolled()) == 2
    await asyncio.sleep(3600)
    report = await controller.settles()
    assert len(aws.rolled()) == 2

    waiting = [ref for ref in services if reason(report, ref) == "BudgetExhausted"]
    assert len(waiting) == 18
    await asyncio.sleep(A_DAY)
    await controller.settles()
    assert len(aws.rolled()) == 4


async def test_at_least_one_is_rolled_in_a_day(aws: Aws, controller: Controller) -> None:
    for number in range(3):
        aws.runs(f"web-{number}")
    controller.policies = policy(rollout={"maxPer": {"share": "10%", "in": "24h"}})

    await controller.settles()

    assert len(aws.rolled()) == 1


async def test_a_roll_that_failed_counts_too(aws: Aws, controller: Controller) -> None:
    for number in range(10):
        aws.runs(f"web-{number}", deploymentConfiguration=BREAKER)
    aws.sandbox.fails(lambda document: document["revision"] > 1, reason=NO_IMAGE)
    stated = {"maxPer": {"share": "20%", "in": "24h"}, "maxFailures": 100}
    controller.policies = policy(rollout=stated)

    for _ in range(3):
        await controller.settles()

    assert len(aws.rolled()) == 2


async def test_a_service_that_was_rolled_a_moment_ago_is_left_in_peace(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    for name in ("one", "two"):
        aws.runs(name, compliant(name))
    await controller.settles()
    larger = [destination(maxBufferSize="25m")]
    only_web = [{"services": ["web"]}]
    controller.policies = policy(rollout={"cooldown": "1h"}, destinations=larger, match=only_web)

    report = await controller.settles()

    assert reason(report, web) == "CoolingDown"
    await asyncio.sleep(A_DAY)
    assert is_compliant(await controller.settles(), web)
    assert aws.rolled() == ["web:2", "web:3"]


async def test_the_pause_holds_for_what_is_released_meanwhile_too(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    for name in ("one", "two"):
        aws.runs(name, compliant(name))
    controller.policies = policy(rollout={"cooldown": "1h"})
    await controller.settles()
    aws.releases(web, task_definition("web"))
    await asyncio.sleep(60)

    report = await controller.settles()

    assert reason(report, web) == "CoolingDown"
    await asyncio.sleep(3600)
    assert is_compliant(await controller.settles(), web)
    assert aws.rolled() == ["web:2", "web:4"]


async def test_a_roll_counts_within_the_day_although_a_release_came_after_it(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    await controller.settles()
    aws.releases(web, task_definition("web"))
    await asyncio.sleep(60)

    report = await controller.settles()

    assert reason(report, web) == "BudgetExhausted"
    await asyncio.sleep(A_DAY)
    assert is_compliant(await controller.settles(), web)
