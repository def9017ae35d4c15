"""What would be changed in one target, line by line: what goes with `-`, what comes with `+`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from controller.core.document.diff import Change
from controller.core.document.path import ROOT, Keyed, Path
from controller.core.outcome import Proposal
from controller.report.styles import ASIDE, NEW, OLD
from controller.report.words import clean


def diff(proposal: Proposal) -> Iterator[RenderableType]:
    """Yield the changes of *proposal*, together by the object that they are made in.

    Those that no rule in Enforce asks for are marked `AuditOnly`: they are not applied.
    """
    for where, changes in groupby(proposal.lines, key=lambda line: _within(line.path)):
        if where.steps:
            yield Padding(Text(clean(str(where)), ASIDE), (0, 0, 0, 2))
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=1)
        grid.add_column(overflow="fold", max_width=34)
        grid.add_column(overflow="fold")
        for change in changes:
            for row in _rows(change, where, is_held=change.path in proposal.held):
                grid.add_row(*row)
        yield Padding(grid, (0, 0, 0, 4))


def _within(path: Path) -> Path:
    """Return the list member that *path* leads into and the object in it, or the root."""
    for depth, step in enumerate(path.steps):
        if isinstance(step, Keyed):
            return Path(path.steps[: min(depth + 2, len(path.steps) - 1)])
    return ROOT


def _rows(change: Change, where: Path, *, is_held: bool) -> Iterator[tuple[Text, Text, Text]]:
    called = clean(str(Path(change.path.steps[len(where.steps) :])))
    for sign, value, style in (("-", change.old, OLD), ("+", change.new, NEW)):
        if value is not None:
            shown = Text(clean(value), style)
            if is_held:
                shown.append(" (AuditOnly)", ASIDE)
            yield Text(sign, style), Text(called, style), shown
