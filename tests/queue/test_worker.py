"""A worker does as it is told, and one bad key is its own affair."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from controller.queue.order import Priority
from controller.queue.worker import (
    IDLE,
    Forget,
    HandlingTimedOut,
    Requeue,
    Retry,
    Verdict,
    longest_silence,
    work,
)
from controller.queue.workqueue import WorkQueue
from tests.virtual_time import VirtualClock, in_virtual_time

LIMIT = 100.0


@dataclass
class Shop:
    """A queue, its workers, and a book of what was handled when, what failed, and who ticked."""

    handle: Callable[[str], Awaitable[Verdict]]
    clock: VirtualClock = field(default_factory=VirtualClock)
    handled: list[tuple[float, str]] = field(default_factory=list)
    errors: list[tuple[str, BaseException]] = field(default_factory=list)
    beats: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.queue: WorkQueue[str] = WorkQueue(clock=self.clock, random=lambda: 0.0)

    async def open(self, *, until: float, workers: int = 1) -> None:
        """Work until *until*, then shut the queue, and return when all workers have gone home."""
        async with asyncio.TaskGroup() as group:
            for _ in range(workers):
                group.create_task(self.work())

            await self.clock.sleep(until - self.clock.monotonic())
            self.queue.shut_down()

    async def work(self) -> None:
        await work(
            self.queue,
            self._handle,
            limit=LIMIT,
            on_error=lambda key, error: self.errors.append((key, error)),
            beat=lambda: self.beats.append(self.clock.monotonic()),
        )

    async def _handle(self, key: str) -> Verdict:
        self.handled.append((self.clock.monotonic(), key))
        return await self.handle(key)


async def forget(_key: str) -> Verdict:
    return Forget()


@in_virtual_time
async def test_a_forgotten_key_is_handled_once() -> None:
    shop = Shop(forget)
    shop.queue.add("web")
    await shop.open(until=10_000)

    assert shop.handled == [(0, "web")]
    assert shop.errors == []


@in_virtual_time
async def test_a_requeued_key_is_handled_again_after_its_delay() -> None:
    async def handle(_key: str) -> Verdict:
        return Requeue(after=60)

    shop = Shop(handle)
    shop.queue.add("web")
    await shop.open(until=150)

    assert shop.handled == [(0, "web"), (60, "web"), (120, "web")]


@in_virtual_time
async def test_a_requeued_key_has_the_priority_that_the_verdict_gives_it() -> None:
    async def handle(key: str) -> Verdict:
        if key == "roll" and len(shop.handled) == 1:
            return Requeue(after=5, priority=Priority.MOVE)

        await asyncio.sleep(10)
        return Forget()

    shop = Shop(handle)
    shop.queue.add("roll")
    shop.queue.add("one")
    shop.queue.add("two")
    await shop.open(until=100)

    assert [key for _, key in shop.handled] == ["roll", "one", "roll", "two"]


@in_virtual_time
async def test_a_key_to_be_retried_backs_off_and_a_success_lets_bygones_be_bygones() -> None:
    verdicts: list[Verdict] = [Retry(), Retry(), Requeue(after=50), Retry(), Forget()]

    async def handle(_key: str) -> Verdict:
        return verdicts[len(shop.handled) - 1]

    shop = Shop(handle)
    shop.queue = WorkQueue(clock=shop.clock, random=lambda: 0.5)
    shop.queue.add("web")
    await shop.open(until=1_000)

    assert [when for when, _ in shop.handled] == [0, 1.5, 4, 54, 55.5]


@in_virtual_time
async def test_a_key_that_raises_is_told_and_retried_and_the_others_go_on() -> None:
    async def handle(key: str) -> Verdict:
        if key == "bad":
            raise RuntimeError("bad to the bone")

        return Forget()

    shop = Shop(handle)
    for key in ("bad", "good", "fine"):
        shop.queue.add(key)
    await shop.open(until=0.5)

    assert [key for _, key in shop.handled] == ["bad", "good", "fine"]
    assert [(key, str(error)) for key, error in shop.errors] == [("bad", "bad to the bone")]


@in_virtual_time
async def test_a_key_that_hangs_is_given_up_at_its_limit_and_retried() -> None:
    async def handle(key: str) -> Verdict:
        if key == "hangs":
            await asyncio.Event().wait()

        return Forget()

    shop = Shop(handle)
    shop.queue.add("hangs")
    shop.queue.add("good")
    await shop.open(until=LIMIT + 0.5)

    assert shop.handled == [(0, "hangs"), (LIMIT, "good")]
    [(key, error)] = shop.errors
    assert key == "hangs"
    assert isinstance(error, HandlingTimedOut)
    assert str(error) == "not handled within 100 s; it is tried again"


@in_virtual_time
async def test_a_timeout_inside_the_handler_is_not_mistaken_for_the_limit() -> None:
    async def handle(_key: str) -> Verdict:
        raise TimeoutError("AWS did not answer")

    shop = Shop(handle)
    shop.queue.add("web")
    await shop.open(until=0.5)

    assert [str(error) for _, error in shop.errors] == ["AWS did not answer"]
    assert not isinstance(shop.errors[0][1], HandlingTimedOut)


@in_virtual_time
async def test_a_cancellation_that_leaks_from_the_handler_does_not_end_the_worker() -> None:
    async def handle(key: str) -> Verdict:
        if key == "leaks":
            raise asyncio.CancelledError

        return Forget()

    shop = Shop(handle)
    shop.queue.add("leaks")
    shop.queue.add("good")
    await shop.open(until=0.5)

    assert [key for _, key in shop.handled] == ["leaks", "good"]
    assert [key for key, _ in shop.errors] == ["leaks"]


@in_virtual_time
async def test_a_worker_that_is_cancelled_ends_and_lays_its_key_down() -> None:
    async def handle(_key: str) -> Verdict:
        await asyncio.Event().wait()
        return Forget()

    shop = Shop(handle)
    shop.queue.add("web")
    worker = asyncio.create_task(shop.work())
    await asyncio.sleep(1)
    assert shop.queue.in_hand() == {"web": 1}

    worker.cancel()
    await asyncio.wait({worker})

    assert worker.cancelled()
    assert shop.queue.in_hand() == {}
    assert shop.errors == []


@in_virtual_time
async def test_at_the_stop_the_key_in_hand_is_finished_and_no_other_begun() -> None:
    finished = []

    async def handle(key: str) -> Verdict:
        await asyncio.sleep(20)
        finished.append(key)
        return Forget()

    shop = Shop(handle)
    shop.queue.add("in hand")
    shop.queue.add("waits")
    await shop.open(until=5)

    assert finished == ["in hand"]
    assert shop.clock.monotonic() == 20


@in_virtual_time
async def test_several_workers_share_the_keys_and_never_one_key() -> None:
    in_hand: set[str] = set()
    most = 0

    async def handle(key: str) -> Verdict:
        nonlocal most
        assert key not in in_hand
        in_hand.add(key)
        most = max(most, len(in_hand))
        shop.queue.add(key)
        await asyncio.sleep(7)
        in_hand.discard(key)
        return Forget()

    shop = Shop(handle)
    for key in "abcde":
        shop.queue.add(key)
    await shop.open(until=100, workers=3)

    assert shop.errors == []
    assert most == 3
    assert {key for _, key in shop.handled} == set("abcde")


@in_virtual_time
async def test_a_worker_ticks_while_it_is_idle_and_between_keys() -> None:
    async def handle(_key: str) -> Verdict:
        await asyncio.sleep(LIMIT)
        return Forget()

    shop = Shop(handle)
    shop.queue.add("slow", after=3 * IDLE + 1)
    await shop.open(until=500)

    gaps = [later - earlier for earlier, later in zip(shop.beats, shop.beats[1:], strict=False)]
    assert shop.beats[:4] == [0, IDLE, 2 * IDLE, 3 * IDLE]
    assert max(gaps) <= longest_silence(limit=LIMIT)


@in_virtual_time
async def test_a_handler_that_never_waits_starves_nobody() -> None:
    shop = Shop(forget)
    for number in range(100):
        shop.queue.add(str(number))

    worker = asyncio.create_task(shop.work())
    for _ in range(10):
        await asyncio.sleep(0)

    assert 0 < len(shop.handled) <= 10
    shop.queue.shut_down()
    await worker


@in_virtual_time
async def test_an_error_that_cannot_be_told_ends_the_worker_for_all_to_see() -> None:
    async def handle(_key: str) -> Verdict:
        raise RuntimeError

    def on_error(_key: str, _error: BaseException) -> None:
        raise OSError("the log is full")

    queue: WorkQueue[str] = WorkQueue(clock=VirtualClock(), random=lambda: 0.0)
    queue.add("web")

    with pytest.raises(OSError, match="the log is full"):
        await work(queue, handle, limit=LIMIT, on_error=on_error, beat=lambda: None)

    assert queue.in_hand() == {}
