"""The service has tasks by which a roll can prove itself."""

from __future__ import annotations

from controller.core.move import Wait
from controller.core.service.candidate import Candidate


def scaled_up(candidate: Candidate) -> Wait | None:
    """Refuse with `WaitingForScaleUp` a service that wants no task: a roll would prove nothing."""
    if candidate.observed.service.desired > 0:
        return None
    return candidate.refuse(
        "WaitingForScaleUp",
        "the service is scaled to zero, so a roll would prove nothing",
        "It is rolled when it is scaled up.",
    )
