"""Nobody else is deploying the service."""

from __future__ import annotations

from controller.core.move import Wait
from controller.core.service.candidate import Candidate


def steady(candidate: Candidate) -> Wait | None:
    """Refuse with `DeploymentInProgress` while a deployment of anybody's has not ended."""
    deployments = candidate.observed.service.deployments
    primary = candidate.observed.service.primary
    running = primary is not None and primary.rollout_state == "IN_PROGRESS"
    if primary is not None and len(deployments) == 1 and not running:
        return None
    return candidate.refuse(
        "DeploymentInProgress",
        f"{len(deployments)} deployments of the service have not ended",
        "It goes on by itself when they have.",
        again_in=candidate.watch,
    )
