"""A family gets few revisions from us."""

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

    What is registered already may be rolled: left behind, it would be the family's latest.
    """
    family, identity = candidate.observed.family, candidate.observed.identity
    if isinstance(family, NotAsked):
        return Look("family")
    if isinstance(family, Unread):
        return Wait(family.reason)
    if candidate.registered is not None:
        return None
    ours = [one for one in family.revisions if one.bears_our_name(identity)]
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
