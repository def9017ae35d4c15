"""What came of taking services back at a person's word: one by one, and in all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from controller.core.reason import Reason
from controller.core.record import Record
from controller.core.refs import ServiceRef


@dataclass(frozen=True, slots=True)
class Meant:
    """Which services are meant: those of these names, or all whose last roll of ours began since.

    `since` is a moment, or how long ago that was.
    """

    names: tuple[str, ...] = ()
    since: datetime | timedelta | None = None

    def covers(self, rolled_at: datetime | None, now: datetime) -> bool:
        """Tell whether a service is meant whose last roll of ours began then; None: it had none."""
        match self.since:
            case None:
                return True
            case timedelta() as span:
                return rolled_at is not None and rolled_at >= now - span
            case moment:
                return rolled_at is not None and rolled_at >= moment

    def is_to_come(self, now: datetime) -> bool:
        """Tell whether it asks for what has begun since a moment that is still to come."""
        return isinstance(self.since, datetime) and self.since > now


class Ending(StrEnum):
    """How it ended for one service, in the order in which a person wants to know of it."""

    FAILED = "Failed"
    REFUSED = "Refused"
    NOT_BEGUN = "NotBegun"
    DECLINED = "Declined"
    BACK = "Back"
    ALREADY = "Already"


@dataclass(frozen=True, slots=True)
class Planned:
    """One service that would be taken back; `under_way`: it is on its way already.

    `came_from` and `went_to` are ARNs of revisions, None where that is not known yet.
    """

    ref: ServiceRef
    came_from: str | None
    went_to: str | None
    under_way: bool = False


@dataclass(frozen=True, slots=True)
class TakenBack:
    """One service: how it ended, from which revision to which, and why not, where it was not.

    `suspended`: it is, so that no controller corrects it again, whoever said so, and when.
    `writes` are the moves that were made or tried.
    """

    ref: ServiceRef
    ending: Ending
    reason: Reason | None = None
    came_from: str | None = None
    went_to: str | None = None
    suspended: bool = False
    writes: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Suspending:
    """A service is being suspended; `already`: it was before."""

    ref: ServiceRef
    already: bool = False


Begun: TypeAlias = Suspending | Record
"""What is told as it is done: of a suspension that it is begun, of a move what came of it."""


@dataclass(frozen=True, slots=True)
class Rollback:
    """All services that were meant, and sentences on what could not be listed."""

    services: tuple[TakenBack, ...]
    gaps: tuple[str, ...] = ()

    def ended(self, *endings: Ending) -> tuple[TakenBack, ...]:
        """Return those that ended so."""
        return tuple(one for one in self.services if one.ending in endings)
