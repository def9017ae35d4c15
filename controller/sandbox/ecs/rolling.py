"""Rolling deployments: old tasks are drained and new ones started, as far as percents allow."""

from __future__ import annotations

import math

from controller.sandbox.ecs import alarms, events, rollback
from controller.sandbox.ecs.container_instances import missing_attribute
from controller.sandbox.ecs.find import find_task_definition
from controller.sandbox.ecs.task_records import follow, protected
from controller.sandbox.endings import drained
from controller.sandbox.state import Deployment, Region, Service, ServiceDeployment


def roll(region: Region, service: Service, *, now: float) -> None:
    """One look at a rolling deployment."""
    primary = service.deployments[0]
    _drain(region, service, now=now)
    if primary.rollout == "FAILED":  # it starts no tasks [fact 4.16]
        return
    percent = service.settings["deploymentConfiguration"]["maximumPercent"]
    room = math.floor(service.desired * percent / 100) - service.running - service.pending
    start_tasks(region, service, room=room, now=now)
    if is_alone(service):
        del service.deployments[1:]
        if not _bakes(primary.part_of, now=now):
            complete(region, service, now=now)


def start_tasks(region: Region, service: Service, *, room: int, now: float) -> None:
    """Start what the PRIMARY deployment misses, as far as there is room for so many tasks."""
    primary = service.deployments[0]
    count = max(0, min(room, service.desired - primary.running - primary.pending))
    if not count:
        return
    document = find_task_definition(region, primary.revision.task_definition).document
    if attribute := missing_attribute(region, service, document):
        events.say(region, service, events.unplaceable(attribute), now=now)
        return
    primary.pending += count
    follow(region, service, now=now)
    started = service.tasks[-1].arn.rsplit("/", 1)[-1]
    events.say(region, service, events.started(count, task=started), now=now)
    if primary.failed:
        events.say(region, service, events.IMPAIRED, now=now)


def stop_tasks(service: Service, deployment: Deployment, count: int) -> int:
    """Take so many running tasks away, or fewer; answers how many. Records are not told yet."""
    count = max(0, min(count, deployment.running))
    deployment.running -= count
    if deployment is not service.deployments[0]:
        deployment.desired = deployment.running
    return count


def is_alone(service: Service) -> bool:
    """Whether all wanted tasks of PRIMARY run, and none of an older deployment."""
    primary = service.deployments[0]
    older = any(d.running or d.pending for d in service.deployments[1:])
    return primary.running == service.desired and not primary.pending and not older


def _bakes(change: ServiceDeployment, *, now: float) -> bool:
    """Whether a change stays IN_PROGRESS though all of its tasks run [facts 1.23, 4.19].

    For as long as it is told to, or for some minutes where alarms are watched. A rollback does not
    bake, nor does a first deployment, which has nothing to go back to: both UNVERIFIED.
    """
    if change.status != "IN_PROGRESS" or not change.sources:
        return False
    minutes = change.configuration["bakeTimeInMinutes"]
    if change.alarms == "MONITORING":
        minutes = minutes or alarms.BAKE_MINUTES
    if change.baked_at is None:
        change.baked_at = now + minutes * 60
    return now < change.baked_at


def complete(region: Region, service: Service, *, now: float) -> None:
    """COMPLETED once all wanted tasks run and no older ones do [fact 4.16]."""
    primary = service.deployments[0]
    if primary.rollout != "IN_PROGRESS":
        return
    primary.rollout, primary.updated = "COMPLETED", now
    primary.reason = f"ECS deployment {primary.id} completed."
    service.completed = primary.revision
    rollback.finish(primary.part_of, now=now)
    events.say(region, service, events.completed(primary), now=now)
    events.say(region, service, events.STEADY, now=now)


def _drain(region: Region, service: Service, *, now: float) -> None:
    """As far as ``minimumHealthyPercent`` of the desired count allows [fact 4.15].

    Protected tasks stay [MODEL UpdateTaskProtection], and so the deployment goes on.
    """
    percent = service.settings["deploymentConfiguration"]["minimumHealthyPercent"]
    healthy = math.ceil(service.desired * percent / 100)
    primary = service.deployments[0]
    spare = service.running - healthy
    stopped = 0
    for deployment in reversed(service.deployments):
        surplus = deployment.running - (primary.desired if deployment is primary else 0)
        if primary.rollout == "FAILED" and deployment.rollout == "COMPLETED":
            surplus = 0  # nothing is drained in favour of a deployment that has failed
        free = deployment.running - protected(service, deployment.id, now=now)
        stopped += stop_tasks(service, deployment, min(surplus, free, spare - stopped))
    tell_of_stopped(region, service, stopped, now=now)


def tell_of_stopped(region: Region, service: Service, count: int, *, now: float) -> None:
    """Records and events of tasks that the scheduler has taken away."""
    if count:
        follow(region, service, now=now, ending=drained(service.deployments[0].id))
        events.say(region, service, events.stopped(count), now=now)
