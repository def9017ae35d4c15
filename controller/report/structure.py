"""A report as plain data: the one shape in which JSON and YAML show it.

Members that a kind does not have are null. A member may be added within a schema version; none
goes away or changes its meaning.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from controller.core.document.digest import plain
from controller.core.judge.finding import Finding
from controller.core.outcome import Outcome
from controller.core.policy.severity import Severity
from controller.core.refs import ClusterRef, LogGroupRef, ServiceRef
from controller.core.report import Report
from controller.report.gates import gate
from controller.report.moves import would
from controller.report.words import in_order

SCHEMA_VERSION: Final = 1
_KINDS: Final = {ServiceRef: "service", LogGroupRef: "log-group", ClusterRef: "cluster"}

Structure: TypeAlias = dict[str, object]


def structure(report: Report, *, fail_on: Severity | None, with_plan: bool = False) -> Structure:
    """Return what is written of *report*; *with_plan* adds to each target what would be changed.

    `summary.failed` tells whether there is a violation at or above *fail_on*.
    """
    summary: Structure = {
        **{str(sync).lower(): number for sync, number in report.counts.items()},
        "incomplete": report.incomplete,
        "failed": fail_on is not None and report.violates(fail_on),
        "gaps": list(report.gaps),
        "notices": [
            {"reason": one.code, "message": one.message, "remedy": one.remedy}
            for one in report.notices
        ],
    }
    return {
        "schemaVersion": SCHEMA_VERSION,
        "observedAt": report.observed_at.isoformat(),
        "inventory": report.inventory,
        "policyDigest": report.policy_digest,
        "summary": summary,
        "targets": [
            target(one) | ({"plan": plan(one)} if with_plan else {}) for one in in_order(report)
        ],
    }


def target(outcome: Outcome) -> Structure:
    """Return what is written of one target."""
    ref = outcome.ref
    is_service = isinstance(ref, ServiceRef)
    return {
        "kind": _KINDS[type(ref)],
        "name": ref.name,
        "arn": ref.arn,
        "account": ref.account,
        "region": ref.region,
        "cluster": ref.cluster if isinstance(ref, ServiceRef) else None,
        "service": ref.name if is_service else None,
        "taskDefinitionArn": outcome.task_definition,
        "policy": outcome.policy,
        "sync": str(outcome.sync),
        "health": str(outcome.health),
        "reason": None if outcome.reason is None else outcome.reason.code,
        "findings": [finding(one) for one in outcome.findings],
        "gates": [gate(one) for one in outcome.gates],
    }


def finding(one: Finding) -> Structure:
    """Return what is written of one finding."""
    return {
        "id": one.id,
        "rule": one.rule,
        "severity": str(one.severity),
        "container": one.container,
        "path": one.path,
        "message": one.message,
        "fixable": one.fixable,
        "blocked": one.blocked,
        "exemptBy": one.exempt_by,
    }


def plan(outcome: Outcome) -> Structure:
    """Return what would be changed, and the step that would be taken or what holds it."""
    reason, proposal = outcome.reason, outcome.proposal
    changes = () if proposal is None else proposal.lines
    held = frozenset() if proposal is None else proposal.held
    return {
        "applicable": outcome.awaits_consent,
        "step": None if outcome.move is None else would(outcome.move),
        "message": None if reason is None else reason.message,
        "remedy": None if reason is None else reason.remedy,
        "changes": [
            {
                "path": str(line.path),
                "old": line.old,
                "new": line.new,
                "blocked": "AuditOnly" if line.path in held else None,
            }
            for line in changes
        ],
        "patch": [] if proposal is None else plain(proposal.patch),
    }
