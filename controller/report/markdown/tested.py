"""Tests of policies as a page of Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from controller.core.policy_test.run import Tested
from controller.report.markdown.writing import code, heading, listing, page, strong, table, text
from controller.report.tested import answer
from controller.report.words import listed


def render(tested: Sequence[Tested], untested: Sequence[str]) -> str:
    """Return the page: how it went, each case that failed, and what no case shows."""
    failed = [one for one in tested if not one.passed]
    return page(
        heading(2, "Tests of policies"),
        strong(text(answer(tested))),
        table(("Place", "Case", "What came out otherwise"), map(_row, failed)),
        "What no case shows:" if untested else "",
        listing(text(one) for one in untested),
    )


def _row(tested: Tested) -> tuple[str, ...]:
    what = tested.unjudged or listed(one.member for one in tested.mismatches)
    return code(str(tested.place)), text(tested.name), text(what)
