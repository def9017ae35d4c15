"""ECS's service scheduler, one look at a time: tasks run or fail, a deployment goes on or back."""

from __future__ import annotations

from controller.sandbox.behaviour import Behaviour
from controller.sandbox.ecs import alarms, circuit_breaker, rollback
from controller.sandbox.ecs.container_instances import desired_by_daemon
from controller.sandbox.ecs.find import find_task_definition
from controller.sandbox.ecs.rolling import roll
from controller.sandbox.ecs.shifting import shift
from controller.sandbox.ecs.task_records import follow
from controller.sandbox.endings import DIED, drained
from controller.sandbox.state import Region, Service, ServiceDeployment


def tick(region: Region, behaviour: Behaviour, *, now: float) -> None:
    """Look at every service of a Region once.

    What started at one look runs (or has failed) at the next. A deployment of CODE_DEPLOY or
    EXTERNAL is not ECS's to move; it only keeps the PRIMARY task set at its scale.
    """
    for service in region.services.values():
        if service.status == "DRAINING":
            _drain(region, service, now=now)
        elif service.status == "ACTIVE" and service.deployments:
            _look(region, service, behaviour, now=now)
        elif service.status == "ACTIVE":
            _keep(region, service, behaviour, now=now)


def _look(region: Region, service: Service, behaviour: Behaviour, *, now: float) -> None:
    if service.settings["schedulingStrategy"] == "DAEMON":
        service.desired = desired_by_daemon(region, service)
    primary = service.deployments[0]
    primary.desired = service.desired
    before = _shape(service)
    _begin(region, primary.part_of, now=now)
    _settle(region, service, behaviour, now=now)
    _turn_back(region, service, now=now)
    _go_on(region, service, behaviour, now=now)
    if _shape(service) != before:
        primary = service.deployments[0]
        primary.updated = primary.part_of.updated = now


def _begin(region: Region, change: ServiceDeployment, *, now: float) -> None:
    if change.started is None:
        change.started = now
        circuit_breaker.monitor(change)
        alarms.monitor(region, change)
    if change.status == "PENDING":
        change.status = "IN_PROGRESS"


def _settle(region: Region, service: Service, behaviour: Behaviour, *, now: float) -> None:
    """What is pending runs now, or has failed, or stays pending."""
    follow(region, service, now=now)
    primary = service.deployments[0]
    for deployment in service.deployments[1:]:
        deployment.running += deployment.pending
        deployment.pending = 0
    document = find_task_definition(region, primary.revision.task_definition).document
    failure = behaviour.failure(document)
    if failure:
        if not (primary.has_run or primary.running):
            primary.failed += primary.pending
        primary.part_of.failures += primary.pending
        primary.pending = 0
    elif primary.pending and not behaviour.stalls(document):
        primary.has_run, primary.failed = True, 0  # [MODEL Deployment.failedTasks]
        if circuit_breaker.resets(primary.part_of):
            primary.part_of.failures = 0
        primary.running += primary.pending
        primary.pending = 0
    follow(region, service, now=now, ending=failure or DIED)


def _turn_back(region: Region, service: Service, *, now: float) -> None:
    """What asks for the way back: a person, the circuit breaker, or an alarm."""
    primary = service.deployments[0]
    change = primary.part_of
    if change.status == "ROLLBACK_REQUESTED" and service.completed is not None:
        because = change.reason or ""
        rollback.roll_back(region, service, service.completed, because=because, now=now)
    elif circuit_breaker.trips(service, primary):
        circuit_breaker.trip(region, service, primary, now=now)
    elif alarms.rings(region, change):
        alarms.fail(region, service, now=now)


def _go_on(region: Region, service: Service, behaviour: Behaviour, *, now: float) -> None:
    change = service.deployments[0].part_of
    if change.shift is None or change.status != "IN_PROGRESS":
        roll(region, service, now=now)
    elif because := shift(region, service, behaviour, now=now):
        rollback.request_rollback(change, because, now=now)


def _keep(region: Region, service: Service, behaviour: Behaviour, *, now: float) -> None:
    """Tasks of the PRIMARY task set that have died are replaced, and fail or run in their turn."""
    follow(region, service, now=now)
    for one in service.task_sets:
        if one["status"] != "PRIMARY":
            continue
        document = find_task_definition(region, one["taskDefinition"]).document
        failure = behaviour.failure(document)
        if failure or not behaviour.stalls(document):
            one["runningCount"] += 0 if failure else one["pendingCount"]
            one["pendingCount"] = 0
        follow(region, service, now=now, ending=failure or DIED)
        alive = one["runningCount"] + one["pendingCount"]
        one["pendingCount"] += max(0, one["computedDesiredCount"] - alive)
        follow(region, service, now=now)


def _drain(region: Region, service: Service, *, now: float) -> None:
    """A deleted service is INACTIVE once nothing of it runs [DeleteService, API reference]."""
    if not service.running:
        service.status = "INACTIVE"
    last = service.deployments[0].id if service.deployments else service.name
    service.deployments.clear()
    service.task_sets.clear()
    follow(region, service, now=now, ending=drained(last))


def _shape(service: Service) -> tuple[object, ...]:
    shifted = service.deployments[0].part_of.shift
    counts = ((d.pending, d.running, d.failed, d.rollout) for d in service.deployments)
    return (shifted.at if shifted else None, *counts)
