"""Names, numbers and times as reports write them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from controller.core.outcome import Outcome
from controller.core.reason import Reason
from controller.core.refs import ClusterRef, LogGroupRef, Ref, ServiceRef
from controller.core.report import Report

_KINDS: Final = (ServiceRef, LogGroupRef, ClusterRef)


def clean(text: str) -> str:
    """Return *text* on one line and without what would command a terminal."""
    return "".join(one if one.isprintable() else " " for one in text)


def counted(number: int, noun: str) -> str:
    """Return `1 service`, `2 services`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(parts: Iterable[str]) -> str:
    """Return `a`, `a and b`, `a, b and c`."""
    *earlier, last = parts
    return f"{', '.join(earlier)} and {last}" if earlier else last


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, in one line."""
    return clean(text.partition(". ")[0].rstrip(".:") + ".")


def moment(when: datetime) -> str:
    """Return a moment to the second, with its offset."""
    return f"{when:%Y-%m-%d %H:%M:%S} {when.tzname() or ''}".rstrip()


def name(ref: Ref, *, with_region: bool = False) -> str:
    """Return how a target is called: `prod/web`, or the name of a log group or cluster."""
    called = f"{ref.cluster}/{ref.name}" if isinstance(ref, ServiceRef) else ref.name
    return clean(f"{ref.region}: {called}" if with_region else called)


def spans_regions(report: Report) -> bool:
    """Tell whether names need their Region to tell targets apart."""
    return len({(one.ref.account, one.ref.region) for one in report.outcomes}) > 1


def in_order(report: Report) -> list[Outcome]:
    """Return the outcomes as reports list them: services, log groups, clusters; each by name."""
    return sorted(report.outcomes, key=_order)


def _order(outcome: Outcome) -> tuple[object, ...]:
    ref = outcome.ref
    cluster = ref.cluster if isinstance(ref, ServiceRef) else ""
    return (_KINDS.index(type(ref)), ref.account, ref.region, cluster, ref.name)


def sentence(reason: Reason) -> str:
    """Return why, in words: the code and what happened."""
    return clean(f"{reason.code}: {reason.message}")
