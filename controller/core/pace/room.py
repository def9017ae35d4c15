"""Room for one more, of those that a person's verb moves at the same time."""

from __future__ import annotations

from collections.abc import Collection

from controller.core.policy.pace import MaxConcurrent
from controller.core.refs import ServiceRef


def has_room(ref: ServiceRef, most: MaxConcurrent, flying: Collection[ServiceRef]) -> bool:
    """Tell whether *ref* may begin beside those that are *flying*: in all, here, in its cluster."""
    here = [one for one in flying if one.account == ref.account]
    beside = [one for one in here if one.cluster_arn == ref.cluster_arn]
    limits = ((most.total, flying), (most.per_account, here), (most.per_cluster, beside))
    return all(limit is None or len(others) < limit for limit, others in limits)
