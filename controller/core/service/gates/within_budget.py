"""Few enough services are being rolled, and have been within the day."""

from __future__ import annotations

from controller.core.move import Wait
from controller.core.pace.budget import may_start
from controller.core.service.candidate import Candidate


def within_budget(candidate: Candidate) -> Wait | None:
    """Refuse with `BudgetExhausted` beyond `rollout.maxConcurrent` or `rollout.maxPer`.

    A change of log driver starts with one service, whatever they say.
    """
    return may_start(
        candidate.observed.ref,
        candidate.policy,
        candidate.traffic,
        candidate.now,
        drivers=candidate.new_drivers,
    )
