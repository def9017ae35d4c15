"""A slow roll is watched by its policy's deadlines, also while nobody can tell whose it is."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from controller.app.clock import correction
from controller.core.policy.policy_set import PolicySet
from controller.core.refs import ServiceRef
from controller.sandbox.faults import Hook
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import outcome
from tests.fleet.given import policies, policy, spec
from tests.fleet.test_policy_impact_later import no_tags_of_services
from tests.virtual_time import VirtualClock

HALF_AN_HOUR = 1800.0
SLOW: dict[str, Any] = {"rollout": {"progressDeadline": "2h"}}
BY_TAG: dict[str, Any] = {"match": [{"tags": {"matchLabels": {"tier": "web"}}}]}
ELSEWHERE: dict[str, Any] = {"match": [{"clusters": ["elsewhere"]}]}

UNTOLD = pytest.mark.parametrize(
    ("now", "fault"),
    [
        pytest.param(policy(**SLOW, **BY_TAG), no_tags_of_services, id="tags are not readable"),
        pytest.param(
            policies(production=spec(**SLOW), other=spec(match=[{"clusters": ["*d"]}])),
            None,
            id="two policies match",
        ),
        pytest.param(policy(mode="Disabled", **SLOW), None, id="it is disabled"),
        pytest.param(
            policies(
                production=spec(**SLOW),
                freeze=spec(mode="Disabled", priority=9, match=[{"clusters": ["*"]}]),
            ),
            None,
            id="another disables it",
        ),
        pytest.param(policy(**SLOW, **ELSEWHERE), None, id="it matches no more"),
    ],
)


async def begin_a_slow_roll(aws: Aws, controller: Controller) -> ServiceRef:
    """Return a service whose roll has made no progress for half an hour, as it may for two."""
    web = aws.runs("web", tags=[{"key": "tier", "value": "web"}])
    controller.policies = policy(**SLOW, **BY_TAG)
    aws.sandbox.stalls(lambda one: int(one["revision"]) > 1)
    async with controller.process() as process:
        while not aws.rolled():
            await process.looks()
    await asyncio.sleep(HALF_AN_HOUR)
    return web


@UNTOLD
async def test_a_slow_roll_is_not_taken_for_failed(
    aws: Aws, controller: Controller, now: PolicySet, fault: Hook | None
) -> None:
    web = await begin_a_slow_roll(aws, controller)
    controller.policies, aws.sandbox.fault = now, fault

    async with controller.process() as process:
        for _ in range(4):
            await process.looks()
            await asyncio.sleep(60)
        said = process.outcome(web).reason

    assert said is not None
    assert said.code == "RollingOut"
    assert aws.rolled() == ["web:2"]


@UNTOLD
async def test_a_roll_that_fails_by_its_own_deadline_is_returned(
    aws: Aws, controller: Controller, now: PolicySet, fault: Hook | None
) -> None:
    web = await begin_a_slow_roll(aws, controller)
    controller.policies, aws.sandbox.fault = now, fault

    report = await controller.settles()

    assert aws.rolled() == ["web:2", "web:1"]
    assert not outcome(report, web).in_flight


async def test_a_roll_whose_policy_is_gone_is_watched_by_the_default_deadlines(
    aws: Aws, controller: Controller
) -> None:
    await begin_a_slow_roll(aws, controller)
    controller.policies = policies(other=spec(**SLOW, **ELSEWHERE))

    async with controller.process() as process:
        await process.looks()
        await process.looks()

    assert aws.rolled() == ["web:2", "web:1"]


# ── old tasks that leave slowly, and new ones that come in batches ────────────────────────────────

HALF = {"maximumPercent": 150, "minimumHealthyPercent": 100}


def protects(aws: Aws, web: ServiceRef, *, minutes: int) -> None:
    """Protect all tasks of a service from being stopped by a deployment."""
    tasks = [one.arn for one in aws.service(web).tasks if one.stopped is None]
    stated: dict[str, Any] = {"protectionEnabled": True, "expiresInMinutes": minutes}
    aws.call("ecs", "UpdateTaskProtection", cluster="prod", tasks=tasks, **stated)


async def test_protected_old_tasks_may_hold_up_the_next_batch(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web", desired=4, deploymentConfiguration=HALF)
    protects(aws, web, minutes=40)

    await controller.settles()

    assert aws.rolled() == ["web:2"]
    assert aws.service(web).deployments[0].running == 4


async def test_old_tasks_whose_protection_may_not_be_seen_may_take_their_time(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web", desired=4, deploymentConfiguration=HALF)
    protects(aws, web, minutes=30)
    aws.sandbox.deny("GetTaskProtection")

    await controller.settles()

    assert aws.rolled() == ["web:2"]


async def test_but_not_for_ever(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web", desired=4, deploymentConfiguration=HALF)
    protects(aws, web, minutes=180)
    aws.sandbox.deny("GetTaskProtection")

    await controller.settles()

    assert aws.rolled() == ["web:2", "web:1"]


async def test_new_tasks_that_fail_meanwhile_are_not_waited_for(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web", desired=4, deploymentConfiguration=HALF)
    protects(aws, web, minutes=120)
    aws.sandbox.fails(lambda one: int(one["revision"]) > 1, reason="CannotPullContainerError: no")
    begun = asyncio.get_running_loop().time()
    run = asyncio.create_task(controller.settles())

    await aws.sees(lambda: aws.rolled() == ["web:2", "web:1"])

    assert asyncio.get_running_loop().time() - begun < HALF_AN_HOUR
    await run


# ── a clock that is wrong ─────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Wrong(VirtualClock):
    """A clock that is off by some time, and corrects itself as the clock of a process does."""

    off: timedelta
    corrected: timedelta = field(default=timedelta())

    def now(self) -> datetime:
        return super(Wrong, self).now() + self.off + self.corrected

    def heard(self, date: datetime) -> None:
        self.corrected = correction(date - super(Wrong, self).now() - self.off)


@pytest.mark.parametrize("minutes", [4, -4])
async def test_a_clock_that_is_wrong_takes_no_time_away_from_a_roll(
    aws: Aws, controller: Controller, minutes: int
) -> None:
    web = aws.runs("web")
    controller.policies = policy(rollout={"progressDeadline": "3m"})
    controller.clock = Wrong(timedelta(minutes=minutes))

    await controller.settles()

    assert aws.rolled() == ["web:2"]
    assert aws.service(web).deployments[0].running == 2
