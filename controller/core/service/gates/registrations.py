"""A family gets few revisions from us, and none where ECS did not keep what we sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from controller.core.move import Look, Wait
from controller.core.service.candidate import Candidate
from controller.core.service.observed import NotAsked, Unread

_AT_MOST: Final = 2
_WITHIN: Final = timedelta(hours=1)


def registrations(candidate: Candidate) -> Wait | Look | None:
    """Refuse with `RegistrationLimit` a third registration in a family within an hour.

    What is registered already may be rolled: left behind, it would be the family's latest. Refuse
    with `UnknownMember` where a revision of ours came back other than it was sent: a
    member that ECS did not take, or took otherwise, would be lost with every roll.
    """
    family, identity = candidate.observed.family, candidate.observed.identity
    if isinstance(family, NotAsked):
        return Look("family")
    if isinstance(family, Unread):
        return Wait(family.reason)
    if candidate.registered is not None:
        return None
    if candidate.traffic.stopped is not None:
        return _unknown_member(candidate, candidate.traffic.stopped)
    ours = [one for one in family.revisions if one.bears_our_name(identity)]
    damaged = next((one for one in ours if candidate.damaged(one)), None)
    if damaged is not None:
        return _unknown_member(candidate, f"{damaged.family}:{damaged.number}")
    since = candidate.now - _WITHIN
    recent = sorted(at for one in ours if (at := one.registered_at) is not None and at > since)
    if len(recent) < _AT_MOST:
        return None
    return Wait(
        candidate.refuse(
            "RegistrationLimit",
            f"{len(recent)} revisions of {family.revisions[0].family} were registered in an hour",
            "It goes on by itself; if it comes back, find out who changes the service.",
        ).reason,
        recent[-_AT_MOST] + _WITHIN,
    )


def _unknown_member(candidate: Candidate, where: str) -> Wait:
    return candidate.refuse(
        "UnknownMember",
        f"{where} came back from ECS other than it was sent",
        "Nothing more is registered in this account and Region; report the difference to us.",
    )
