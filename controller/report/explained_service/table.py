"""Why a service stands as it does, as a page for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from controller.core.explained_service import ExplainedService
from controller.core.reason import Sync
from controller.report.diff import diff
from controller.report.explained_service import rows
from controller.report.page import Page
from controller.report.plan import target
from controller.report.styles import ASIDE, HEADING, HEALTH, NEW, OLD, SYNC
from controller.report.words import clean, name

_OF_WORD: Final = {
    "governs": NEW,
    "tied": OLD,
    "pending": SYNC[Sync.UNKNOWN],
    "not known": SYNC[Sync.UNKNOWN],
    "passed": NEW,
    "holds": OLD,
}


def render(explained: ExplainedService, page: Page, *, every: bool = False) -> str:
    """Return all that led to how the service stands; policies that do not match for *every*."""
    parts: list[RenderableType] = [*_stands(explained)]
    for title, lines in (
        ("Policies", _policies(explained, every=every)),
        ("How far it goes", _grid(rows.modes(explained))),
        ("Rules", _rules(explained)),
        ("What would be written", _written(explained)),
        ("Gates", _gates(explained)),
        ("Not seen, so others may do more to this service than is told", _gaps(explained)),
    ):
        if told := [*lines]:
            parts += [Text(), Text(title, HEADING), *told]
    return page.lay_out(*parts)


def _stands(explained: ExplainedService) -> Iterator[RenderableType]:
    outcome = explained.outcome
    yield Text.assemble(
        (name(outcome.ref), HEADING),
        "  ",
        (str(outcome.sync), SYNC[outcome.sync]),
        "  ",
        (str(outcome.health), HEALTH[outcome.health]),
    )
    yield from (Padding(Text(clean(x)), (0, 0, 0, 2)) for x in rows.answer(explained) if x)
    yield Text(clean(rows.place(explained)), ASIDE)


def _policies(explained: ExplainedService, *, every: bool) -> Iterator[RenderableType]:
    if explained.why is None:
        return
    yield from _grid(rows.policies(explained, every=every))
    if not every and (others := rows.others(explained)):
        hint = " Why not: --all." if explained.why.considered else ""
        yield Padding(Text(others + hint, ASIDE), (0, 0, 0, 2))


def _rules(explained: ExplainedService) -> Iterator[RenderableType]:
    return _grid(rows.rules(explained))


def _written(explained: ExplainedService) -> Iterator[RenderableType]:
    proposal = explained.outcome.proposal
    if proposal is not None:
        yield from diff(proposal)
    for group in explained.log_groups:
        yield from (Padding(line, (0, 0, 0, 2)) for line in target(group, with_region=False))


def _gates(explained: ExplainedService) -> Iterator[RenderableType]:
    if explained.unasked is not None:
        yield Padding(Text(f"None is asked: {clean(explained.unasked)}.", ASIDE), (0, 0, 0, 2))
    grid = _table(3)
    for one in rows.gates(explained):
        told = Text(clean(one.because or one.must))
        if one.remedy:
            told.append(f"\n{clean(one.remedy)}", ASIDE)
        grid.add_row(_word(one.said), Text(one.gate), told)
    if explained.gates:
        yield Padding(grid, (0, 0, 0, 2))


def _gaps(explained: ExplainedService) -> Iterator[RenderableType]:
    return (Padding(Text(clean(gap)), (0, 0, 0, 2)) for gap in explained.gaps)


def _grid(several: Iterable[Sequence[str]]) -> Iterator[RenderableType]:
    """Yield the rows below each other; nothing for none."""
    lines = [*several]
    if not lines:
        return
    grid = _table(len(lines[0]))
    for first, *others in lines:
        grid.add_row(_word(first), *(Text(clean(one)) for one in others))
    yield Padding(grid, (0, 0, 0, 2))


def _table(columns: int) -> Table:
    """Return a grid whose last column has the room that the others, kept short, leave."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(columns - 1):
        grid.add_column(overflow="fold", max_width=24)
    grid.add_column(overflow="fold", min_width=16)
    return grid


def _word(word: str) -> Text:
    return Text(clean(word), _OF_WORD.get(word, Style()))
