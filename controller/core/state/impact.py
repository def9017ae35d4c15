"""The impact of a policy set: how much it would change where another set was in force before.

A set that would change too much, or lets go of all that was governed in a cluster, is held: nothing
new is begun under it until a person has approved it. What a cluster does not remember, holds
nothing: there the budgets alone do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from controller.core.pace.traffic import Sighting, Traffic
from controller.core.reason import Reason
from controller.core.refs import ClusterRef
from controller.core.state.model import ClusterState, Unknown

States: TypeAlias = Mapping[ClusterRef, ClusterState | Unknown]
"""What each cluster with a service remembers. One that is missing here is as good as unknown."""

UNREAD: Final = Unknown(
    Reason("Unknown", "what the cluster remembers has not been read", "It is looked at again.")
)
NOT_SEEN: Final = Reason(
    "FleetNotSeen",
    "not every service has been seen yet, so it is not known how much the policies would change",
    "It goes on by itself after the first pass.",
)


@dataclass(frozen=True, slots=True)
class NewSet:
    """A policy set that wants to come in force: its short digest, its `maxImpact` in percent."""

    digest: str
    max_impact: int


@dataclass(frozen=True, slots=True)
class Measure:
    """How much a set would change: so many of the governed services, of which `most` is allowed.

    Of `unsure` of those that would change it cannot be told for now: not whether they are governed,
    or not to what they would be rolled. They count, since nobody asks again once it can.
    """

    changed: int
    governed: int
    most: int
    unsure: int = 0


def measure(new: NewSet, traffic: Traffic, states: States) -> Measure:
    """Measure by the whole fleet how much the set would change.

    That is what it governs in all clusters that remember a set, and what it would ever change in
    those that remember another one. So the answer stays the same while one cluster after the other
    comes to remember this set.
    """
    remembering = [one for one in traffic.sightings.values() if _remembers(one, states)]
    governed = sum(one.policy is not None or one.changes for one in remembering)
    changed = [one for one in _elsewhere(remembering, new, states) if _is_new(one, states)]
    unsure = sum(not any(ask.is_certain for ask in one.asks) for one in changed)
    return Measure(len(changed), governed, _most(governed, new.max_impact), unsure)


def held(new: NewSet, traffic: Traffic, states: States) -> Reason | None:
    """Return why the set may not come in force by itself, anywhere; None where it may."""
    if not traffic.complete:
        return NOT_SEEN
    measured = measure(new, traffic, states)
    if measured.changed > measured.most:
        return _too_much(new, measured)
    remembering = [one for one in traffic.sightings.values() if _remembers(one, states)]
    return next(_let_go(new, _elsewhere(remembering, new, states), states), None)


def withheld(cluster: ClusterRef, new: NewSet, traffic: Traffic, states: States) -> Reason | None:
    """Return why nothing new may be begun in *cluster* under the set; None where it may.

    A cluster that remembers no set, or this one, or for which a person has approved this one, does
    not ask how much the set changes.
    """
    state = states.get(cluster, UNREAD)
    if isinstance(state, Unknown):
        return state.reason
    if state.policy_digest is None or _settled(cluster, new, states):
        return None
    return held(new, traffic, states)


def _remembers(sighting: Sighting, states: States) -> bool:
    state = states.get(sighting.ref.cluster_ref, UNREAD)
    return isinstance(state, Unknown) or state.policy_digest is not None


def _elsewhere(sightings: list[Sighting], new: NewSet, states: States) -> list[Sighting]:
    """Return the services of clusters in which another set is in force."""
    return [one for one in sightings if not _settled(one.ref.cluster_ref, new, states)]


def _is_new(sighting: Sighting, states: States) -> bool:
    """Tell whether the service would be changed as the set that its cluster remembers did not."""
    state = states.get(sighting.ref.cluster_ref, UNREAD)
    before = state.policy_digest if isinstance(state, ClusterState) else None
    return sighting.changes and before not in sighting.asked_by


def _settled(cluster: ClusterRef, new: NewSet, states: States) -> bool:
    """Tell whether the set is in force in the cluster, or approved for it."""
    state = states.get(cluster, UNREAD)
    return isinstance(state, ClusterState) and new.digest in {
        state.policy_digest,
        state.approved_policy,
    }


def _most(governed: int, percent: int) -> int:
    """Return how many services may change: rounded down, and at least one unless it is 0 %."""
    return max(1, governed * percent // 100) if percent else 0


def _let_go(new: NewSet, sightings: list[Sighting], states: States) -> Iterator[Reason]:
    """Yield why the set is held for each cluster in which it governs none of what was governed."""
    kept = {one.ref.cluster_ref for one in sightings if one.policy is not None}
    for cluster in sorted({one.ref.cluster_ref for one in sightings} - kept):
        state = states.get(cluster, UNREAD)
        if isinstance(state, ClusterState) and state.governed:
            told = (
                f"the policies {new.digest} govern nothing in the cluster {cluster.name}, where "
                f"those before governed {state.governed}"
            )
            yield _impact(new, told)


def _too_much(new: NewSet, by: Measure) -> Reason:
    unsure = f" ({by.unsure} of which cannot be told for now)" if by.unsure else ""
    told = (
        f"the policies {new.digest} would change {by.changed} of {by.governed} governed services"
        f"{unsure}; without an approval they may change {by.most} (maxImpact {new.max_impact}%)"
    )
    return _impact(new, told)


def _impact(new: NewSet, told: str) -> Reason:
    yes = f"If that is meant: ecs-logging approve policy {new.digest}"
    return Reason("PolicyImpact", told, yes)
