"""Nobody takes the corrected logging off this service again and again."""

from __future__ import annotations

from controller.core.move import Look, Wait
from controller.core.service.approved import heeded, how_to_approve
from controller.core.service.candidate import Candidate
from controller.core.service.contest import WHERE_THE_PATCH_IS, told_of
from controller.core.service.deployment import SPAN
from controller.core.service.releases import is_contested, undoings
from controller.core.service.remembered import Remembered, remembered


def conflict(candidate: Candidate) -> Wait | Look | None:
    """Refuse with `ConflictingManager`, until a person approves, what has become a fight.

    It is one after two reverts, or after more than `rollout.maxRecorrections` corrections in 14
    days that were each undone by a release. The history tells, and the mark on our revision. What
    was never corrected is never held by this.
    """
    past = remembered(candidate)
    if not isinstance(past, Remembered):
        return past
    undone = undoings(candidate.observed, past.history, since=heeded(candidate))
    remedy = f"{WHERE_THE_PATCH_IS} {how_to_approve(candidate)}"
    if is_contested(undone, most=candidate.policy.rollout.max_recorrections):
        return candidate.refuse("ConflictingManager", told_of(undone), remedy)
    read_since = past.history.revisions_since
    if undone and read_since is not None and read_since > candidate.now - SPAN:
        return candidate.refuse(
            "Unknown",
            f"the service was deployed too often to tell how often in {SPAN.days} days a release "
            "took the corrected logging off it",
            remedy,
        )
    return None
