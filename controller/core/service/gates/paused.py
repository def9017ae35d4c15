"""Nobody has paused the cluster: what has begun is finished, and nothing new begins."""

from __future__ import annotations

from controller.core.move import Look, Wait
from controller.core.service.candidate import Candidate
from controller.core.service.observed import NotAsked
from controller.core.state.paused import pause_of

PART = "state"


def paused(candidate: Candidate) -> Wait | Look | None:
    """Refuse with `Paused` while the service's cluster is paused.

    Where it cannot be told what the cluster remembers, refuse with the reason why.
    """
    states = candidate.observed.state
    if isinstance(states, NotAsked):
        return Look(PART)
    reason = pause_of(candidate.observed.ref.cluster_ref, states)
    return None if reason is None else Wait(reason)
