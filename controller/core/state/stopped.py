"""Registering stopped in an account and Region, where ECS did not keep what it was sent."""

from __future__ import annotations

from controller.core.reason import Reason
from controller.core.refs import ServiceRef
from controller.core.state.impact import States
from controller.core.state.model import Unknown


def stop_in(ref: ServiceRef, states: States) -> Reason | None:
    """Return why nothing may be registered where the service is; None where it may.

    One cluster of the account and Region that remembers such a revision stops it for all of them;
    so does one of which it cannot be told.
    """
    for cluster, state in sorted(states.items()):
        if (cluster.account, cluster.region) != (ref.account, ref.region):
            continue
        if isinstance(state, Unknown):
            return state.reason
        if state.unknown_member is not None:
            return came_back_otherwise(state.unknown_member, ref.region)
    return None


def came_back_otherwise(revision: str, region: str) -> Reason:
    """Return the reason for a revision, as `family:number`, that ECS did not keep as sent."""
    return Reason(
        "UnknownMember",
        f"{revision} came back from ECS other than it was sent",
        "Nothing more is registered in this account and Region. Once you know why: "
        f"ecs-logging approve account --region {region}",
    )
