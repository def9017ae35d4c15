"""What a target is called, as plain data: the members by which a program finds it again."""

from __future__ import annotations

from controller.core.refs import ClusterRef, LogGroupRef, Ref, ServiceRef
from controller.report.structure import Structure


def named(ref: Ref) -> Structure:
    """Return the ARN of *ref* and its parts; those that its kind does not have are None."""
    return {
        "arn": ref.arn,
        "account": ref.account,
        "region": ref.region,
        "cluster": _cluster(ref),
        "service": ref.name if isinstance(ref, ServiceRef) else None,
        "logGroup": ref.name if isinstance(ref, LogGroupRef) else None,
    }


def _cluster(ref: Ref) -> str | None:
    if isinstance(ref, ServiceRef):
        return ref.cluster
    return ref.name if isinstance(ref, ClusterRef) else None
