"""The pause of a cluster: what a person said, as it holds back what is new."""

from __future__ import annotations

from controller.core.reason import Reason
from controller.core.refs import ClusterRef
from controller.core.state.impact import UNREAD, States
from controller.core.state.model import Unknown


def pause_of(cluster: ClusterRef, states: States) -> Reason | None:
    """Return why nothing new may begin in *cluster*; None where it may.

    Where it cannot be told what the cluster remembers, it may be paused.
    """
    state = states.get(cluster, UNREAD)
    if isinstance(state, Unknown):
        return state.reason
    if state.paused is None:
        return None
    by = "" if state.paused_by is None else f" by {state.paused_by}"
    told = f"the cluster {cluster.name} is paused since {state.paused:%Y-%m-%d %H:%M} UTC{by}"
    resume = f"ecs-logging resume --cluster {cluster.name} --region {cluster.region}"
    return Reason("Paused", told, f"When it may go on: {resume}")
