"""Who is next: priorities, and how waiting makes up for a lower one.

Every priority has a patience: how long a key may be passed by keys of a higher priority that came
later. A key's turn is the moment at which its patience ends, and the earliest turn is next. So a
person's wish goes before the resync of the whole fleet, yet no stream of wishes can starve it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import Final


class Priority(IntEnum):
    """Why a key is to be looked at, the least urgent first."""

    RESYNC = 1
    MOVE = 2  # a move is in flight: a rollout to watch, a return to make
    PERSON = 3


PATIENCE: Final[Mapping[Priority, float]] = MappingProxyType(
    {
        Priority.PERSON: 0.0,
        Priority.MOVE: 30.0,
        Priority.RESYNC: 300.0,
    },
)
"""Seconds for which later keys of a higher priority may go first."""


@dataclass(frozen=True, slots=True)
class Place:
    """A key's place in the queue: how urgent it is, and when it may be worked on (monotonic)."""

    priority: Priority
    ready_at: float

    @property
    def turn(self) -> float:
        """When its patience ends. It does not move as time passes, so order is settled on entry."""
        return self.ready_at + PATIENCE[self.priority]

    def merge(self, other: Place) -> Place:
        """Return the place of a key that was asked for twice: the higher priority, the sooner."""
        return Place(
            priority=max(self.priority, other.priority),
            ready_at=min(self.ready_at, other.ready_at),
        )
