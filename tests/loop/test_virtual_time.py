"""Virtual time keeps its promises, for every test of waiting rests on it."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import pytest

from controller.app.clock import SystemClock
from controller.ports.clock import Clock
from tests.virtual_time import EPOCH, VirtualClock, WaitsForeverError, in_virtual_time, virtual_time


@in_virtual_time
async def test_a_year_of_sleep_takes_no_time_and_moves_both_readings() -> None:
    clock: Clock = VirtualClock()
    began = time.monotonic()
    await clock.sleep(365 * 86_400)

    assert clock.monotonic() == 365 * 86_400
    assert clock.now() == EPOCH + timedelta(days=365)
    assert time.monotonic() - began < 10


@in_virtual_time
async def test_who_sleeps_less_wakes_first_and_at_his_moment() -> None:
    woken: list[tuple[str, float]] = []

    async def sleep(name: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        woken.append((name, VirtualClock().monotonic()))

    await asyncio.gather(sleep("long", 7), sleep("short", 2), sleep("longest", 100_000))

    assert woken == [("short", 2), ("long", 7), ("longest", 100_000)]


@in_virtual_time
async def test_timeouts_of_asyncio_go_by_virtual_time() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(3_600):
            await asyncio.sleep(7_200)

    assert VirtualClock().monotonic() == 3_600


def test_waiting_for_what_cannot_happen_fails_at_once() -> None:
    async def wait() -> None:
        await asyncio.Event().wait()

    with virtual_time() as runner, pytest.raises(WaitsForeverError):
        runner.run(wait())


async def test_the_system_clock_agrees_with_the_loop_and_is_aware_of_utc() -> None:
    clock: Clock = SystemClock()
    before = asyncio.get_running_loop().time()
    read = clock.monotonic()
    after = asyncio.get_running_loop().time()
    await clock.sleep(0)

    assert before <= read <= after
    assert clock.now().utcoffset() == timedelta(0)
