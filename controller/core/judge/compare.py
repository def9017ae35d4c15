"""The comparison of one demand with a document: the only place where the two meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from controller.core.document import edit
from controller.core.document.edit import Edit
from controller.core.document.json import (
    Document,
    Json,
    Missing,
    differ,
    is_list,
    items,
    same,
    unresolved_in,
)
from controller.core.document.path import Path, obstacle, read
from controller.core.document.unresolved import Unresolved, Withheld
from controller.core.judge.demand import Absent, AtLeast, Insert, OneOf, Simple, Together, Want


@dataclass(frozen=True, slots=True)
class Met:
    """What is, is what must be."""


@dataclass(frozen=True, slots=True)
class Differs:
    """What is differs from what must be, and `edits` would make it so."""

    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class NotKnown:
    """What is cannot be known (`wanted` False), or what must be cannot (`wanted` True)."""

    because: str
    wanted: bool


Comparison: TypeAlias = Met | Differs | NotKnown


def path_of(demand: Simple | Together) -> Path:
    """Return the path under which a finding for *demand* is shown."""
    return demand.demands[0].path if isinstance(demand, Together) else demand.path


def compare(document: Document, demand: Simple | Together) -> Comparison:
    """Compare *demand* with *document*: equal, different, or not to be known."""
    if isinstance(demand, Together):
        return _compare_all(document, demand)
    if unknown := _unknown(document, demand):
        return unknown
    return Met() if _is_met(document, demand) else Differs((_put(demand),))


def _compare_all(document: Document, together: Together) -> Comparison:
    compared = [compare(document, demand) for demand in together.demands]
    for comparison in compared:
        if isinstance(comparison, NotKnown):
            return comparison
    if all(isinstance(comparison, Met) for comparison in compared):
        return Met()
    edits = (_put(demand) for demand in together.demands if not _stands(document, demand))
    return Differs(tuple(edits))


def _unknown(document: Document, demand: Simple) -> NotKnown | None:
    for wanted in _wanted(demand):
        if (hole := unresolved_in(wanted)) is not None:
            return NotKnown(hole.because, wanted=True)
    actual = _actual(document, demand)
    hole = unresolved_in(actual)
    if hole is not None and not (isinstance(hole, Withheld) and _differs_anyway(actual, demand)):
        return NotKnown(hole.because, wanted=False)
    if (odd := _misshapen(document, demand)) is not None:
        return NotKnown(f"{odd} has not the shape that ECS gives it", wanted=False)
    return None


def _differs_anyway(actual: Json | Missing, demand: Simple) -> bool:
    """Tell whether the demand is not met, whatever it is that was withheld: it is there."""
    match demand:
        case Want() | OneOf():
            return all(differ(actual, value) for value in _wanted(demand))
        case Absent():
            return True
        case AtLeast() | Insert():
            return False


def _misshapen(document: Document, demand: Simple) -> Path | None:
    """Return the path to a value that keeps the demand from being met by an edit, or None."""
    if isinstance(demand, Insert):
        actual = read(document, demand.path)
        if not (isinstance(actual, Missing) or actual is None or is_list(actual)):
            return demand.path
    return obstacle(document, demand.path)


def _wanted(demand: Simple) -> tuple[Json, ...]:
    match demand:
        case Want(value=value) | AtLeast(value=value) | Insert(value=value):
            return (value,)
        case OneOf(values=values):
            return values
        case Absent():
            return ()


def _actual(document: Document, demand: Simple) -> Json | Missing:
    actual = read(document, demand.path)
    if isinstance(actual, Missing) and isinstance(demand, Want | OneOf | AtLeast):
        return demand.absent
    return actual


def _is_met(document: Document, demand: Simple) -> bool:
    actual = _actual(document, demand)
    match demand:
        case Want(value=value):
            return same(actual, value)
        case OneOf(values=values):
            return any(same(actual, value) for value in values)
        case AtLeast():
            return _measures(actual, demand)
        case Absent():
            return isinstance(actual, Missing)
        case Insert(value=value):
            return any(same(member, value) for member in items(actual))


def _measures(actual: Json | Missing, demand: AtLeast) -> bool:
    if isinstance(actual, Missing | Unresolved):
        return False
    amount, least = demand.measure(actual), demand.measure(demand.value)
    return amount is not None and least is not None and amount >= least


def _stands(document: Document, demand: Simple) -> bool:
    """Tell whether the demand is met by what is written, without what absence means."""
    if isinstance(demand, Want | OneOf | AtLeast) and isinstance(
        read(document, demand.path), Missing
    ):
        return False
    return _is_met(document, demand)


def _put(demand: Simple) -> Edit:
    match demand:
        case Want(path=path, value=value) | AtLeast(path=path, value=value):
            return edit.Set(path, value)
        case OneOf(path=path, values=values):
            return edit.Set(path, values[0])
        case Absent(path=path):
            return edit.Remove(path)
        case Insert(path=path, value=value):
            return edit.Insert(path, value)
