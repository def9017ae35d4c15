"""The next step of one cluster: it remembers the policy set that has come in force there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from controller.core.cluster.observed import Cluster
from controller.core.consent import Yes
from controller.core.move import Decision, Done, RememberPolicy, Wait
from controller.core.pace.traffic import Traffic
from controller.core.reason import Health, Reason
from controller.core.state.impact import NewSet, held
from controller.core.state.model import ClusterState, Unknown
from controller.core.state.paused import pause_of
from controller.core.state.stopped import came_back_otherwise

_LOOK_AGAIN: Final = timedelta(seconds=5)


def next_move(
    cluster: Cluster, new: NewSet, traffic: Traffic, *, yes: Yes, now: datetime
) -> Decision:
    """Return the next step: remember the set, or wait until it may be remembered, or nothing.

    It is written only where enforcement is on: the process says yes, and the set enforces on some
    service of the cluster, or a person has approved it for the cluster by name.
    """
    services = [one for one in traffic.sightings.values() if one.ref.cluster_ref == cluster.ref]
    enforces = any(one.enforces for one in services)
    state = cluster.state
    if isinstance(state, Unknown):
        concerned = enforces and yes.writes
        health = Health.DEGRADED if concerned else Health.HEALTHY
        return Decision(Wait(state.reason), health)
    if state.policy_digest == new.digest:
        return _rests(cluster, state)
    is_approved = state.approved_policy == new.digest
    reason = held(new, traffic, cluster.states)
    if reason is not None and not (is_approved and reason.code == "PolicyImpact"):
        return _waits(reason, now, remembers=state.policy_digest is not None)
    if not enforces and not is_approved:
        return _rests(cluster, state)
    if not yes.given:
        return Decision(Wait(yes.otherwise))
    governed = sum(one.policy is not None for one in services)
    return Decision(RememberPolicy(cluster.ref, new.digest, governed), Health.PROGRESSING)


def _rests(cluster: Cluster, state: ClusterState) -> Decision:
    """Do nothing; and tell what holds back all that is new in the cluster, where something does."""
    if (pause := pause_of(cluster.ref, cluster.states)) is not None:
        return Decision(Wait(pause), Health.SUSPENDED)
    if state.unknown_member is not None:
        reason = came_back_otherwise(state.unknown_member, cluster.ref.region)
        return Decision(Wait(reason), Health.SUSPENDED)
    return Decision(Done())


def _waits(reason: Reason, now: datetime, *, remembers: bool) -> Decision:
    """Wait for the fleet to be seen; or for a person, where that holds anything in the cluster."""
    if reason.code != "PolicyImpact":
        return Decision(Wait(reason, now + _LOOK_AGAIN))
    return Decision(Wait(reason), Health.SUSPENDED if remembers else Health.HEALTHY)
