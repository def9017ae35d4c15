"""No log group that the corrected revision would begin to log to is another's by accident."""

from __future__ import annotations

from controller.core.move import Wait
from controller.core.service.candidate import Candidate
from controller.core.service.collision import collision


def name_collision(candidate: Candidate) -> Wait | None:
    """Refuse with `NameCollision` where templates give one group to services that differ.

    Whoever is looked at sees the claims of all that were seen before. Until the whole fleet was,
    `within_budget` lets nobody through.
    """
    reason = collision(candidate, candidate.verdict.needs)
    return None if reason is None else Wait(reason)
