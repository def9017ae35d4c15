"""The way back to the service revision that completed last, and how a service deployment ends."""

from __future__ import annotations

from controller.sandbox.ecs import events
from controller.sandbox.ecs.deployments import become_primary
from controller.sandbox.state import (
    Deployment,
    Region,
    Service,
    ServiceDeployment,
    ServiceRevision,
)


def request_rollback(change: ServiceDeployment, because: str, *, now: float) -> None:
    """ROLLBACK_REQUESTED until the scheduler looks [DG stop-service-deployment; fact 1.25]."""
    change.status, change.reason, change.updated = "ROLLBACK_REQUESTED", because, now


def roll_back(
    region: Region, service: Service, back: ServiceRevision, *, because: str, now: float
) -> Deployment:
    """A third deployment, PRIMARY, of the service revision that ran before [DG circuit-breaker].

    It is part of the same service deployment, which is ROLLBACK_IN_PROGRESS meanwhile. Where
    traffic was shifted, it goes back at once to the tasks that still run, and their deployment is
    PRIMARY again: UNVERIFIED.
    """
    change = service.deployments[0].part_of
    former = next((d for d in service.deployments if d.revision is back), None)
    target = former.id if former else back.arn.rsplit("/", 1)[-1]
    change.status, change.reason, change.updated = "ROLLBACK_IN_PROGRESS", because, now
    change.rollback = {"reason": because, "startedAt": now, "serviceRevisionArn": back.arn}
    change.failures = 0
    change.close_hooks()
    if change.shift is not None and former is not None:
        change.shift.weight = change.shift.test_weight = 0.0
        service.deployments.remove(former)
        former.part_of, former.status, former.rollout = change, "PRIMARY", "IN_PROGRESS"
        again = become_primary(service, former, now=now)
    else:
        again = become_primary(
            service, Deployment(next(region.numbers), back, change, now, now, ""), now=now
        )
    service.task_definition = back.task_definition
    events.say(region, service, events.rolling_back(target), now=now)
    return again


def finish(change: ServiceDeployment, *, now: float) -> None:
    """The change has arrived, where it was going or where it came from."""
    if change.status == "ROLLBACK_IN_PROGRESS":
        end(change, "ROLLBACK_SUCCESSFUL", change.reason, now=now)
    elif not change.ended:
        end(change, "SUCCESSFUL", None, now=now)


def end(change: ServiceDeployment, status: str, reason: str | None, *, now: float) -> None:
    """Nothing more comes of this change; what monitored it and was silent has done its work."""
    change.close_hooks()
    if change.breaker == "MONITORING":
        change.breaker = "MONITORING_COMPLETE"
    if change.alarms == "MONITORING":
        change.alarms = "MONITORING_COMPLETE"
    change.status, change.reason = status, reason
    change.finished = change.updated = now
    if status == "STOPPED":
        change.stopped = now
