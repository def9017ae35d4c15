"""ECS has kept whatever we sent in this account and Region, or a person has looked into it."""

from __future__ import annotations

from controller.core.move import Look, Wait
from controller.core.service.candidate import Candidate
from controller.core.service.damage import damage_of
from controller.core.service.observed import NotAsked, Unread
from controller.core.state.stopped import came_back_otherwise, stop_in


def unknown_member(candidate: Candidate) -> Wait | Look | None:
    """Refuse with `UnknownMember` where a revision of ours came back other than it was sent.

    A member that ECS did not take, or took otherwise, would be lost with every roll, of whatever
    service. What is registered already, and came back whole, may be rolled.
    """
    observed = candidate.observed
    if isinstance(observed.family, NotAsked):
        return Look("family")
    if isinstance(observed.family, Unread):
        return Wait(observed.family.reason)
    if candidate.registered is not None:
        return None
    if isinstance(observed.state, NotAsked):
        return Look("state")
    active = [one for one in observed.family.revisions if one.is_active]
    damage = next(filter(None, (damage_of(one, candidate) for one in active)), None)
    if damage is not None:
        return Wait(damage)
    if (stopped := candidate.traffic.stopped) is not None:
        return Wait(came_back_otherwise(stopped, observed.ref.region))
    reason = stop_in(observed.ref, observed.state)
    return None if reason is None else Wait(reason)
