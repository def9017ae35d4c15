"""Every log group that the corrected revision needs exists."""

from __future__ import annotations

from controller.core.move import Look, Wait
from controller.core.service.candidate import Candidate
from controller.core.service.observed import NotAsked, Unread

PART = "groups"
_MADE_FIRST = "The policy makes it first, once all that log to it let it."


def log_groups(candidate: Candidate) -> Wait | Look | None:
    """Refuse with `LogGroupMissing` until each group has been described as existing.

    A non-blocking container whose group is missing can never be stopped on EC2 [fact 2.26].
    """
    groups = candidate.observed.groups
    if isinstance(groups, NotAsked):
        return Look(PART)
    if isinstance(groups, Unread):
        return Wait(groups.reason)
    missing = sorted(str(ref) for ref, exists in groups.items() if not exists)
    if not missing:
        return None
    asked = candidate.policy.log_group
    makes = asked is not None and asked.create
    return candidate.refuse(
        "LogGroupMissing",
        f"{', '.join(missing)} does not exist",
        _MADE_FIRST if makes else "Create it, or let the policy: logGroup.create.",
        again_in=candidate.watch,
    )
