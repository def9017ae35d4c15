"""Killed at any call of a rollout, and started again, the controller ends where it would have.

A kill after a read is a kill before the next call; after a write it is another thing, for nobody
has heard the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from aiobotocore.session import AioSession

from controller.core.service.registration import OUTPUT_ONLY
from controller.sandbox.reads import is_write
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.given import policy
from tests.fleet.killed import Death, killed

PATIENCE = policy(rollout={"progressDeadline": "2s", "bakeTime": "1s"})
PARTS = 4
EVERY_PART = pytest.mark.parametrize("part", range(PARTS))
ROLL = ["CreateLogGroup", "PutRetentionPolicy", "RegisterTaskDefinition", "UpdateService"]
WAY_HOME = ["TagResource", "StopServiceDeployment", "DeregisterTaskDefinition"]


def succeeds(aws: Aws) -> None:
    aws.runs("web")


def fails(aws: Aws) -> None:
    aws.runs("web")
    aws.sandbox.fails(lambda document: document["revision"] > 1)


async def rollout(
    given: Callable[[Aws], None], models: AioSession, death: Death | None = None
) -> tuple[Aws, bool]:
    """Roll a fleet of one service out, with a death and a restart if one is stated."""
    aws = Aws()
    aws.interval = 0.25
    given(aws)
    controller = Controller(aws, models)
    controller.policies = PATIENCE
    died = False
    async with aws.scheduling():
        if death is not None:
            died = await killed(aws, controller.settles, death)
        await controller.settles()
    return aws, died


def end_state(aws: Aws) -> dict[str, Any]:
    """Return all that is left of a rollout, save times and the names of deployments."""
    (service,) = aws.sandbox.region().services.values()
    return {
        "runs": service.task_definition,
        "deployments": [(one.revision.task_definition, one.rollout) for one in service.deployments],
        "history": [(one.target.task_definition, one.status) for one in service.history],
        "revisions": [
            {**{key: one[key] for key in one.keys() - OUTPUT_ONLY}, "status": one["status"]}
            for one in aws.family("web")
        ],
        "tags": [sorted(aws.tags(one["taskDefinitionArn"])) for one in aws.family("web")],
        "retention": (aws.log_group("/ecs/web") or {}).get("retentionInDays"),
        "cluster": aws.tags(aws.cluster("prod").arn),
    }


def calls_of(aws: Aws) -> list[str]:
    return [one.operation for one in aws.calls()]


async def kill_at_each(
    numbers: Sequence[int], given: Callable[[Aws], None], models: AioSession, death: Any
) -> None:
    """Assert that a death at each of the calls is survived."""
    expected = end_state((await rollout(given, models))[0])
    kills = 0
    for number in numbers:
        aws, died = await rollout(given, models, Death(death, number=number))
        kills += died
        assert end_state(aws) == expected, (number, aws.written())
    assert kills == len(numbers) > 0


@EVERY_PART
async def test_killed_before_any_call_of_a_roll_it_rolls_once(
    part: int, models: AioSession
) -> None:
    aws, _ = await rollout(succeeds, models)
    assert aws.written() == ROLL

    every = range(1, len(aws.calls()) + 1)
    await kill_at_each(every[part::PARTS], succeeds, models, "before")


@EVERY_PART
async def test_killed_before_any_call_of_a_way_home_it_returns_once(
    part: int, models: AioSession
) -> None:
    aws, _ = await rollout(fails, models)
    assert aws.written() == ROLL + WAY_HOME

    # Until the service is rolled, all calls are those of a roll that will succeed.
    rolled = calls_of(aws).index("UpdateService") + 1
    assert calls_of(aws)[:rolled] == calls_of((await rollout(succeeds, models))[0])[:rolled]
    every = range(rolled + 1, len(aws.calls()) + 1)
    await kill_at_each(every[part::PARTS], fails, models, "before")


async def test_killed_after_any_write_it_does_not_write_the_same_again(models: AioSession) -> None:
    aws, _ = await rollout(fails, models)

    writes = [number for number, one in enumerate(aws.calls(), start=1) if is_write(one)]
    assert len(writes) == len(ROLL + WAY_HOME + aws.remembered())
    await kill_at_each(writes, fails, models, "after")


async def test_a_revision_that_was_registered_before_the_kill_is_the_one_that_is_rolled(
    models: AioSession,
) -> None:
    aws, died = await rollout(succeeds, models, Death("after", operation="RegisterTaskDefinition"))

    assert died
    assert aws.written() == ROLL
    assert [one["revision"] for one in aws.family("web")] == [1, 2]
