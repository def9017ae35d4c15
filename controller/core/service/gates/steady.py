"""The service is at rest: nobody is deploying it, and all the tasks that it wants are running."""

from __future__ import annotations

from controller.core.move import Wait
from controller.core.service.candidate import Candidate
from controller.core.service.observed import Service


def steady(candidate: Candidate) -> Wait | None:
    """Refuse with `DeploymentInProgress` or `NotSteady` a service that is not at rest.

    A deployment without a rolloutState, as behind a Classic Load Balancer [fact 4.16], is at rest
    if it is the only one.
    """
    service = candidate.observed.service
    primary = service.primary
    state = None if primary is None else primary.rollout_state
    if primary is None or len(service.deployments) > 1 or state == "IN_PROGRESS":
        return candidate.refuse(
            "DeploymentInProgress",
            _unended(service),
            "It goes on by itself when the service is at rest.",
            again_in=candidate.watch,
        )
    if state == "FAILED" or service.running < service.desired:
        return candidate.refuse(
            "NotSteady",
            f"{service.running} of {service.desired} tasks run, so a roll could not be judged",
            "Mend the service first; it is looked at again.",
            again_in=candidate.watch,
        )
    return None


def _unended(service: Service) -> str:
    if service.primary is None:
        return "ECS shows no PRIMARY deployment of it"
    number = len(service.deployments)
    several = f"{number} deployments of the service have"
    return f"{several if number > 1 else 'its deployment has'} not ended"
