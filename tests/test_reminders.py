"""People are reminded of exceptions once a day, by the policies that are in force then."""

from __future__ import annotations

import asyncio
import itertools
from contextlib import suppress
from datetime import date

from controller.core.policy.exception import PolicyException
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.selector import Selector
from controller.core.reason import Reason
from controller.reminders import Reminders
from tests.virtual_time import VirtualClock, in_virtual_time

DAY = 24 * 3600
EXCEPTION = PolicyException(
    name="vendor-image",
    rules=("*",),
    match=(Selector(services=("web",)),),
    reason="vendor image",
    expires=date(2026, 1, 2),
)


async def told_until(seconds: float, policies: list[PolicySet], beats: list[float]) -> list[Reason]:
    """Return what is told until so many seconds after the start; *policies* has those in force."""
    told: list[Reason] = []
    reminders = Reminders(lambda: policies[-1], VirtualClock(), told.append)
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(reminders(lambda: beats.append(loop.time())))
    await asyncio.sleep(seconds)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    return told


@in_virtual_time
async def test_they_are_told_at_the_start_and_once_a_day() -> None:
    beats: list[float] = []
    told = await told_until(3 * DAY - 1, [PolicySet.of([], [EXCEPTION])], beats)

    assert [one.code for one in told] == [
        "ExceptionExpiresSoon",
        "ExceptionExpiresSoon",
        "ExceptionExpired",
    ]
    assert max(later - one for one, later in itertools.pairwise(beats)) == 3600


@in_virtual_time
async def test_they_are_told_of_the_policies_in_force() -> None:
    policies = [PolicySet.of([], [EXCEPTION])]
    asyncio.get_running_loop().call_later(DAY / 2, policies.append, PolicySet.of([]))

    assert len(await told_until(2 * DAY, policies, [])) == 1
