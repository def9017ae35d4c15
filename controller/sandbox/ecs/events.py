"""Service events, in the sentences that ECS writes; the newest stands first."""

from __future__ import annotations

import uuid

from controller.sandbox.state import Deployment, Region, Service

KEPT = 100  # DescribeServices shows the 100 newest [DescribeServices, API reference]
_GUIDE = "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide."


def say(region: Region, service: Service, sentence: str, *, now: float) -> None:
    """Add an event; one that repeats the newest is left out, as a quiet service's would be."""
    message = f"(service {service.name}) {sentence}"
    if service.events and service.events[0]["message"] == message:
        return
    number = uuid.uuid5(uuid.NAMESPACE_URL, f"{service.arn}/{next(region.numbers)}")
    service.events.insert(0, {"id": str(number), "createdAt": now, "message": message})
    del service.events[KEPT:]


def started(count: int, *, task: str) -> str:
    """[recorded answers: "has started 1 tasks: (task 0123…)."]."""
    return f"has started {count} tasks: (task {task})."


def stopped(count: int) -> str:
    """[DG service-event-messages; UNVERIFIED for the count's form]."""
    return f"has stopped {count} running tasks."


def completed(deployment: Deployment) -> str:
    """[recorded answers]."""
    return f"(deployment {deployment.id}) deployment completed."


def failed(deployment: Deployment) -> str:
    """[DG deployment-circuit-breaker]."""
    return f"(deployment {deployment.id}) deployment failed: tasks failed to start."


def alarmed(deployment: Deployment) -> str:
    """[DG deployment-alarm-failure; UNVERIFIED]."""
    return f"(deployment {deployment.id}) deployment failed: alarm detected."


def rolling_back(to: str) -> str:
    """[DG deployment-circuit-breaker]."""
    return f"rolling back to deployment {to}."


STEADY = "has reached a steady state."
IMPAIRED = f"is unable to consistently start tasks successfully. {_GUIDE}"


def unplaceable(attribute: str) -> str:
    """Nothing offers what the task asks for [fact 2.17; DG service-event-messages]."""
    return (
        "was unable to place a task because no container instance met all of its requirements. "
        f"The closest matching container-instance is missing an attribute required by your task: "
        f"{attribute}. {_GUIDE}"
    )
