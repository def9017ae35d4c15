"""The service was not rolled a moment ago."""

from __future__ import annotations

from controller.core.move import Look, Wait
from controller.core.service.candidate import Candidate
from controller.core.service.observed import NotAsked, Unread
from controller.core.service.rolls.past import last_roll


def cooldown(candidate: Candidate) -> Wait | Look | None:
    """Refuse with `CoolingDown` for `rollout.cooldown` after our last roll of the service."""
    history = candidate.observed.history
    if isinstance(history, NotAsked):
        return Look("history")
    if isinstance(history, Unread):
        return Wait(history.reason)
    last = last_roll(candidate.observed)
    until = None if last is None else last + candidate.policy.rollout.cooldown
    if until is None or until <= candidate.now:
        return None
    refusal = candidate.refuse(
        "CoolingDown", "the service was rolled a moment ago", "It goes on by itself."
    )
    return Wait(refusal.reason, until)
