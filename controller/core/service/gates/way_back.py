"""The revision that runs now can be returned to if the corrected one fails."""

from __future__ import annotations

from controller.core.move import Wait
from controller.core.policy.allow import InactiveBase
from controller.core.service.candidate import Candidate


def way_back(candidate: Candidate) -> Wait | None:
    """Refuse with `NoWayBack` where the base is not ACTIVE: ECS takes no other [fact 4.21].

    Where the policy allows it, an equal copy of it is registered before the correction.
    """
    base = candidate.observed.revision
    copies = candidate.policy.allow.inactive_base is InactiveBase.REGISTER_COPY
    if base.is_active or copies:
        return None
    return candidate.refuse(
        "NoWayBack",
        f"{base.family}:{base.number} is {base.document.get('status')}, so a roll could not be "
        "returned to it",
        "Deploy the service from an ACTIVE revision, or let an equal copy be registered to return "
        "to: allow.inactiveBase: RegisterCopy.",
    )
