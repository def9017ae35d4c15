"""Passes over the whole fleet, for a process that ends: look at all once, or until all is settled.

Services come before log groups and clusters: only when every service has said what it claims of a
group is it known what is asked of it, and only then how much the policies would change.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from controller.core.outcome import Outcome
from controller.core.refs import ClusterRef, Ref, ServiceRef
from controller.errors import AwsError, ThrottledError
from controller.fleet import Fleet
from controller.ports.clock import Clock

_SOON: Final = timedelta(minutes=1)
_TRIES: Final = 5
_TRIES_IF_THROTTLED: Final = 30
"""A write that was throttled is not repeated by itself: each try is another look, and a write."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A fault that did not pass: how often in a row, and the last of them."""

    times: int
    error: Exception

    @property
    def is_final(self) -> bool:
        """Tell whether it came so often that the target is given up."""
        throttled = isinstance(self.error, ThrottledError)
        return self.times >= (_TRIES_IF_THROTTLED if throttled else _TRIES)

    def __str__(self) -> str:
        """What went wrong; of a fault of ours only its type, for its text may hold a secret."""
        if isinstance(self.error, AwsError):
            return str(self.error)
        return f"a fault of ours, {type(self.error).__name__}; please report it"


@dataclass(slots=True)
class Passes:
    """Reconciles many targets, *at_once* of them at the same time, and keeps what came of it."""

    reconcile: Callable[[Ref], Awaitable[Outcome | None]]
    fleet: Fleet
    clock: Clock
    at_once: int
    tell: Callable[[Outcome], None]
    outcomes: dict[Ref, Outcome] = field(default_factory=dict)
    failures: dict[Ref, Failure] = field(default_factory=dict)

    async def once(self, services: Collection[ServiceRef]) -> None:
        """Look at all *services* once, then at the log groups that they claim and their clusters.

        Those that had to wait until the fleet was seen whole are then looked at again.
        """
        await self._each(sorted(services))
        await self._each(self.fleet.next_in_line())
        await self._each(sorted(self.fleet.claims.claimed()))
        await self._each(sorted({one.cluster_ref for one in services}))

    async def until_settled(self, services: Collection[ServiceRef]) -> None:
        """Go on until nothing is in flight and a pass finds no move to make now.

        A target whose fault does not pass is given up after some tries in a row.
        """
        while True:
            await self.once(services)
            if not (restless := self._restless()):
                return
            while restless:
                await self.clock.sleep(self._pause(restless))
                await self._each(restless)
                restless = self._restless()

    def _restless(self) -> list[Ref]:
        """Return what to look at soon: what goes on, and what waits for it to end."""
        given_up = {ref for ref, one in self.failures.items() if one.is_final}
        seen = {ref: one for ref, one in self.outcomes.items() if ref not in given_up}
        going = [ref for ref, one in seen.items() if _goes_on(one)]
        failing = [ref for ref in self.failures if ref not in given_up]
        if not going and not failing:
            return []
        waiting = [ref for ref, one in seen.items() if one.requeue_after <= _SOON]
        return list(dict.fromkeys((*going, *failing, *waiting, *self.fleet.next_in_line())))

    def _pause(self, refs: Iterable[Ref]) -> float:
        pauses = [self.outcomes[ref].requeue_after for ref in refs if ref in self.outcomes]
        return min(pauses, default=timedelta(seconds=1)).total_seconds()

    async def _each(self, refs: Iterable[Ref]) -> None:
        turns = asyncio.Semaphore(self.at_once)
        async with asyncio.TaskGroup() as group:
            for ref in refs:
                group.create_task(self._one(ref, turns), name=str(ref))

    async def _one(self, ref: Ref, turns: asyncio.Semaphore) -> None:
        async with turns:
            try:
                outcome = await self.reconcile(ref)
            except Exception as error:  # noqa: BLE001  # one bad target must not stop the others
                times = self.failures[ref].times + 1 if ref in self.failures else 1
                self.failures[ref] = Failure(times, error)
                return
        self.failures.pop(ref, None)
        if outcome is None:
            self.outcomes.pop(ref, None)
        else:
            self.outcomes[ref] = outcome
            self.tell(outcome)


def _goes_on(outcome: Outcome) -> bool:
    """Tell whether there is more to come; what a cluster has remembered lets nobody go on."""
    remembered = outcome.moved and isinstance(outcome.ref, ClusterRef)
    return outcome.in_flight or (outcome.moved and not remembered)
