"""No newer revision of the family is somebody else's: a bare name follows the latest."""

from __future__ import annotations

from controller.core.move import Look, Wait
from controller.core.service.candidate import Candidate
from controller.core.service.damage import damage_of
from controller.core.service.observed import NotAsked, Unread

PART = "family"


def family(candidate: Candidate) -> Wait | Look | None:
    """Refuse with `FamilyAhead` where a newer ACTIVE revision is not ours [facts 4.8, 4.23].

    Refuse with `UnknownMember` where it is one of ours, or may be, that ECS did not keep as sent.
    """
    observed = candidate.observed
    if candidate.policy.allow.shared_families:
        return None
    if isinstance(observed.family, NotAsked):
        return Look(PART)
    if isinstance(observed.family, Unread):
        return Wait(observed.family.reason)
    base = observed.revision
    if observed.family.reaches > base.number:
        return candidate.refuse(
            "Unknown",
            f"the family {base.family} has more new revisions than were read",
            "Deploy the newest revision, or deregister those that nobody uses.",
        )
    for one in observed.family.revisions:
        foreign = not one.is_ours(observed.identity)
        if one.number > base.number and one.is_active and foreign:
            if (damage := damage_of(one, candidate)) is not None:
                return Wait(damage)
            return candidate.refuse(
                "FamilyAhead",
                f"the service runs {base.family}:{base.number}, but {one.family}:{one.number} "
                "is newer and not ours",
                "Deploy or deregister the newer revision, or set allow.sharedFamilies.",
            )
    return None
