"""Policies that are valid, or the problems that keep them from being used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from controller.core.policy.exception import PolicyException
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.parse import Parsed
from controller.core.policy.policy_set import PolicySet
from controller.report import problems
from controller.report.page import Page
from controller.report.structure import SCHEMA_VERSION, Structure
from controller.report.styles import HEADING
from controller.report.words import clean, counted


def render(parsed: Parsed, page: Page, now: datetime | None = None) -> str:
    """Return the policies in the order in which they are asked, or every problem.

    Exceptions that are over are marked, where it is said when *now* is.
    """
    if parsed.policies is None:
        return problems.render(parsed.problems)
    parts: list[RenderableType] = [Text(answer(parsed.policies), HEADING)]
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=HEADING, pad_edge=False)
    for heading in ("Name", "Mode", "Priority"):
        table.add_column(heading, overflow="fold")
    for one in in_order(parsed.policies):
        table.add_row(Text(clean(one.name)), Text(str(one.mode)), Text(str(one.priority)))
    if parsed.policies.policies:
        parts += [Text(), table]
    if parsed.policies.exceptions:
        parts += [Text(), _exceptions(parsed.policies.exceptions, now)]
    return page.lay_out(*parts, Text(), f"Digest {parsed.policies.short_digest}")


def _exceptions(exceptions: Sequence[PolicyException], now: datetime | None) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=HEADING, pad_edge=False)
    for heading in ("Exception", "Owner", "Expires"):
        table.add_column(heading, overflow="fold")
    for one in exceptions:
        table.add_row(Text(clean(one.name)), Text(clean(one.owner or "")), Text(expiry(one, now)))
    return table


def in_order(policies: PolicySet) -> list[LoggingPolicy]:
    """Return policies in the order in which they are asked."""
    return sorted(policies.policies, key=lambda one: (-one.priority, one.name))


def answer(policies: PolicySet) -> str:
    """Return how many policies and exceptions are valid, and whether nothing governs."""
    number = len(policies.policies)
    told = "1 policy" if number == 1 else f"{number} policies"
    exempting = len(policies.exceptions)
    if exempting:
        told += f" and {counted(exempting, 'exception')}"
    verb = "is" if number == 1 and not exempting else "are"
    governs = "" if number else " Nothing governs: there is no policy."
    return f"{told} {verb} valid.{governs}"


def expiry(exception: PolicyException, now: datetime | None) -> str:
    """Return the last day of an exception, and whether it is over."""
    over = " (expired)" if _is_over(exception, now) else ""
    return f"{exception.expires.isoformat()}{over}"


def _is_over(exception: PolicyException, now: datetime | None) -> bool | None:
    return None if now is None else exception.is_over(now)


def structure(parsed: Parsed, now: datetime | None = None) -> Structure:
    """Return the same as plain data, for JSON and YAML."""
    policies = () if parsed.policies is None else parsed.policies.policies
    exceptions = () if parsed.policies is None else parsed.policies.exceptions
    return {
        "schemaVersion": SCHEMA_VERSION,
        "valid": parsed.policies is not None,
        "policyDigest": None if parsed.policies is None else parsed.policies.digest,
        "policies": [
            {"name": one.name, "mode": str(one.mode), "priority": one.priority} for one in policies
        ],
        "exceptions": [
            {
                "name": one.name,
                "owner": one.owner,
                "expires": one.expires.isoformat(),
                "expired": _is_over(one, now),
            }
            for one in exceptions
        ],
        "problems": problems.structure(parsed.problems),
    }
