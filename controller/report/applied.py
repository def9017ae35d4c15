"""What was done to each target, and what was not and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from controller.core.applied import Applied, Ending
from controller.core.move import Move
from controller.core.reason import Sync
from controller.core.report import Report
from controller.report import record
from controller.report.page import Page
from controller.report.reasons import told as reason_told
from controller.report.structure import Structure
from controller.report.styles import HEADING, NEW, OLD
from controller.report.summary import summary
from controller.report.words import clean, counted, listed, name, spans_regions

_STYLES: Final = {
    Ending.FAILED: OLD,
    Ending.REFUSED: OLD,
    Ending.GONE: OLD,
    Ending.DONE: NEW,
}
_ENDED: Final = {
    Ending.FAILED: "failed",
    Ending.REFUSED: "not changed",
    Ending.GONE: "not found",
    Ending.DONE: "done",
}


def render(
    report: Report, results: Iterable[Applied], told: Callable[[Move], str], page: Page
) -> str:
    """Return what came of applying, target by target; what went wrong comes first.

    *told* returns a move in words, as something that was done. A target on which nothing was left
    to do is only counted.
    """
    results = sorted(results, key=lambda one: tuple(Ending).index(one.ending))
    with_region = spans_regions(report)
    parts: list[RenderableType] = [Text(_answer(results, report), HEADING)]
    for one in results:
        if one.moves or one.ending is not Ending.DONE:
            parts += [Text(), *_target(one, told, with_region=with_region)]
    return page.lay_out(*parts, Text(), *summary(report))


def _answer(results: Sequence[Applied], report: Report) -> str:
    if not results:
        return _unchanged(report)
    counts = Counter(one.ending for one in results)
    idle = sum(one.ending is Ending.DONE and not one.moves for one in results)
    told = [f"{counts[one]} {_ENDED[one]}" for one in reversed(Ending) if counts[one]]
    if idle:
        told[0] += f" ({idle} of them before)"
    return f"Of {counted(len(results), 'target')}: {listed(told)}."


def _unchanged(report: Report) -> str:
    """Return that nothing was changed, and by what reasons drift was held back, if there is any."""
    drifted = [one for one in report.outcomes if one.sync is Sync.DRIFTED]
    if not drifted:
        return "There was nothing to change."
    codes = Counter(one.reason.code for one in drifted if one.reason is not None)
    held = [f"{number} {clean(code)}" for code, number in sorted(codes.items())]
    return f"Nothing was changed. What holds: {listed(held)}." if held else "Nothing was changed."


def _target(
    one: Applied, told: Callable[[Move], str], *, with_region: bool
) -> Iterator[RenderableType]:
    called = one.arn if one.outcome is None else name(one.outcome.ref, with_region=with_region)
    yield Text.assemble((clean(called), HEADING), "  ", (str(one.ending), _STYLES[one.ending]))
    if one.moves:
        yield Padding(Text(clean(", ".join(map(told, one.moves)))), (0, 0, 0, 2))
    if one.outcome is None:
        yield Padding(Text("there is no such target, or it could not be seen"), (0, 0, 0, 2))
    elif one.outcome.reason is not None and one.ending is not Ending.DONE:
        yield Padding(Text(clean(one.outcome.reason.code), HEADING), (0, 0, 0, 2))
        yield from reason_told(one.outcome.reason)


def structure(results: Iterable[Applied], told: Callable[[Move], str]) -> list[Structure]:
    """Return what came of applying as plain data, for JSON and YAML."""
    return [
        {
            "arn": one.arn,
            "ending": str(one.ending),
            "done": [told(move) for move in one.moves],
            "writes": [record.structure(write) for write in one.writes],
        }
        for one in results
    ]
