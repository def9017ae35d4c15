"""Few enough services are being rolled, and have been within the day."""

from __future__ import annotations

from controller.core.move import Wait
from controller.core.pace.budget import may_start
from controller.core.pace.waves import wave_of
from controller.core.service.candidate import Candidate
from controller.core.service.subject import subject_of


def within_budget(candidate: Candidate) -> Wait | None:
    """Refuse with `BudgetExhausted` beyond `rollout.maxConcurrent` or `rollout.maxPer`.

    The same for what the service's wave states. A change of log driver starts with one service,
    whatever they say.
    """
    policy = candidate.policy
    return may_start(
        candidate.observed.ref,
        policy,
        candidate.traffic,
        candidate.now,
        drivers=candidate.new_drivers,
        wave=wave_of(policy.rollout.waves, subject_of(candidate.observed)),
    )
