"""A release over ours is over since a while, and the policy has it corrected."""

from __future__ import annotations

from controller.core.move import Look, Wait
from controller.core.policy.rollout import OnRelease
from controller.core.service.approved import heeded, how_to_approve
from controller.core.service.candidate import Candidate
from controller.core.service.contest import WHERE_THE_PATCH_IS, told_of
from controller.core.service.deployment import History
from controller.core.service.observed import NotAsked
from controller.core.service.releases import undoings
from controller.core.service.remembered import Remembered, remembered
from controller.core.service.unforgiven import told_of_memory, unforgiven, why_forgotten


def settled(candidate: Candidate) -> Wait | Look | None:
    """Refuse with `Settling` for `rollout.settle` after the end of a release over ours.

    With `onRelease: Report`, refuse with `ReleaseReported` what was corrected once and released
    with the old logging since, until a person approves. The cluster remembers it, once seen.
    """
    past = remembered(candidate)
    if not isinstance(past, Remembered):
        return past
    if candidate.policy.rollout.on_release is OnRelease.REPORT:
        if isinstance(candidate.observed.state, NotAsked):
            return Look("state")
        if (reported := _reported(candidate, past.history)) is not None:
            return reported
    if not undoings(candidate.observed, past.history):
        return None
    return _settling(candidate, past.history)


def _reported(candidate: Candidate, history: History) -> Wait | None:
    remedy = f"{WHERE_THE_PATCH_IS} {how_to_approve(candidate)}"
    if undone := undoings(candidate.observed, history, since=heeded(candidate)):
        told = told_of(undone) + why_forgotten(candidate, "ReleaseReported")
        return candidate.refuse("ReleaseReported", told, remedy)
    if (found := unforgiven(candidate, "ReleaseReported")) is not None:
        return candidate.refuse("ReleaseReported", told_of_memory(found), remedy)
    return None


def _settling(candidate: Candidate, history: History) -> Wait | None:
    newest, primary = history.deployments[0], candidate.observed.service.primary
    ended = newest.finished_at or (newest.created_at if primary is None else primary.updated_at)
    until = ended + candidate.policy.rollout.settle
    if candidate.now >= until:
        return None
    refusal = candidate.refuse(
        "Settling",
        "a release over the corrected revision has ended a moment ago",
        "It goes on by itself.",
    )
    return Wait(refusal.reason, until)
