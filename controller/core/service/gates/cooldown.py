"""The service was not rolled a moment ago."""

from __future__ import annotations

from controller.core.move import Look, Wait
from controller.core.service.candidate import Candidate
from controller.core.service.observed import NotAsked, Unread
from controller.core.service.rolls import rolled_at


def cooldown(candidate: Candidate) -> Wait | Look | None:
    """Refuse with `CoolingDown` for `rollout.cooldown` after our last roll of the service."""
    history = candidate.observed.history
    if isinstance(history, NotAsked):
        return Look("history")
    if isinstance(history, Unread):
        return Wait(history.reason)
    rolls = rolled_at(candidate.observed)
    if not rolls:
        return None
    until = max(rolls) + candidate.policy.rollout.cooldown
    if until <= candidate.now:
        return None
    refusal = candidate.refuse(
        "CoolingDown", "the service was rolled a moment ago", "It goes on by itself."
    )
    return Wait(refusal.reason, until)
