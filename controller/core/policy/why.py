"""Why: what became of each policy when it was asked whether it governs a service.

It asks the very functions by which `select` decides, and `select` itself who governs: what is told
cannot differ from what is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from controller.core.policy.mode import Mode
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.select import (
    Contested,
    Governed,
    Selection,
    Subject,
    Undecided,
    fits,
    fits_any,
    governs,
    not_known,
    ranked,
    select,
    verdicts,
)


class Place(StrEnum):
    """How a policy came out."""

    GOVERNS = "Governs"
    TIED = "Tied"
    PENDING = "Pending"
    OUTRANKED = "Outranked"
    NOT_KNOWN = "NotKnown"
    EXCLUDED = "Excluded"
    NO_MATCH = "NoMatch"


@dataclass(frozen=True, slots=True)
class Considered:
    """One policy, how it came out, and why in words.

    `excluded_by` counts the selectors of `exclude` from 1; `lacks` is what is not known and decides
    whether it matches.
    """

    name: str
    priority: int
    mode: Mode
    place: Place
    because: str = ""
    excluded_by: int | None = None
    lacks: tuple[str, ...] = ()

    @property
    def concerns(self) -> bool:
        """Tell whether `match` fits the service, or may."""
        return self.place is not Place.NO_MATCH


@dataclass(frozen=True, slots=True)
class Why:
    """Which policy governs a service, if any, and what became of each, in the order of priority."""

    selection: Selection
    considered: tuple[Considered, ...]


def why(policies: Iterable[LoggingPolicy], subject: Subject) -> Why:
    """Return what `select` answers for a service, and what each policy has to do with that."""
    in_order = ranked(policies)
    selection = select(in_order, subject)
    first = _first(in_order, selection, subject)
    return Why(selection, tuple(_considered(one, subject, selection, first) for one in in_order))


def _considered(
    policy: LoggingPolicy, subject: Subject, selection: Selection, first: tuple[str, ...]
) -> Considered:
    """Return how *policy* came out; *first* are those that leave nothing to the ones below."""
    place = _place(policy, subject, selection)
    others = " and ".join(f"`{name}`" for name in first if name != policy.name)
    considered = Considered(policy.name, policy.priority, policy.mode, place)
    match place:
        case Place.GOVERNS:
            disabled = "it is disabled, so that nothing is asked of the service"
            return replace(considered, because=disabled if policy.mode is Mode.DISABLED else "")
        case Place.TIED:
            told = f"its priority is that of {others}, so that none of them governs"
            return replace(considered, because=told)
        case Place.PENDING:
            return replace(considered, because=f"it cannot be told whether {others} governs")
        case Place.OUTRANKED:
            return replace(considered, because=f"it comes after {others}, of a higher priority")
        case Place.NOT_KNOWN:
            lacks = not_known(policy, subject)
            told = f"it selects by {', '.join(lacks)}, not known here"
            return replace(considered, because=told, lacks=lacks)
        case Place.EXCLUDED:
            number = _excluded_by(policy, subject)
            told = f"selector {number} of its `exclude` fits"
            return replace(considered, because=told, excluded_by=number)
        case Place.NO_MATCH:
            return replace(considered, because="; ".join(_misfits(policy, subject)))


def _place(policy: LoggingPolicy, subject: Subject, selection: Selection) -> Place:
    verdict = governs(policy, subject)
    if verdict is None:
        return Place.NOT_KNOWN
    if not verdict:
        return Place.NO_MATCH if fits_any(policy.match, subject) is False else Place.EXCLUDED
    match selection:
        case Governed(policy=governing) if governing.name == policy.name:
            return Place.GOVERNS
        case Contested(names=names) if policy.name in names:
            return Place.TIED
        case Undecided():
            return Place.PENDING
        case _:
            return Place.OUTRANKED


def _first(
    in_order: Iterable[LoggingPolicy], selection: Selection, subject: Subject
) -> tuple[str, ...]:
    """Return who governs, or who keeps anybody else from governing."""
    match selection:
        case Governed(policy=policy):
            return (policy.name,)
        case Contested(names=names):
            return names
        case Undecided():
            untold = (one.name for one in in_order if governs(one, subject) is None)
            return (next(untold),)
        case _:
            return ()


def _excluded_by(policy: LoggingPolicy, subject: Subject) -> int | None:
    fitting = (n for n, one in enumerate(policy.exclude, start=1) if fits(one, subject))
    return next(fitting, None)


def _misfits(policy: LoggingPolicy, subject: Subject) -> Iterator[str]:
    """Yield, for each selector of `match`, the first thing by which it does not fit."""
    for number, selector in enumerate(policy.match, start=1):
        for called, verdict in verdicts(selector, subject):
            if verdict is False:
                yield f"{called} does not fit selector {number} of its `match`"
                break
