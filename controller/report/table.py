"""The fleet as a table, and what is wrong with each target that is not as the policy says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from controller.core.judge.finding import Finding
from controller.core.outcome import Outcome
from controller.core.reason import Health, Sync
from controller.core.report import Report
from controller.report.page import Page
from controller.report.reasons import reasons
from controller.report.styles import ASIDE, HEADING, SEVERITY
from controller.report.summary import summary
from controller.report.targets import targets
from controller.report.words import clean, in_order, name, spans_regions


def render(report: Report, page: Page, *, every: bool = False) -> str:
    """Return *report* as text; compliant and ungoverned targets are listed only for *every*."""
    with_region = spans_regions(report)
    noted = noteworthy(report, every=every)
    parts: list[RenderableType] = [*summary(report)]
    for _, kind in groupby(noted, key=lambda one: type(one.ref)):
        parts += [Text(), targets([*kind], page, with_region=with_region)]
    if any(one.findings for one in noted):
        parts.append(Text())
    for one in noted:
        if one.findings:
            parts += _details(one, with_region=with_region)
    return page.lay_out(*parts, *reasons(noted, with_region=with_region))


def noteworthy(report: Report, *, every: bool) -> list[Outcome]:
    """Return the targets that a report lists: unless *every*, those that are not at rest."""
    return [one for one in in_order(report) if every or _is_noteworthy(one)]


def _is_noteworthy(outcome: Outcome) -> bool:
    at_rest = {Sync.COMPLIANT, Sync.EXEMPT, Sync.UNGOVERNED}
    is_well = outcome.sync in at_rest and outcome.health is Health.HEALTHY
    return bool(outcome.findings) or not is_well or outcome.move is not None


def _details(outcome: Outcome, *, with_region: bool) -> Iterator[RenderableType]:
    yield Text(name(outcome.ref, with_region=with_region), HEADING)
    yield findings_grid(outcome.findings)


def findings_grid(findings: Iterable[Finding]) -> Padding:
    """Return findings as indented rows of severity, rule and message."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(min_width=8)
    grid.add_column(overflow="fold", min_width=16, max_width=24)
    grid.add_column(overflow="fold")
    for one in findings:
        told = Text(clean(one.message))
        if one.blocked is not None:
            told.append(f" ({one.blocked})", ASIDE)
        grid.add_row(Text(str(one.severity), SEVERITY[one.severity]), Text(one.rule), told)
    return Padding(grid, (0, 0, 0, 2))
