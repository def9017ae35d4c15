"""What a change of policies would change: the answer, the numbers, and each target affected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from controller.core.policy_impact.model import Impact, TargetImpact
from controller.core.reason import Sync
from controller.report.page import Page
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
from controller.report.styles import ASIDE, HEADING, NEW, OLD, SYNC
from controller.report.words import clean, name

_MARKS: Final = (("+", NEW), ("-", OLD))


def render(impact: Impact, page: Page) -> str:
    """Return *impact* as text: the answer first, then numbers, then target by target."""
    parts: list[RenderableType] = [Text(answer(impact), HEADING)]
    parts += [Text(clean(told)) for told in (by_max_impact(impact),) if told]
    parts += [Text(), _counts(impact), Text(seen(impact), ASIDE)]
    if missing := gaps(impact):
        parts += [Text(), Text("Not seen, so this is incomplete:", SYNC[Sync.UNKNOWN])]
        parts += [Text(f"  {clean(gap)}") for gap in missing]
    if impact.affected:
        parts += [Text(), _targets(impact)]
    for one in impact.affected:
        if has_details(one):
            parts += [Text(), *_details(one, with_region=spans_regions(impact))]
    return page.lay_out(*parts)


def _counts(impact: Impact) -> Table:
    grid = Table(box=None, padding=(0, 2, 0, 0), header_style=ASIDE, pad_edge=False)
    grid.add_column("")
    for heading in ("old", "new"):
        grid.add_column(heading, justify="right")
    for called, pair in impact.counts.items():
        if pair.old or pair.new:
            style = HEADING if pair.differs else ""
            grid.add_row(called, str(pair.old), Text(str(pair.new), style))
    return grid


def _targets(impact: Impact) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=HEADING, pad_edge=False)
    for heading in HEADINGS:
        table.add_column(heading, overflow="fold")
    with_region = spans_regions(impact)
    for one in impact.affected:
        table.add_row(*(Text(cell) for cell in cells(one, with_region=with_region)))
    return table


def _details(one: TargetImpact, *, with_region: bool) -> Iterator[RenderableType]:
    yield Text(name(one.ref, with_region=with_region), HEADING)
    if one.differences:
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(overflow="fold", max_width=24, style=ASIDE)
        grid.add_column(overflow="fold")
        for differing in one.differences:
            grid.add_row(Text(clean(differing.of)), Text(difference(differing)))
        yield Padding(grid, (0, 0, 0, 2))
    for (mark, style), findings in zip(_MARKS, (one.added, one.removed), strict=True):
        for finding in findings:
            yield Padding(Text(f"{mark} {told(finding)}", style), (0, 0, 0, 2))
