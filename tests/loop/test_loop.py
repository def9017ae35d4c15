"""The supervisor: eternal tasks run for ever, stop in order, and never die unseen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from controller.heartbeat import Beat, Heartbeats
from controller.loop import DrainOverrun, Eternal, EternalTaskEnded, run
from tests.virtual_time import VirtualClock, in_virtual_time


async def for_ever(_beat: Beat) -> None:
    await asyncio.Event().wait()


@dataclass
class House:
    """A supervisor with all it needs, and a diary of what its tasks did when."""

    clock: VirtualClock = field(default_factory=VirtualClock)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    diary: list[tuple[float, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.heartbeats = Heartbeats(self.clock)

    def note(self, what: str) -> None:
        self.diary.append((self.clock.monotonic(), what))

    async def run(self, *stages: Sequence[Eternal], stop_at: float | None = None) -> None:
        if stop_at is not None:
            asyncio.get_running_loop().call_later(stop_at, self.stop.set)

        await run(stages, stop=self.stop, clock=self.clock, heartbeats=self.heartbeats)

    def task(
        self, name: str, *, cleanup: float = 0.0, finish: Callable[[], None] | None = None
    ) -> Eternal:
        """A task that runs until cancelled, and then cleans up for so many seconds."""

        async def live(_beat: Beat) -> None:
            try:
                await asyncio.Event().wait()
            finally:
                self.note(f"{name} is cancelled")
                await self.clock.sleep(cleanup)
                self.note(f"{name} has ended")

        return Eternal(name, live, within=60, finish=finish)

    def worker(self, name: str, *, busy: float) -> Eternal:
        """A task that finishes by itself when asked to, after so many more seconds."""
        asked = asyncio.Event()

        async def live(_beat: Beat) -> None:
            await asked.wait()
            self.note(f"{name} is asked")
            await self.clock.sleep(busy)
            self.note(f"{name} has finished")

        return Eternal(name, live, within=60, finish=asked.set)

    def mortal(self, name: str, *, dies_at: float, error: BaseException | None) -> Eternal:
        """A task that is not eternal after all."""

        async def live(_beat: Beat) -> None:
            await self.clock.sleep(dies_at)
            if error is not None:
                raise error

        return Eternal(name, live, within=60)


@in_virtual_time
async def test_nothing_ends_until_the_stop_and_then_all_do() -> None:
    house = House()
    await house.run([house.task("events")], [house.task("lease")], stop_at=1_000_000)

    assert [when for when, _ in house.diary] == [1_000_000] * 4
    assert len(asyncio.all_tasks()) == 1


@in_virtual_time
async def test_each_stage_stops_only_when_the_one_before_it_has_ended() -> None:
    house = House()
    await house.run(
        [house.task("inventory"), house.task("events", cleanup=1)],
        [house.worker("worker-1", busy=12), house.worker("worker-2", busy=3)],
        [house.task("lease")],
        stop_at=100,
    )

    assert house.diary == [
        (100, "inventory is cancelled"),
        (100, "events is cancelled"),
        (100, "inventory has ended"),
        (101, "events has ended"),
        (101, "worker-1 is asked"),
        (101, "worker-2 is asked"),
        (104, "worker-2 has finished"),
        (113, "worker-1 has finished"),
        (113, "lease is cancelled"),
        (113, "lease has ended"),
    ]


@in_virtual_time
async def test_what_has_not_finished_in_time_is_cancelled_in_order_and_named() -> None:
    house = House()
    with pytest.raises(DrainOverrun) as overrun:
        await house.run(
            [house.worker("worker-1", busy=5), house.worker("worker-2", busy=1_000)],
            [house.task("lease", cleanup=1)],
            stop_at=100,
        )

    assert overrun.value.names == ("worker-2",)
    assert str(overrun.value).startswith("still busy 22 s after the stop, and cancelled: worker-2.")
    assert house.diary[-2:] == [(122, "lease is cancelled"), (123, "lease has ended")]
    assert house.clock.monotonic() <= 125
    assert len(asyncio.all_tasks()) == 1


@in_virtual_time
async def test_what_clings_to_life_is_left_behind_when_grace_is_over() -> None:
    house = House()
    with pytest.raises(DrainOverrun):
        await house.run([house.task("clings", cleanup=1_000)], stop_at=100)

    assert house.clock.monotonic() == 122  # cancelled twice: once asked, once cut off

    async def refuses(_beat: Beat) -> None:
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                house.note("no")

                if house.clock.monotonic() > 1_000:
                    raise

    stubborn = House()
    with pytest.raises(DrainOverrun):
        await stubborn.run([Eternal("refuses", refuses, within=60)], stop_at=100)

    assert house.clock.monotonic() == 247
    await house.clock.sleep(1_000)  # so that it lets this test end


@pytest.mark.parametrize(
    ("error", "how"),
    [
        (None, "it returned"),
        (ValueError("no such queue"), "it raised ValueError: no such queue"),
        (asyncio.CancelledError(), "it was cancelled from within"),
    ],
)
def test_a_task_that_ends_unasked_ends_all_at_once_and_is_named(
    error: BaseException | None, how: str
) -> None:
    @in_virtual_time
    async def test() -> None:
        house = House()
        mortal = house.mortal("events", dies_at=50, error=error)
        with pytest.raises(EternalTaskEnded) as ended:
            await house.run([house.worker("worker", busy=10), mortal], [house.task("lease")])

        assert str(ended.value) == (
            f"the eternal task 'events' has ended: {how}."
            " The process ends with it, instead of going on by halves, to be started afresh."
        )
        assert ended.value.name == "events"
        assert ended.value.__cause__ is (error if isinstance(error, ValueError) else None)
        assert house.diary == [(50, "lease is cancelled"), (50, "lease has ended")]
        assert len(asyncio.all_tasks()) == 1

    test()


@in_virtual_time
async def test_a_lease_that_is_lost_while_workers_finish_cuts_them_off() -> None:
    house = House()
    with pytest.raises(EternalTaskEnded, match=r"'lease'.*LookupError: lost"):
        await house.run(
            [house.worker("worker", busy=20)],
            [house.mortal("lease", dies_at=105, error=LookupError("lost"))],
            stop_at=100,
        )

    assert house.diary == [(100, "worker is asked")]
    assert house.clock.monotonic() == 105


@in_virtual_time
async def test_a_failure_while_finishing_is_not_swallowed() -> None:
    house = House()
    asked = asyncio.Event()

    async def live(_beat: Beat) -> None:
        await asked.wait()
        raise OSError("the disk is full")

    with pytest.raises(EternalTaskEnded, match=r"'worker'.*OSError: the disk is full"):
        await house.run(
            [Eternal("worker", live, within=60, finish=asked.set)],
            [house.task("lease")],
            stop_at=100,
        )

    assert (100, "lease has ended") in house.diary


@in_virtual_time
async def test_who_cancels_the_supervisor_cancels_all_its_tasks() -> None:
    house = House()
    running = asyncio.create_task(house.run([house.task("events")], [house.task("lease")]))
    await house.clock.sleep(5)
    running.cancel()
    await asyncio.wait({running})

    assert running.cancelled()
    assert [what for _, what in house.diary if "ended" in what] == [
        "events has ended",
        "lease has ended",
    ]


@in_virtual_time
async def test_a_task_is_expected_to_tick_from_its_start_until_its_end() -> None:
    house = House()
    seen: dict[float, tuple[str, ...]] = {}

    async def ticks(beat: Beat) -> None:
        while True:
            beat()
            await house.clock.sleep(10)

    async def look(beat: Beat) -> None:
        while True:
            beat()
            seen[house.clock.monotonic()] = house.heartbeats.stale()
            await house.clock.sleep(50)

    await house.run(
        [Eternal("hangs", for_ever, within=60), Eternal("ticks", ticks, within=10)],
        [Eternal("look", look, within=50)],
        stop_at=120,
    )

    assert seen == {0: (), 50: (), 100: ("hangs",)}
    await house.clock.sleep(1_000)
    assert house.heartbeats.stale() == ()


@in_virtual_time
async def test_two_tasks_of_one_name_are_refused_and_nothing_is_left_running() -> None:
    house = House()
    with pytest.raises(ValueError, match="two eternal tasks are named 'events'"):
        await house.run([house.task("events")], [house.task("events")])

    assert len(asyncio.all_tasks()) == 1
