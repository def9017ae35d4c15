"""Why targets stand as they do: each reason once, with its remedy and how many it holds for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from controller.core.outcome import Outcome
from controller.core.reason import Reason
from controller.report.styles import ASIDE, HEADING
from controller.report.words import clean, listed, name

_NAMED = 3


def reasons(outcomes: Iterable[Outcome], *, with_region: bool) -> Iterator[RenderableType]:
    """Yield each distinct reason of *outcomes*, by its code, with whom it concerns."""
    for reason, names in concerned(outcomes, with_region=with_region):
        yield Text()
        yield Text.assemble((clean(reason.code), HEADING), f"  {_some(names)}")
        yield from told(reason)


def concerned(
    outcomes: Iterable[Outcome], *, with_region: bool
) -> Iterator[tuple[Reason, list[str]]]:
    """Yield each distinct reason with the names of whom it concerns.

    That is all that holds them, as far as gates were asked. What a finding tells already is left
    out.
    """
    found: dict[Reason, list[str]] = {}
    for one in outcomes:
        for reason in one.held_by:
            if not _is_told_by_a_finding(reason, one):
                found.setdefault(reason, []).append(name(one.ref, with_region=with_region))
    for reason in sorted(found, key=lambda one: (one.code, one.message)):
        yield reason, found[reason]


def told(reason: Reason) -> Iterator[RenderableType]:
    """Yield what happened and what to do, indented."""
    yield Padding(Text(clean(reason.message)), (0, 0, 0, 2))
    if reason.remedy:
        yield Padding(Text(clean(reason.remedy), ASIDE), (0, 0, 0, 2))


def _is_told_by_a_finding(reason: Reason, outcome: Outcome) -> bool:
    return any(
        (one.blocked, one.message) == (reason.code, reason.message) for one in outcome.findings
    )


def _some(names: list[str]) -> str:
    """Return some of the names, and how many more there are."""
    more = len(names) - _NAMED
    return listed([*names[:_NAMED], f"{more} more"] if more > 0 else names)
