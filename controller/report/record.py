"""A write as plain data: the one shape in which JSON and YAML show it."""

from __future__ import annotations

from controller.core.document.digest import plain
from controller.core.record import Record
from controller.core.refs import ClusterRef, LogGroupRef, Ref, ServiceRef
from controller.report.structure import Structure


def structure(one: Record) -> Structure:
    """Return what is written of a write: new values only, as in a plan file."""
    ref = one.ref
    return {
        "at": one.at.isoformat(),
        "move": one.move,
        "result": str(one.result),
        "code": one.code,
        "arn": ref.arn,
        "account": ref.account,
        "region": ref.region,
        "cluster": _cluster(ref),
        "service": ref.name if isinstance(ref, ServiceRef) else None,
        "logGroup": ref.name if isinstance(ref, LogGroupRef) else None,
        "policy": one.policy,
        "rules": list(one.rules),
        "policyDigest": one.policy_digest,
        "patch": plain(one.patch),
        "from": one.came_from,
        "to": one.went_to,
    }


def _cluster(ref: Ref) -> str | None:
    if isinstance(ref, ServiceRef):
        return ref.cluster
    return ref.name if isinstance(ref, ClusterRef) else None
