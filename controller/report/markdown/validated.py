"""Policies that are valid, or their problems, as a page of Markdown."""

from __future__ import annotations

from datetime import datetime

from controller.core.policy.parse import Parsed
from controller.report.markdown.problems import problems_table
from controller.report.markdown.writing import code, heading, page, strong, table, text
from controller.report.validated import answer, expiry, in_order
from controller.report.words import counted

_HEADING = heading(2, "Logging policies")


def render(parsed: Parsed, now: datetime | None = None) -> str:
    """Return the page: the policies in the order in which they are asked, or every problem.

    Exceptions that are over are marked, where it is said when *now* is.
    """
    if parsed.policies is None:
        told = f"{counted(len(parsed.problems), 'problem')}: these policies cannot be used."
        return page(_HEADING, strong(told), problems_table(parsed.problems))
    rows = (
        (text(one.name), text(str(one.mode)), str(one.priority))
        for one in in_order(parsed.policies)
    )
    exempting = (
        (text(one.name), text(one.owner or ""), text(expiry(one, now)))
        for one in parsed.policies.exceptions
    )
    return page(
        _HEADING,
        strong(answer(parsed.policies)),
        table(("Name", "Mode", "Priority"), rows),
        table(("Exception", "Owner", "Expires"), exempting),
        f"Digest {code(parsed.policies.short_digest)}",
    )
