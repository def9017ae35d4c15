"""Targets of one kind as a table, together by where they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from rich.table import Table
from rich.text import Text

from controller.core.judge.finding import Finding
from controller.core.outcome import Outcome
from controller.core.policy.severity import Severity
from controller.core.refs import ClusterRef, LogGroupRef, Ref, ServiceRef
from controller.report.page import Page
from controller.report.styles import ASIDE, HEADING, HEALTH, SEVERITY, SYNC
from controller.report.words import clean

_HEADINGS: Final = ("Target", "Sync", "Health", "C/H/M/L", "Reason")
_HEADINGS_OF: Final = {LogGroupRef: "Log groups", ClusterRef: "Clusters"}
_GAP: Final = 2
_NARROWEST: Final = 8
_LONGEST_CODE: Final = 24


def targets(outcomes: Sequence[Outcome], page: Page, *, with_region: bool) -> Table:
    """Return the table of *outcomes*, at least one; the names get all the room that is left.

    C/H/M/L counts the findings that are Critical, High, Medium and Low.
    """
    rows = [_row(one) for one in outcomes]
    table = Table(box=None, padding=(0, _GAP, 0, 0), header_style=HEADING, pad_edge=False)
    for heading, width in zip(_HEADINGS, _widths(rows, page), strict=True):
        table.add_column(heading, width=width, overflow="fold")
    place = None
    for one, row in zip(outcomes, rows, strict=True):
        if place != (place := _place(one.ref, with_region=with_region)):
            table.add_row(Text(place, HEADING))
        table.add_row(*row)
    return table


def _widths(rows: Sequence[Sequence[Text]], page: Page) -> list[int]:
    columns = zip(_HEADINGS, *(map(str, row) for row in rows), strict=True)
    names, *others = (max(map(len, column)) for column in columns)
    others[-1] = min(others[-1], _LONGEST_CODE)
    left = page.width - sum(others) - _GAP * len(others)
    return [min(names, max(left, _NARROWEST)), *others]


def _row(one: Outcome) -> tuple[Text, ...]:
    return (
        Text(f"  {clean(one.ref.name)}"),
        Text(str(one.sync), SYNC[one.sync]),
        Text(str(one.health), HEALTH[one.health]),
        _by_severity(one.findings),
        Text(held_by(one)),
    )


def held_by(one: Outcome) -> str:
    """Return the first reason that holds a target, and how many more there are: `NotSteady +2`."""
    codes = [clean(reason.code) for reason in one.held_by]
    more = f" +{len(codes) - 1}" if len(codes) > 1 else ""
    return f"{codes[0]}{more}" if codes else ""


def _by_severity(findings: Sequence[Finding]) -> Text:
    """Return how many findings are Critical, High, Medium and Low: `0/2/0/1`."""
    counts = Counter(one.severity for one in findings)
    shown = "/".join(str(counts[severity]) for severity in reversed(Severity))
    return Text(shown, SEVERITY[max(counts)] if counts else ASIDE)


def _place(ref: Ref, *, with_region: bool) -> str:
    """Return under which heading a target stands: its cluster, or that of all of its kind."""
    place = ref.cluster if isinstance(ref, ServiceRef) else _HEADINGS_OF[type(ref)]
    return clean(f"{place} ({ref.account} {ref.region})" if with_region else place)
