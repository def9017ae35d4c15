"""Approvals: where a person's yes to a policy set is asked for, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from controller.core.refs import ClusterRef
from controller.core.state.impact import States
from controller.core.state.model import Unknown


@dataclass(frozen=True, slots=True)
class Approvals:
    """The clusters in which a set was approved, those that do not ask for it, and what failed.

    `failed` are sentences that name the cluster and say why.
    """

    approved: tuple[ClusterRef, ...]
    settled: tuple[ClusterRef, ...]
    failed: tuple[str, ...]


def asking(digest: str, states: States) -> tuple[ClusterRef, ...]:
    """Return the clusters that would hold the set with this short digest, in order.

    Those remember another set, and nobody has approved this one there.
    """
    return tuple(
        cluster
        for cluster, state in sorted(states.items())
        if not isinstance(state, Unknown)
        and state.policy_digest is not None
        and digest not in {state.policy_digest, state.approved_policy}
    )


def settled(digest: str, states: States) -> tuple[ClusterRef, ...]:
    """Return the clusters that would not hold the set, in order."""
    known = (cluster for cluster, state in states.items() if not isinstance(state, Unknown))
    return tuple(sorted(set(known) - set(asking(digest, states))))


def unreadable(states: States) -> tuple[str, ...]:
    """Return a sentence for each cluster of which it is unknown what it remembers."""
    return tuple(
        f"{cluster}: {state.reason.code}: {state.reason.message}"
        for cluster, state in sorted(states.items())
        if isinstance(state, Unknown)
    )
