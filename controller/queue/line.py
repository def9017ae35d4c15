"""The line of waiting keys: each stands in it once; those whose time has not come stand apart."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from heapq import heapify, heappop, heappush
from itertools import count
from typing import Generic, TypeVar

from controller.queue.order import Place

K = TypeVar("K", bound=Hashable)


class Line(Generic[K]):
    """Hands out the ready key with the earliest turn; among equals, the one that came first.

    Both heaps hold tickets, (moment, number, key). Moving a key leaves its old ticket behind, void
    because its number is no longer the key's; voided tickets are dropped when met, or when they
    outnumber the others.
    """

    def __init__(self) -> None:
        self._places: dict[K, Place] = {}
        self._numbers: dict[K, int] = {}
        self._ready: list[tuple[float, int, K]] = []
        self._later: list[tuple[float, int, K]] = []
        self._count = count()

    def put(self, key: K, place: Place) -> None:
        """Let *key* stand at *place*, or at the better of two places if it stands already."""
        held = self._places.get(key)
        merged = place if held is None else held.merge(place)

        if merged != held:
            self._places[key] = merged
            self._numbers[key] = next(self._count)
            self._issue(key, self._later, merged.ready_at)

    def take(self, now: float) -> tuple[K, Place] | None:
        """Remove and return the next key that is ready at *now*, or None if there is none."""
        self._let_in(now)
        while self._ready:
            _, number, key = heappop(self._ready)

            if self._numbers.get(key) == number:
                del self._numbers[key]
                return key, self._places.pop(key)

        return None

    def opens_at(self) -> float | None:
        """Return when the first of those that are not ready will be, or None if there is none.

        To be asked after `take` found nobody: then it is the time to sleep until.
        """
        while self._later and self._is_void(self._later[0]):
            heappop(self._later)

        return self._later[0][0] if self._later else None

    def places(self) -> Iterable[Place]:
        """Return the places of all who stand in line, ready or not, in no particular order."""
        return self._places.values()

    def _let_in(self, now: float) -> None:
        while self._later and self._later[0][0] <= now:
            ticket = heappop(self._later)

            if not self._is_void(ticket):
                key = ticket[2]
                self._issue(key, self._ready, self._places[key].turn)

    def _issue(self, key: K, heap: list[tuple[float, int, K]], moment: float) -> None:
        heappush(heap, (moment, self._numbers[key], key))

        if len(heap) > 2 * len(self._places) + 64:
            heap[:] = [ticket for ticket in heap if not self._is_void(ticket)]
            heapify(heap)

    def _is_void(self, ticket: tuple[float, int, K]) -> bool:
        _, number, key = ticket
        return self._numbers.get(key) != number
