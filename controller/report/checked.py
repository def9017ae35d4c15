"""Task definitions in files: each finding at its place, as editors and reviewers open it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from controller.core.check import KIND, Checked, Placed
from controller.core.policy.problem import Problem
from controller.core.policy.severity import Severity
from controller.core.reason import Sync
from controller.report.page import Page, unfolded
from controller.report.problems import structure as problems_structure
from controller.report.reasons import told
from controller.report.structure import SCHEMA_VERSION, Structure, finding
from controller.report.styles import ASIDE, HEADING, SEVERITY, SYNC
from controller.report.words import clean, counted


def render(checked: Sequence[Checked], page: Page) -> str:
    """Return what was found, file by file, and in how many task definitions; empty for none.

    A place is never folded, whatever the width of the page: editors open it by a click.
    """
    if not checked:
        return ""
    parts: list[RenderableType] = []
    for one in checked:
        if lines := [*_one(one)]:
            parts += [*lines, Text()]
    return page.lay_out(*parts, Text(answer(checked), HEADING), *_counts(checked))


def _one(checked: Checked) -> Iterator[RenderableType]:
    if checked.reason is not None:
        place = f"{clean(str(checked.span))}: "
        called = f" {clean(checked.name or '')}".rstrip()
        yield unfolded(Text.assemble(place, (str(checked.sync), SYNC[checked.sync]), called))
        yield from told(checked.reason)
    for placed in checked.findings:
        yield from _finding(placed)


def _finding(placed: Placed) -> Iterator[RenderableType]:
    one = placed.finding
    by = f" by {one.exempt_by}" if one.exempt_by else ""
    blocked = f" ({one.blocked}{by})" if one.blocked and not one.is_violation else ""
    place = f"{clean(str(placed.span))}: "
    graveness = (str(one.severity), SEVERITY[one.severity])
    yield unfolded(Text.assemble(place, graveness, f" {one.rule}", (blocked, ASIDE)))
    yield Padding(Text(clean(one.message)), (0, 0, 0, 2))


def answer(checked: Sequence[Checked]) -> str:
    """Return the answer to the first question: is anything against the policy?"""
    whole = counted(len(checked), "task definition")
    drifted = sum(one.sync is Sync.DRIFTED for one in checked)
    unsure = sum(one.incomplete for one in checked)
    if drifted:
        verb = "is" if drifted == 1 else "are"
        return f"{drifted} of {whole} {verb} not as the policy says."
    if unsure:
        return f"{unsure} of {whole} could not be judged completely."
    return f"{whole}: nothing is against the policy."


def _counts(checked: Sequence[Checked]) -> Iterator[Text]:
    counts = Counter(one.sync for one in checked)
    parts = [
        Text.assemble(f"{counts[sync]} ", (str(sync), SYNC[sync])) for sync in Sync if counts[sync]
    ]
    if parts:
        yield Text(" · ").join(parts)


def structure(
    checked: Sequence[Checked],
    problems: Sequence[Problem],
    *,
    observed_at: datetime,
    policy_digest: str,
    fail_on: Severity | None,
) -> Structure:
    """Return the same as plain data, in the shape of every report, with the place of each finding.

    Members that a task definition in a file does not have are null.
    """
    counts = Counter(one.sync for one in checked)
    return {
        "schemaVersion": SCHEMA_VERSION,
        "observedAt": observed_at.isoformat(),
        "policyDigest": policy_digest,
        "summary": {
            **{str(sync).lower(): counts[sync] for sync in Sync},
            "incomplete": any(one.incomplete for one in checked),
            "failed": fail_on is not None and any(one.violates(fail_on) for one in checked),
            "gaps": [],
        },
        "targets": [_target(one) for one in checked],
        "problems": problems_structure(problems),
    }


def _target(checked: Checked) -> Structure:
    return {
        "kind": KIND,
        "name": checked.name,
        "arn": None,
        "account": checked.context.account,
        "region": checked.context.region,
        "cluster": checked.context.cluster,
        "service": checked.context.service,
        "taskDefinitionArn": None,
        "policy": checked.policy,
        "sync": str(checked.sync),
        "health": None,
        "reason": None if checked.reason is None else checked.reason.code,
        **_place(checked.span.file, checked.span.line, checked.span.column),
        "findings": [
            finding(one.finding) | _place(one.span.file, one.span.line, one.span.column)
            for one in checked.findings
        ],
    }


def _place(file: str, line: int, column: int) -> Structure:
    return {"file": file, "line": line, "column": column}
