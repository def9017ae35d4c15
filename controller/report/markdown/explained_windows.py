"""The windows of policies, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from controller.core.explained_windows import ExplainedWindows
from controller.report.explained_windows.words import (
    NEVER,
    NONE,
    in_zone,
    lasting,
    needs,
    window,
)
from controller.report.markdown.writing import code, heading, listing, page, strong, table, text


def render(policies: Sequence[ExplainedWindows]) -> str:
    """Return the windows of each policy and its next openings, each below a heading."""
    return page(*(block for one in policies for block in _blocks(one)))


def _blocks(one: ExplainedWindows) -> Iterator[str]:
    yield heading(2, code(one.policy))
    if not one.windows:
        yield NONE
        return
    yield listing(text(window(each)) for each in one.windows)
    yield needs(one)
    if one.next_start is None:
        yield strong(NEVER)
    zones = (*one.zones, "UTC")
    yield table(
        [*(f"Opens, {text(zone)}" for zone in zones), "For"],
        [
            [*(in_zone(opening.at, zone) for zone in zones), lasting(opening, one)]
            for opening in one.openings
        ],
    )
