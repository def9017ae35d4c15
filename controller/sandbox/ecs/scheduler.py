"""ECS's service scheduler, one look at a time: tasks start, run or fail, old ones are drained."""

from __future__ import annotations

import math

from controller.sandbox.behaviour import Behaviour
from controller.sandbox.ecs import circuit_breaker, events
from controller.sandbox.ecs.container_instances import desired_by_daemon, missing_attribute
from controller.sandbox.ecs.find import find_task_definition
from controller.sandbox.state import Deployment, Region, Service
from controller.sandbox.wire import Json


def tick(region: Region, behaviour: Behaviour, *, now: float) -> None:
    """Look at every service of a Region once.

    What started at one look runs (or has failed) at the next. A deployment of CODE_DEPLOY or
    EXTERNAL is not ECS's to move.
    """
    for service in region.services.values():
        if service.status == "DRAINING":
            _drain(service)
        elif service.status == "ACTIVE" and service.deployments:
            _look(region, service, behaviour, now=now)


def _look(region: Region, service: Service, behaviour: Behaviour, *, now: float) -> None:
    if service.settings["schedulingStrategy"] == "DAEMON":
        service.desired = desired_by_daemon(region, service)
    primary = service.deployments[0]
    primary.desired = service.desired
    document = find_task_definition(region, primary.revision.task_definition).document
    if primary.part_of.status == "PENDING":
        primary.part_of.status, primary.part_of.started = "IN_PROGRESS", now
    before = _shape(service)
    _settle(service, primary, document, behaviour)
    if circuit_breaker.trips(service, primary):
        circuit_breaker.trip(region, service, primary, now=now)
        primary = service.deployments[0]
    _stop_old(region, service, now=now)
    if primary.rollout != "FAILED":  # a FAILED deployment starts no tasks [fact 4.16]
        _start(region, service, primary, document, now=now)
        _complete(region, service, primary, now=now)
    if _shape(service) != before:
        primary.updated = primary.part_of.updated = now


def _settle(service: Service, primary: Deployment, document: Json, behaviour: Behaviour) -> None:
    """What is pending runs now, or has failed, or stays pending."""
    for deployment in service.deployments:
        if deployment is not primary:
            deployment.running += deployment.pending
            deployment.pending = 0
    if behaviour.fails(document):
        primary.failed += primary.pending
        primary.part_of.failures += primary.pending
        primary.pending = 0
    elif not behaviour.stalls(document):
        if primary.pending and _breaker_resets(service):
            primary.part_of.failures = 0
        primary.running += primary.pending
        primary.pending = 0


def _breaker_resets(service: Service) -> bool:
    """A healthy task sets the count of failures back, unless told not to [fact 1.23]."""
    breaker = service.settings["deploymentConfiguration"].get("deploymentCircuitBreaker") or {}
    return bool(breaker.get("resetOnHealthyTask", True))


def _stop_old(region: Region, service: Service, *, now: float) -> None:
    """Drain as far as ``minimumHealthyPercent`` of the desired count allows [fact 4.15]."""
    percent = service.settings["deploymentConfiguration"]["minimumHealthyPercent"]
    healthy = math.ceil(service.desired * percent / 100)
    primary = service.deployments[0]
    spare = service.running - healthy
    stopped = 0
    for deployment in reversed(service.deployments):
        surplus = deployment.running - (primary.desired if deployment is primary else 0)
        if primary.rollout == "FAILED" and deployment.rollout == "COMPLETED":
            surplus = 0  # nothing is drained in favour of a deployment that has failed
        count = min(max(surplus, 0), max(spare - stopped, 0))
        deployment.running -= count
        stopped += count
        if deployment is not primary:
            deployment.desired = deployment.running
    if stopped:
        events.say(region, service, events.stopped(stopped), now=now)


def _start(
    region: Region, service: Service, primary: Deployment, document: Json, *, now: float
) -> None:
    """Start what is missing, as far as ``maximumPercent`` of the desired count has room."""
    percent = service.settings["deploymentConfiguration"]["maximumPercent"]
    room = math.floor(service.desired * percent / 100) - service.running - service.pending
    missing = service.desired - primary.running - primary.pending
    count = max(0, min(room, missing))
    if not count:
        return
    if attribute := missing_attribute(region, service, document):
        events.say(region, service, events.unplaceable(attribute), now=now)
        return
    primary.pending += count
    task = f"{next(region.numbers):032x}"
    events.say(region, service, events.started(count, task=task), now=now)
    if primary.failed:
        events.say(region, service, events.IMPAIRED, now=now)


def _complete(region: Region, service: Service, primary: Deployment, *, now: float) -> None:
    """COMPLETED once all wanted tasks run and no older ones do [fact 4.16]."""
    older = any(d.running or d.pending for d in service.deployments[1:])
    if primary.running != service.desired or primary.pending or older:
        return
    del service.deployments[1:]
    if primary.rollout != "IN_PROGRESS":
        return
    primary.rollout, primary.updated = "COMPLETED", now
    primary.reason = f"ECS deployment {primary.id} completed."
    service.completed = primary.revision
    circuit_breaker.finish(primary.part_of, now=now)
    events.say(region, service, events.completed(primary), now=now)
    events.say(region, service, events.STEADY, now=now)


def _drain(service: Service) -> None:
    """A deleted service is INACTIVE once nothing of it runs [DeleteService, API reference]."""
    if not service.running:
        service.status = "INACTIVE"
    service.deployments.clear()
    service.task_sets.clear()


def _shape(service: Service) -> tuple[tuple[int, int, int, str], ...]:
    return tuple((d.pending, d.running, d.failed, d.rollout) for d in service.deployments)
