from __future__ import annotations

import re

from hypothesis import given
from rich.cells import cell_len

from controller.core.applied import applied
from controller.core.move import Move
from controller.core.report import Report
from controller.report import applied as done
from controller.report import plan, table
from controller.report.page import Page
from tests.report.reports import PAGE, REPORTS

SGR = re.compile(r"\x1b\[[0-9;]*m")


def long_winded(move: Move) -> str:
    """Return many words for a move."""
    return f"{move} " * 9


@given(REPORTS)
def test_no_line_is_wider_than_the_page(report: Report) -> None:
    texts = (
        table.render(report, PAGE, every=True),
        plan.render(report, PAGE, every=True),
        done.render(report, applied(report, {}, None), long_winded, PAGE),
    )

    lines = [line for text in texts for line in text.splitlines()]
    assert [line for line in lines if cell_len(line) > PAGE.width] == []


@given(REPORTS)
def test_nothing_that_was_found_can_command_the_terminal(report: Report) -> None:
    text = table.render(report, PAGE, every=True) + plan.render(report, PAGE, every=True)

    assert [one for one in text if not one.isprintable() and one != "\n"] == []


@given(REPORTS)
def test_colours_change_nothing_but_colours(report: Report) -> None:
    coloured = table.render(report, Page(colour=True), every=True)

    bare = [SGR.sub("", line).rstrip() for line in coloured.splitlines()]
    assert SGR.search(coloured)
    assert bare == table.render(report, PAGE, every=True).splitlines()
