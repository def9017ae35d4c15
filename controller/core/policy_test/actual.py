"""What policies made of a case, and where that is not what was expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from controller.core.check import Checked
from controller.core.document.json import Document, Json, same
from controller.core.document.patch import Operation, json_patch
from controller.core.judge.finding import Finding
from controller.core.policy_test.model import Expect, ExpectedFinding
from controller.core.reason import Sync


@dataclass(frozen=True, slots=True)
class Actual:
    """What policies made of a case, in the members that an expectation may state.

    `patch` and `document` hold the edits of all rules, whether their mode lets them be written.
    """

    governed_by: str | None
    sync: Sync
    reason: str | None
    findings: tuple[Finding, ...]
    exempt_by: tuple[str, ...]
    patch: tuple[Operation, ...] = field(repr=False)
    document: Document = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A member of an expectation that was not met, and both sides of it as plain data."""

    member: str
    expected: Json
    actual: Json


def actual_of(checked: Checked, document: Document) -> Actual:
    """Return what policies made of *document*, of which *checked* tells."""
    verdict = checked.verdict
    findings = tuple(one.finding for one in checked.findings)
    return Actual(
        governed_by=checked.policy,
        sync=checked.sync,
        reason=None if checked.reason is None else checked.reason.code,
        findings=findings,
        exempt_by=tuple(sorted({one.exempt_by for one in findings if one.exempt_by is not None})),
        patch=() if verdict is None else json_patch(document, verdict.judgement.edits),
        document=document if verdict is None else verdict.proposed,
    )


def mismatches(expect: Expect, actual: Actual) -> Iterator[Mismatch]:
    """Yield each member that *expect* states and that came out otherwise."""
    stated = expect.model_fields_set
    plain: dict[str, tuple[str, Json, Json]] = {
        "governed_by": ("governedBy", expect.governed_by, actual.governed_by),
        "sync": ("sync", _text(expect.sync), str(actual.sync)),
        "reason": ("reason", expect.reason, actual.reason),
        "exempt_by": ("exemptBy", sorted(expect.exempt_by or ()), list(actual.exempt_by)),
        "patch": ("patch", list(expect.patch or ()), list(actual.patch)),
        "document": ("document", expect.document, actual.document),
    }
    for name, (member, wanted, came) in plain.items():
        if name in stated and not same(wanted, came):
            yield Mismatch(member, wanted, came)
    if "findings" in stated and not _all_found(expect.findings or (), actual.findings):
        wanted_findings: list[Json] = [
            one.model_dump(mode="json", by_alias=True, exclude_unset=True)
            for one in expect.findings or ()
        ]
        yield Mismatch("findings", wanted_findings, [shown(one) for one in actual.findings])


def shown(finding: Finding) -> Mapping[str, Json]:
    """Return a finding in the members that an expectation may state."""
    members: dict[str, Json] = {
        "rule": finding.rule,
        "container": finding.container,
        "severity": str(finding.severity),
        "path": finding.path,
        "blocked": finding.blocked,
    }
    return members if finding.exempt_by is None else {**members, "exemptBy": finding.exempt_by}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _all_found(expected: Sequence[ExpectedFinding], actual: Sequence[Finding]) -> bool:
    """Tell whether each expectation is met by a finding of its own, and no finding is left."""
    taken: dict[int, ExpectedFinding] = {}
    return len(expected) == len(actual) and all(
        _takes(one, actual, taken, set()) for one in expected
    )


def _takes(
    expected: ExpectedFinding,
    actual: Sequence[Finding],
    taken: dict[int, ExpectedFinding],
    tried: set[int],
) -> bool:
    """Take a finding for *expected*; who has it already takes another, where there is one."""
    for index, finding in enumerate(actual):
        if index in tried or not _fits(expected, finding):
            continue
        tried.add(index)
        if index not in taken or _takes(taken[index], actual, taken, tried):
            taken[index] = expected
            return True
    return False


def _fits(expected: ExpectedFinding, finding: Finding) -> bool:
    members: dict[str, Any] = {
        "rule": finding.rule,
        "container": finding.container,
        "severity": finding.severity,
        "path": finding.path,
        "blocked": finding.blocked,
        "exempt_by": finding.exempt_by,
    }
    return all(getattr(expected, name) == members[name] for name in expected.model_fields_set)
