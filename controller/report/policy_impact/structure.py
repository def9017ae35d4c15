"""What a change of policies would change as plain data, for JSON and YAML."""

from __future__ import annotations

from controller.core.policy_impact.model import Impact, Pair, TargetImpact
from controller.core.refs import ServiceRef
from controller.report.structure import SCHEMA_VERSION, Structure
from controller.report.structure import finding as finding_structure


def structure(impact: Impact, *, fail_on_writes: int | None) -> Structure:
    """Return *impact* as plain data; targets that are not affected are left out.

    `summary.failed` tells whether more than *fail_on_writes* services are written anew.
    """
    writes = len(impact.new_writes)
    return {
        "schemaVersion": SCHEMA_VERSION,
        "observedAt": impact.observed_at.isoformat(),
        "inventory": impact.inventory,
        "policyDigest": {"old": impact.digest.old, "new": impact.digest.new},
        "summary": {
            "counts": {called: _pair(pair) for called, pair in impact.counts.items()},
            "newWrites": writes,
            "incomplete": impact.incomplete,
            "failed": fail_on_writes is not None and writes > fail_on_writes,
            "gaps": list(impact.gaps),
        },
        "maxImpact": {
            "percent": impact.max_impact,
            "changed": impact.measure.changed,
            "governed": impact.measure.governed,
            "allowed": impact.measure.most,
            "held": None if impact.held is None else impact.held.code,
            "message": None if impact.held is None else impact.held.message,
            "remedy": None if impact.held is None else impact.held.remedy,
        },
        "targets": [_target(one) for one in impact.affected],
    }


def _pair(pair: Pair[str | None] | Pair[int] | Pair[bool]) -> Structure:
    return {"old": pair.old, "new": pair.new}


def _target(one: TargetImpact) -> Structure:
    ref = one.ref
    sync = Pair(*(None if each is None else str(each) for each in (one.sync.old, one.sync.new)))
    return {
        "kind": "service" if isinstance(ref, ServiceRef) else "log-group",
        "name": ref.name,
        "arn": ref.arn,
        "account": ref.account,
        "region": ref.region,
        "cluster": ref.cluster if isinstance(ref, ServiceRef) else None,
        "policy": _pair(one.policy),
        "sync": _pair(sync),
        "written": _pair(one.written),
        "newWrite": one.is_new_write,
        "reason": None if one.reason is None else one.reason.code,
        "differences": [
            {"of": each.of, "old": each.old, "new": each.new} for each in one.differences
        ],
        "findings": {
            "added": [finding_structure(each) for each in one.added],
            "removed": [finding_structure(each) for each in one.removed],
        },
    }
