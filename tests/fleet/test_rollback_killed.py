"""Killed in the middle of taking services back, and told again, it ends where it would have."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from aiobotocore.session import AioSession

from tests.fleet.aws import Aws
from tests.fleet.back import SUSPENDED, takes_back
from tests.fleet.controller import Controller
from tests.fleet.killed import Death, killed


async def rolled_and_taken_back(models: AioSession, death: Death | None) -> tuple[Aws, bool]:
    """Roll two services out and take them back, with a death and a second try if stated."""
    aws = Aws()
    aws.interval = 0.25
    controller = Controller(aws, models)
    died = False
    for name in ("api", "web"):
        aws.runs(name)
    async with aws.scheduling():
        await controller.settles()
        aws.forgets_requests()
        if death is not None:
            died = await killed(aws, lambda: takes_back(controller, since=timedelta(days=1)), death)
        await takes_back(controller, since=timedelta(days=1))
    return aws, died


def end_state(aws: Aws) -> dict[str, Any]:
    return {
        one.name: (
            one.task_definition,
            [each.rollout for each in one.deployments],
            len(one.history),
            SUSPENDED in aws.tags(one.arn),
        )
        for one in aws.sandbox.region().services.values()
    }


@pytest.mark.parametrize("when", ["before", "after"])
async def test_killed_at_any_write_and_said_again_it_ends_the_same(
    models: AioSession, when: Any
) -> None:
    whole, _ = await rolled_and_taken_back(models, None)
    expected, writes = end_state(whole), len(whole.writes())
    assert writes == 4
    kills = 0

    for operation in ("TagResource", "UpdateService"):
        aws, died = await rolled_and_taken_back(models, Death(when, operation=operation))
        kills += died
        assert end_state(aws) == expected, (operation, aws.written())
        assert len(aws.writes("UpdateService")) == 2
    assert kills == 2


@pytest.mark.slow
async def test_killed_at_any_call_and_said_again_it_ends_the_same(models: AioSession) -> None:
    whole, _ = await rolled_and_taken_back(models, None)
    expected, calls = end_state(whole), len(whole.calls())
    numbers = range(1, calls + 1, 5)
    kills = 0

    for number in numbers:
        aws, died = await rolled_and_taken_back(models, Death("before", number=number))
        kills += died
        assert end_state(aws) == expected, (number, aws.written())
    assert kills >= len(numbers) - 1
