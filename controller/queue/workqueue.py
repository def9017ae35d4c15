"""Kubernetes' workqueue, in one process: a key is never worked on twice at once.

A key that is asked for again while it waits stands in line once, at the better of both places. One
asked for while it is worked on is handed out once more after `done`. The queue holds keys, never
events: what happened is read afresh by whoever gets the key, so dropping the queue loses nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from controller.ports.clock import Clock
from controller.queue.backoff import Backoff
from controller.queue.line import Line
from controller.queue.order import Place, Priority

K = TypeVar("K", bound=Hashable)


class QueueShutDown(Exception):
    """The queue hands out nothing any more."""


@dataclass(frozen=True, slots=True)
class _Work:
    """A key in hand: at which priority it was taken, and when (monotonic)."""

    priority: Priority
    since: float


class WorkQueue(Generic[K]):
    """The keys that wait, those in hand, and how often each has failed in a row.

    *random* draws the jitter of the backoff from [0, 1), as `random.Random().random` does.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        random: Callable[[], float],
        backoff: Backoff | None = None,
    ) -> None:
        self._clock = clock
        self._random = random
        self._backoff = backoff or Backoff()
        self._line: Line[K] = Line()
        self._in_hand: dict[K, _Work] = {}
        self._once_more: dict[K, Place] = {}
        self._failures: dict[K, int] = {}
        self._changed = asyncio.Event()
        self._shut = False

    def add(self, key: K, *, priority: Priority = Priority.RESYNC, after: float = 0.0) -> None:
        """Ask for *key* to be worked on, *after* so many seconds. Ignored once shut down."""
        if self._shut:
            return

        place = Place(priority, self._clock.monotonic() + max(0.0, after))

        if key in self._in_hand:
            held = self._once_more.get(key)
            self._once_more[key] = place if held is None else held.merge(place)
        else:
            self._stand(key, place)

    async def get(self) -> K:
        """Wait for the next key and take it in hand, until `done`. Cancelling it loses no key.

        Raises QueueShutDown after `shut_down`, even if keys still wait.
        """
        while not self._shut:
            now = self._clock.monotonic()
            taken = self._line.take(now)

            if taken is not None:
                key, place = taken
                self._in_hand[key] = _Work(place.priority, since=now)
                return key

            await self._change(now)

        raise QueueShutDown

    def done(self, key: K) -> None:
        """Lay *key* out of hand. It goes back in line if it was asked for in the meantime.

        Raises KeyError if *key* is not in hand.
        """
        del self._in_hand[key]
        place = self._once_more.pop(key, None)

        if place is not None:
            self._stand(key, place)

    def retry(self, key: K) -> None:
        """Ask for *key* again after a backoff, at the priority at which it is in hand."""
        failures = self._failures.get(key, 0) + 1
        self._failures[key] = failures
        work = self._in_hand.get(key)
        self.add(
            key,
            priority=Priority.RESYNC if work is None else work.priority,
            after=self._backoff.delay(failures, self._random),
        )

    def forget(self, key: K) -> None:
        """Let the failures of *key* be bygones: its next backoff is the first again."""
        self._failures.pop(key, None)

    def shut_down(self) -> None:
        """Take nothing in and hand nothing out any more; what is in hand may be finished.

        What still waits is dropped: unlike in Kubernetes, a stop must not wait for a full resync,
        and the next start finds the same keys by looking.
        """
        self._shut = True
        self._changed.set()

    def __len__(self) -> int:
        """Return how many keys are ready and not in hand."""
        return sum(self.depth().values())

    def depth(self) -> Mapping[Priority, int]:
        """Return how many keys are ready and not in hand, for each priority."""
        depth = dict.fromkeys(Priority, 0)
        for place in self._ready():
            depth[place.priority] += 1

        return depth

    def oldest_age(self) -> float:
        """Return for how many seconds the oldest ready key has been ready; 0.0 without one."""
        now = self._clock.monotonic()
        return max((now - place.ready_at for place in self._ready()), default=0.0)

    def in_hand(self) -> Mapping[K, float]:
        """Return the keys that are worked on, and for how many seconds each."""
        now = self._clock.monotonic()
        return {key: now - work.since for key, work in self._in_hand.items()}

    def _ready(self) -> list[Place]:
        now = self._clock.monotonic()
        return [place for place in self._line.places() if place.ready_at <= now]

    def _stand(self, key: K, place: Place) -> None:
        self._line.put(key, place)
        self._changed.set()

    async def _change(self, now: float) -> None:
        """Wait until a key comes, or until the first of those in line is ready.

        All who wait are woken by every change and look for themselves, so none is ever missed.
        """
        opens_at = self._line.opens_at()
        self._changed.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(None if opens_at is None else opens_at - now):
                await self._changed.wait()
