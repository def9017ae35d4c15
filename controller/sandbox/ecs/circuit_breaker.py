"""The deployment circuit breaker: when it trips, and the way back."""

from __future__ import annotations

from controller.sandbox.ecs import events
from controller.sandbox.ecs.deployments import become_primary, rolls_back
from controller.sandbox.state import (
    Deployment,
    Region,
    Service,
    ServiceDeployment,
    ServiceRevision,
)

_BECAUSE = "the circuit breaker threshold was exceeded"


def trips(service: Service, primary: Deployment) -> bool:
    """Whether the failed tasks of this change have reached the threshold [fact 4.17]."""
    change = primary.part_of
    return (
        primary.rollout == "IN_PROGRESS"
        and change.breaker == "MONITORING"
        and change.failures >= change.threshold
    )


def trip(region: Region, service: Service, primary: Deployment, *, now: float) -> None:
    """FAILED; then back to the last COMPLETED revision where that is asked for and there is one.

    Without a COMPLETED deployment to go back to, the breaker stalls [fact 4.17]. UNVERIFIED: that
    a change which fails without going back ends as STOPPED (the enumeration has no FAILED [1.25]).
    """
    change = primary.part_of
    primary.rollout, primary.updated = "FAILED", now
    primary.reason = "ECS deployment circuit breaker: tasks failed to start."
    change.breaker = "TRIGGERED"
    events.say(region, service, events.failed(primary), now=now)
    back = service.completed
    if change.status == "ROLLBACK_IN_PROGRESS":
        _end(change, "ROLLBACK_FAILED", f"Rollback failed because {_BECAUSE}.", now=now)
    elif rolls_back(change.configuration) and back is not None:
        because = f"Service deployment rolled back because {_BECAUSE}."
        roll_back(region, service, back, because=because, now=now)
    else:
        _end(change, "STOPPED", f"Service deployment stopped because {_BECAUSE}.", now=now)


def roll_back(
    region: Region, service: Service, back: ServiceRevision, *, because: str, now: float
) -> None:
    """A third deployment, PRIMARY, of the service revision that ran before [DG circuit-breaker].

    It is part of the same service deployment, which is ROLLBACK_IN_PROGRESS meanwhile.
    """
    change = service.deployments[0].part_of
    former = next((d for d in service.deployments if d.revision is back), None)
    target = former.id if former else back.arn.rsplit("/", 1)[-1]
    change.status, change.reason, change.updated = "ROLLBACK_IN_PROGRESS", because, now
    change.rollback = {"reason": because, "startedAt": now, "serviceRevisionArn": back.arn}
    change.failures = 0
    if change.breaker == "TRIGGERED":
        change.breaker = "MONITORING"
    again = Deployment(next(region.numbers), back, change, now, now, "")
    become_primary(service, again, now=now)
    again.reason = f"ECS deployment circuit breaker: rolling back to deploymentId {target}."
    service.task_definition = back.task_definition
    events.say(region, service, events.rolling_back(target), now=now)


def finish(change: ServiceDeployment, *, now: float) -> None:
    """The change has arrived, where it was going or where it came from."""
    if change.status == "ROLLBACK_IN_PROGRESS":
        change.breaker = "TRIGGERED"
        _end(change, "ROLLBACK_SUCCESSFUL", change.reason, now=now)
    elif change.finished is None:
        if change.breaker == "MONITORING":
            change.breaker = "MONITORING_COMPLETE"
        _end(change, "SUCCESSFUL", None, now=now)


def _end(change: ServiceDeployment, status: str, reason: str | None, *, now: float) -> None:
    change.status, change.reason = status, reason
    change.finished = change.updated = now
    if status == "STOPPED":
        change.stopped = now
