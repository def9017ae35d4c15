"""The queue does what a much simpler one does, whatever is done to it, in whatever order."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from controller.queue.backoff import Backoff
from controller.queue.order import PATIENCE, Priority
from controller.queue.workqueue import QueueShutDown, WorkQueue
from tests.virtual_time import VirtualClock, virtual_time

T = TypeVar("T")

KEYS = tuple("abcde")
keys = st.sampled_from(KEYS)
priorities = st.sampled_from(Priority)
delays = st.sampled_from([0.0, 0.0, 0.25, 1.0, 40.0, 300.0, 1_000.0])


@dataclass
class Model:
    """A queue as one would explain it: what is asked for, what is in hand, and a look at all."""

    asked: dict[str, tuple[Priority, float]] = field(default_factory=dict)
    in_hand: dict[str, Priority] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)

    def add(self, key: str, priority: Priority, ready_at: float) -> None:
        held_priority, held_ready_at = self.asked.get(key, (priority, ready_at))
        self.asked[key] = max(priority, held_priority), min(ready_at, held_ready_at)

    def waiting(self) -> dict[str, tuple[Priority, float]]:
        return {key: asked for key, asked in self.asked.items() if key not in self.in_hand}

    def ready(self, now: float) -> dict[str, tuple[Priority, float]]:
        return {key: asked for key, asked in self.waiting().items() if asked[1] <= now}

    def next(self, now: float) -> set[str]:
        """All that may be next: those whose patience ends first."""
        turns = {key: at + PATIENCE[priority] for key, (priority, at) in self.ready(now).items()}
        return {key for key, turn in turns.items() if turn == min(turns.values())}

    def take(self, key: str) -> None:
        self.in_hand[key] = self.asked.pop(key)[0]


class WorkQueueMachine(RuleBasedStateMachine):
    """Does the same to the queue and to its model, and compares all that can be seen."""

    @initialize()
    def start(self) -> None:
        self.runner = virtual_time()
        self.clock = VirtualClock()
        self.drawn = 0.0
        self.queue: WorkQueue[str] = WorkQueue(clock=self.clock, random=lambda: self.drawn)
        self.model = Model()

    def teardown(self) -> None:
        self.runner.close()

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(doing)

    @property
    def now(self) -> float:
        return self.runner.get_loop().time()

    @rule(key=keys, priority=priorities, after=delays)
    def add(self, key: str, priority: Priority, after: float) -> None:
        async def add() -> None:
            self.queue.add(key, priority=priority, after=after)

        self.run(add())
        self.model.add(key, priority, self.now + after)

    @rule(seconds=st.sampled_from([0.25, 1.0, 29.75, 30.0, 299.0, 2_000.0]))
    def time_passes(self, seconds: float) -> None:
        self.run(self.clock.sleep(seconds))

    @precondition(lambda self: self.model.waiting())
    @rule()
    def get(self) -> None:
        """Somebody gets the next key, if need be after waiting until one is ready."""
        opens_at = min(ready_at for _, ready_at in self.model.waiting().values())
        expected_at = max(self.now, opens_at)

        key = self.run(self.queue.get())

        assert self.now == expected_at
        assert key in self.model.next(self.now)
        self.model.take(key)

    @precondition(lambda self: not self.model.waiting())
    @rule()
    def get_in_vain(self) -> None:
        """All is in hand, or nothing was asked for: then no time is long enough."""

        async def get() -> None:
            async with asyncio.timeout(5_000):
                await self.queue.get()

        try:
            self.run(get())
        except TimeoutError:
            return

        raise AssertionError("a key was handed out that nobody waits for")

    @precondition(lambda self: self.model.in_hand)
    @rule(data=st.data())
    def done(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.model.in_hand)))

        async def done() -> None:
            self.queue.done(key)

        self.run(done())
        del self.model.in_hand[key]

    @rule(key=keys, drawn=st.sampled_from([0.0, 0.25, 0.5, 0.75]))
    def retry(self, key: str, drawn: float) -> None:
        self.drawn = drawn

        async def retry() -> None:
            self.queue.retry(key)

        self.run(retry())
        failed = self.model.failures[key] = self.model.failures.get(key, 0) + 1
        priority = self.model.in_hand.get(key, Priority.RESYNC)
        self.model.add(key, priority, self.now + Backoff().delay(failed, lambda: drawn))

    @rule(key=keys)
    def forget(self, key: str) -> None:
        self.queue.forget(key)
        self.model.failures.pop(key, None)

    @precondition(lambda self: len(self.model.in_hand) > 2)
    @rule()
    def shut_down(self) -> None:
        """A stop, and a fresh start with an empty queue: what is in hand is still laid down."""
        self.queue.shut_down()

        async def finish() -> None:
            for key in self.model.in_hand:
                self.queue.add(key)
                self.queue.done(key)

            await self.queue.get()

        try:
            self.run(finish())
        except QueueShutDown:
            self.runner.close()
            self.start()
            return

        raise AssertionError("a key was handed out after the shut down")

    @invariant()
    def what_can_be_seen_is_the_same(self) -> None:
        async def look() -> tuple[dict[Priority, int], int, float, set[str]]:
            queue = self.queue
            return dict(queue.depth()), len(queue), queue.oldest_age(), set(queue.in_hand())

        depth, length, oldest_age, in_hand = self.run(look())
        ready = self.model.ready(self.now).values()

        assert depth == {wanted: sum(p is wanted for p, _ in ready) for wanted in Priority}
        assert length == len(ready)
        assert oldest_age == max((self.now - ready_at for _, ready_at in ready), default=0.0)
        assert in_hand == set(self.model.in_hand)


TestWorkQueueLikeItsModel = WorkQueueMachine.TestCase
TestWorkQueueLikeItsModel.settings = settings(max_examples=150, stateful_step_count=40)
