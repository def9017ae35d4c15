"""A new set of policies changes few services, or a person has approved what it changes."""

from __future__ import annotations

from controller.core.move import Look, Wait
from controller.core.policy.policy_set import SHOWN
from controller.core.service.candidate import Candidate
from controller.core.service.observed import NotAsked
from controller.core.state.impact import NewSet, withheld

PART = "state"


def policy_impact(candidate: Candidate) -> Wait | Look | None:
    """Refuse with `PolicyImpact` under a set that would change more than `maxImpact`.

    Only where the service's cluster remembers another set, and nobody has approved this one. Refuse
    with `FleetNotSeen` as long as it is not known how much the set would change; with the reason
    why, where it cannot be told what the cluster remembers.
    """
    states = candidate.observed.state
    if isinstance(states, NotAsked):
        return Look(PART)
    new = NewSet(candidate.policy_digest[:SHOWN], candidate.max_impact)
    reason = withheld(candidate.observed.ref.cluster_ref, new, candidate.traffic, states)
    return None if reason is None else Wait(reason)
