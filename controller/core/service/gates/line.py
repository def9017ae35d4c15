"""Few enough rolls of the policy have failed of late, or a person has looked into it."""

from __future__ import annotations

from controller.core.move import Look, Wait
from controller.core.pace.line import stopped
from controller.core.service.candidate import Candidate
from controller.core.service.observed import NotAsked
from controller.core.state.model import ClusterState

PART = "state"


def line(candidate: Candidate) -> Wait | Look | None:
    """Refuse with `LineStopped` after `rollout.maxFailures`, until a person's `resume --line`.

    Rolls that have begun are seen to their end. Of a cluster that cannot be read, nothing is taken
    as acknowledged.
    """
    policy, sightings = candidate.policy, candidate.traffic.sightings
    if stopped(policy, sightings, {}) is None:
        return None
    states = candidate.observed.state
    if isinstance(states, NotAsked):
        return Look(PART)
    acknowledged = {
        cluster: state.acknowledged
        for cluster, state in states.items()
        if isinstance(state, ClusterState) and state.acknowledged is not None
    }
    reason = stopped(policy, sightings, acknowledged)
    return None if reason is None else Wait(reason)
