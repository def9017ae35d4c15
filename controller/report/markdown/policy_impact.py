"""What a change of policies would change, as a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final

from controller.core.policy_impact.model import Impact, TargetImpact
from controller.report.markdown.writing import (
    code,
    details,
    heading,
    listing,
    page,
    strong,
    table,
    text,
)
from controller.report.policy_impact.words import (
    HEADINGS,
    answer,
    by_max_impact,
    cells,
    difference,
    gaps,
    has_details,
    seen,
    spans_regions,
    told,
)
from controller.report.words import counted, name

LONGEST: Final = 60_000
"""Characters of a page: GitHub takes 65536 in a comment, and a bot adds a few of its own."""

_BETWEEN: Final = 16  # what stands between two elements, bars and all
_OF_GAPS: Final = 5_000
_OF_ROWS: Final = 25_000


def render(impact: Impact) -> str:
    """Return the page: summary first, then a table of what changes; details are folded.

    What would make it longer than a comment may be is left out, and that is said.
    """
    with_region = spans_regions(impact)
    rows = [_row(one, with_region=with_region) for one in impact.affected]
    shown = _fitting(_OF_ROWS, map("".join, rows))
    blocks = [
        heading(2, "What these policies would change"),
        strong(text(answer(impact))),
        text(by_max_impact(impact)),
        *_gaps(impact),
        table(("", "old", "new"), _counts(impact)),
        table(HEADINGS, rows[:shown]),
        _left_out(len(rows) - shown, "target"),
    ]
    end = text(seen(impact))
    left = LONGEST - len(page(*blocks, end))
    return page(*blocks, *_within(left, _details(impact, with_region=with_region)), end)


def _row(one: TargetImpact, *, with_region: bool) -> tuple[str, ...]:
    called, *others = cells(one, with_region=with_region)
    return code(called), *(text(other) for other in others)


def _gaps(impact: Impact) -> Iterator[str]:
    if missing := [text(gap) for gap in gaps(impact)]:
        shown = _fitting(_OF_GAPS, missing)
        yield "Not seen, so this is incomplete:"
        yield listing(missing[:shown])
        yield _left_out(len(missing) - shown, "gap")


def _counts(impact: Impact) -> Iterator[tuple[str, ...]]:
    for called, pair in impact.counts.items():
        if pair.old or pair.new:
            new = str(pair.new)
            yield called, str(pair.old), strong(new) if pair.differs else new


def _details(impact: Impact, *, with_region: bool) -> list[str]:
    return [
        details(
            name(one.ref, with_region=with_region),
            table(("", "old → new"), _differences(one)),
            _findings("Found besides:", one, added=True),
            _findings("No longer found:", one, added=False),
        )
        for one in impact.affected
        if has_details(one)
    ]


def _differences(one: TargetImpact) -> Iterator[tuple[str, ...]]:
    for each in one.differences:
        yield code(each.of), text(difference(each))


def _findings(introduction: str, one: TargetImpact, *, added: bool) -> str:
    lines = listing(text(told(each)) for each in (one.added if added else one.removed))
    return page(introduction, lines) if lines else ""


def _within(left: int, blocks: list[str]) -> Iterator[str]:
    """Yield as many blocks as fit into so many characters, and what is left out."""
    shown = _fitting(left, blocks)
    yield from blocks[:shown]
    yield _left_out(len(blocks) - shown, "target")


def _fitting(left: int, texts: Iterable[str]) -> int:
    """Return how many of *texts*, one after the other, fit into so many characters."""
    lengths = accumulate(len(one) + _BETWEEN for one in texts)
    return sum(length <= left for length in lengths)


def _left_out(number: int, noun: str) -> str:
    if number <= 0:
        return ""
    return f"… and {counted(number, noun)} more: see `--output json`."
