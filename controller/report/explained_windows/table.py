"""The windows of policies as people read them in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from controller.core.explained_windows import ExplainedWindows
from controller.report.explained_windows.words import (
    NEVER,
    NONE,
    in_zone,
    lasting,
    needs,
    window,
)
from controller.report.page import Page
from controller.report.styles import ASIDE, HEADING


def render(policies: Sequence[ExplainedWindows], page: Page) -> str:
    """Return the windows of each policy and its next openings, one below the other."""
    parts: list[RenderableType] = []
    for one in policies:
        parts += [*([Text()] if parts else []), *_told(one)]
    return page.lay_out(*parts)


def _told(one: ExplainedWindows) -> Iterator[RenderableType]:
    yield Text(one.policy, HEADING)
    if not one.windows:
        yield Padding(Text(NONE), (0, 0, 0, 2))
        return
    for each in one.windows:
        yield Padding(Text(window(each)), (0, 0, 0, 2))
    yield Text()
    yield Padding(Text(needs(one)), (0, 0, 0, 2))
    if one.next_start is None:
        yield Padding(Text(NEVER), (0, 0, 0, 2))
    if one.openings:
        yield Text()
        yield Padding(_openings(one), (0, 0, 0, 2))


def _openings(one: ExplainedWindows) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    zones = (*one.zones, "UTC")
    grid.add_row(*(Text(f"opens, {zone}", ASIDE) for zone in zones), Text("for", ASIDE))
    for opening in one.openings:
        shown = (Text(in_zone(opening.at, zone)) for zone in zones)
        grid.add_row(*shown, Text(lasting(opening, one)))
    return grid
