"""Rolls start in windows of the policy; whatever has begun is seen through at any time."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import policy
from tests.virtual_time import EPOCH

# It is midnight, UTC, when a test begins.
AT_TWO = {"zone": "UTC", "allow": {"from": "02:00", "to": "04:00"}}
NOW = {"zone": "UTC", "allow": {"from": "00:00", "to": "01:00"}}


def windows(*written: dict[str, Any]) -> Any:
    return policy(rollout={"windows": [*written]})


async def until(moment: datetime) -> None:
    """Wait for a moment of the simulated day."""
    passed = asyncio.get_running_loop().time()
    await asyncio.sleep((moment - EPOCH).total_seconds() - passed)


async def test_nothing_is_rolled_outside_of_a_window(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web")
    aws.makes_log_group("/ecs/web", days=30)
    controller.policies = windows(AT_TWO)

    report = await controller.settles()

    assert reason(report, web) == "OutsideWindow"
    said = outcome(report, web).reason
    assert said is not None
    assert "opens at 2026-01-01 02:00 UTC" in said.message
    assert aws.writes() == []


async def test_a_service_is_rolled_as_soon_as_a_window_opens(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    controller.policies = windows(AT_TWO)

    async with controller.runs():
        await until(EPOCH.replace(hour=1, minute=59))
        assert aws.rolled() == []
        await until(EPOCH.replace(hour=2, minute=5))
        assert aws.rolled() == ["web:2"]

    assert aws.logging(web)["options"]["mode"] == "non-blocking"


async def test_a_window_that_closes_too_soon_is_left_for_the_next(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")
    too_short = {"zone": "UTC", "allow": {"from": "00:00", "to": "00:10"}}
    controller.policies = windows(too_short, AT_TWO)

    async with controller.runs():
        await until(EPOCH.replace(hour=1, minute=59))
        assert aws.rolled() == []
        await until(EPOCH.replace(hour=2, minute=5))
        assert aws.rolled() == ["web:2"]


async def test_a_roll_goes_on_and_is_returned_where_a_window_has_closed(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.sandbox.fails(lambda document: document["revision"] == 2)
    running = asyncio.create_task(controller.settles())
    await aws.sees(lambda: aws.rolled() == ["web:2"])
    running.cancel()
    controller.policies = windows(AT_TWO)

    await controller.settles()

    assert aws.service(web).task_definition == aws.family("web")[0]["taskDefinitionArn"]


async def test_an_audit_tells_that_enforcement_would_wait_for_a_window(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    controller.policies = windows(AT_TWO)

    report = await controller.audits()

    assert "OutsideWindow" in [one.code for one in outcome(report, web).held_by]


async def test_a_window_of_now_lets_everything_through(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web")
    controller.policies = windows(NOW)

    assert is_compliant(await controller.settles(), web)
