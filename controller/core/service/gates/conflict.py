"""Nobody takes the corrected logging off this service again and again."""

from __future__ import annotations

from controller.core.move import Look, Wait
from controller.core.service.approved import heeded, how_to_approve
from controller.core.service.candidate import Candidate
from controller.core.service.contest import WHERE_THE_PATCH_IS, told_of
from controller.core.service.deployment import SPAN
from controller.core.service.observed import NotAsked
from controller.core.service.releases import is_contested, undoings
from controller.core.service.remembered import Remembered, remembered
from controller.core.service.unforgiven import told_of_memory, unforgiven, why_forgotten


def conflict(candidate: Candidate) -> Wait | Look | None:
    """Refuse with `ConflictingManager`, until a person approves, what has become a fight.

    It is one after two reverts, or after more than `rollout.maxRecorrections` corrections in 14
    days that were each undone by a release. The history tells, and the mark on our revision; once
    it was seen, the cluster remembers it, whatever the history goes on to say. What was never
    corrected is never held by this.
    """
    past = remembered(candidate)
    if not isinstance(past, Remembered):
        return past
    if isinstance(candidate.observed.state, NotAsked):
        return Look("state")
    undone = undoings(candidate.observed, past.history, since=heeded(candidate))
    remedy = f"{WHERE_THE_PATCH_IS} {how_to_approve(candidate)}"
    if is_contested(undone, most=candidate.policy.rollout.max_recorrections):
        told = told_of(undone) + why_forgotten(candidate, "ConflictingManager")
        return candidate.refuse("ConflictingManager", told, remedy)
    if (found := unforgiven(candidate, "ConflictingManager")) is not None:
        return candidate.refuse("ConflictingManager", told_of_memory(found), remedy)
    read_since = past.history.revisions_since
    if undone and read_since is not None and read_since > candidate.now - SPAN:
        return candidate.refuse(
            "Unknown",
            f"the service was deployed too often to tell how often in {SPAN.days} days a release "
            "took the corrected logging off it",
            remedy,
        )
    return None
