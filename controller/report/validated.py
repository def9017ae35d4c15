"""Policies that are valid, or the problems that keep them from being used."""

from __future__ import annotations

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from controller.core.policy.model import LoggingPolicy
from controller.core.policy.parse import Parsed
from controller.core.policy.policy_set import PolicySet
from controller.report import problems
from controller.report.page import Page
from controller.report.structure import SCHEMA_VERSION, Structure
from controller.report.styles import HEADING
from controller.report.words import clean


def render(parsed: Parsed, page: Page) -> str:
    """Return the policies in the order in which they are asked, or every problem."""
    if parsed.policies is None:
        return problems.render(parsed.problems)
    parts: list[RenderableType] = [Text(answer(parsed.policies), HEADING)]
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=HEADING, pad_edge=False)
    for heading in ("Name", "Mode", "Priority"):
        table.add_column(heading, overflow="fold")
    for one in in_order(parsed.policies):
        table.add_row(Text(clean(one.name)), Text(str(one.mode)), Text(str(one.priority)))
    return page.lay_out(*parts, Text(), table, Text(), f"Digest {parsed.policies.short_digest}")


def in_order(policies: PolicySet) -> list[LoggingPolicy]:
    """Return policies in the order in which they are asked."""
    return sorted(policies.policies, key=lambda one: (-one.priority, one.name))


def answer(policies: PolicySet) -> str:
    """Return how many policies are valid."""
    number = len(policies.policies)
    return "1 policy is valid." if number == 1 else f"{number} policies are valid."


def structure(parsed: Parsed) -> Structure:
    """Return the same as plain data, for JSON and YAML."""
    policies = () if parsed.policies is None else parsed.policies.policies
    return {
        "schemaVersion": SCHEMA_VERSION,
        "valid": parsed.policies is not None,
        "policyDigest": None if parsed.policies is None else parsed.policies.digest,
        "policies": [
            {"name": one.name, "mode": str(one.mode), "priority": one.priority} for one in policies
        ],
        "problems": problems.structure(parsed.problems),
    }
