"""Time that passes in a simulated AWS, and people who say yes in it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

from controller.core.refs import ServiceRef
from tests.fleet.aws import Aws
from tests.virtual_time import EPOCH

A_MINUTE: Final = 60.0
AN_HOUR: Final = 3600.0
A_DAY: Final = 24 * AN_HOUR


async def is_at_rest(aws: Aws, ref: ServiceRef) -> None:
    """Wait until ECS has ended what is being deployed."""
    await aws.sees(lambda: [one.rollout for one in aws.service(ref).deployments] == ["COMPLETED"])


async def days_pass(aws: Aws, days: int) -> None:
    """Let days pass in which nothing happens, so that ECS's scheduler need not look often."""
    often, aws.interval = aws.interval, A_DAY
    await asyncio.sleep(days * A_DAY)
    aws.interval = often
    await aws.sees(lambda: True)


async def is_approved(aws: Aws, ref: ServiceRef) -> None:
    """Write what `approve` writes, and let a minute pass."""
    now = EPOCH + timedelta(seconds=asyncio.get_running_loop().time())
    tag = {"key": "ecs-logging/approve", "value": f"{now:%Y-%m-%dT%H:%M:%S}.999Z by user/anna"}
    aws.call("ecs", "TagResource", resourceArn=ref.arn, tags=[tag])
    await asyncio.sleep(A_MINUTE)
