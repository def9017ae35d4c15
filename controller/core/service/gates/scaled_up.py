"""The service has tasks by which a roll can prove itself."""

from __future__ import annotations

from controller.core.move import Wait
from controller.core.service.candidate import Candidate


def scaled_up(candidate: Candidate) -> Wait | None:
    """Refuse with `WaitingForScaleUp` a service that wants no task: a roll would prove nothing.

    Where the policy allows it, it is rolled all the same and watched when it is scaled up; not one
    that CodeDeploy deploys.
    """
    service = candidate.observed.service
    unwatched = service.is_by_code_deploy
    if service.desired > 0 or (candidate.policy.allow.scaled_to_zero and not unwatched):
        return None
    return candidate.refuse(
        "WaitingForScaleUp",
        "the service is scaled to zero, so a roll would prove nothing",
        "It is rolled when it is scaled up, or at once with allow.scaledToZero.",
    )
