"""Liveness: silence beyond what was allowed is told, by name."""

from __future__ import annotations

import pytest

from controller.heartbeat import Heartbeats
from tests.virtual_time import VirtualClock, in_virtual_time


@in_virtual_time
async def test_who_ticks_in_time_is_not_stale() -> None:
    clock = VirtualClock()
    heartbeats = Heartbeats(clock)
    beat = heartbeats.watch("inventory", within=60)

    for _ in range(5):
        await clock.sleep(60)
        assert heartbeats.stale() == ()
        assert heartbeats.complaint() is None
        beat()


@in_virtual_time
async def test_who_never_ticks_is_stale_after_its_interval() -> None:
    clock = VirtualClock()
    heartbeats = Heartbeats(clock)
    heartbeats.watch("inventory", within=60)

    await clock.sleep(60)
    assert heartbeats.stale() == ()
    await clock.sleep(1)
    assert heartbeats.stale() == ("inventory",)


@in_virtual_time
async def test_the_complaint_names_all_who_are_silent_and_for_how_long() -> None:
    clock = VirtualClock()
    heartbeats = Heartbeats(clock)
    heartbeats.watch("worker-1", within=120)
    heartbeats.watch("events", within=30)
    sound = heartbeats.watch("lease", within=15)
    await clock.sleep(125)
    sound()

    assert heartbeats.stale() == ("events", "worker-1")
    assert heartbeats.complaint() == (
        "silent: events for 125 s (allowed: 30 s), worker-1 for 125 s (allowed: 120 s)"
    )


@in_virtual_time
async def test_who_was_stale_and_ticks_is_sound_again() -> None:
    clock = VirtualClock()
    heartbeats = Heartbeats(clock)
    beat = heartbeats.watch("events", within=30)
    await clock.sleep(31)
    assert heartbeats.stale() == ("events",)

    beat()
    assert heartbeats.stale() == ()


@in_virtual_time
async def test_nothing_is_expected_of_who_was_released() -> None:
    clock = VirtualClock()
    heartbeats = Heartbeats(clock)
    beat = heartbeats.watch("events", within=30)
    heartbeats.release("events")
    beat()
    await clock.sleep(1_000)

    assert heartbeats.stale() == ()


@in_virtual_time
async def test_two_of_one_name_are_refused() -> None:
    heartbeats = Heartbeats(VirtualClock())
    heartbeats.watch("events", within=30)

    with pytest.raises(ValueError, match="two eternal tasks are named 'events'"):
        heartbeats.watch("events", within=30)
