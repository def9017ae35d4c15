"""Deployments that shift traffic from the old tasks to new ones, stage after stage."""

from __future__ import annotations

from controller.sandbox.behaviour import Behaviour
from controller.sandbox.ecs import hooks
from controller.sandbox.ecs.rolling import (
    complete,
    is_alone,
    start_tasks,
    stop_tasks,
    tell_of_stopped,
)
from controller.sandbox.ecs.task_records import protected
from controller.sandbox.state import Region, Service, ServiceDeployment, Shift

# The stage of hooks that the stages of service deployments do not know [fact 1.25]; what is shown
# meanwhile is UNVERIFIED.
_SHOWN_AS = {"PRE_PRODUCTION_TRAFFIC_SHIFT": "PRODUCTION_TRAFFIC_SHIFT"}


def shift(region: Region, service: Service, behaviour: Behaviour, *, now: float) -> str | None:
    """One look: a stage begins, or what it waits for is looked at. Why to go back, or None."""
    change = service.deployments[0].part_of
    under_way = change.shift
    if under_way is None:
        raise ValueError(f"{change.arn} shifts no traffic")
    if because := hooks.settle_hooks(change, behaviour, now=now):
        return because
    if under_way.since is None:
        _enter(region, service, change, under_way, now=now)
    elif _is_done(service, change, under_way, now=now):
        under_way.at += 1
        if under_way.at == len(under_way.steps):
            complete(region, service, now=now)
            return None
        _enter(region, service, change, under_way, now=now)
    if under_way.scaled_up:
        _keep_in_full(region, service, now=now)
    if under_way.step.stage == "CLEAN_UP":
        _clean_up(region, service, now=now)
    return None


def _enter(
    region: Region, service: Service, change: ServiceDeployment, under_way: Shift, *, now: float
) -> None:
    step = under_way.step
    under_way.since = now
    change.stage = _SHOWN_AS.get(step.stage, step.stage)
    if step.weight is not None:
        under_way.weight = step.weight
    if step.test_weight is not None:
        under_way.test_weight = step.test_weight
    if step.stage == "RECONCILE_SERVICE":
        _reconcile(region, service, now=now)
    under_way.scaled_up = under_way.scaled_up or step.stage == "SCALE_UP"
    hooks.call_hooks(region, change, step.stage, now=now)


def _is_done(service: Service, change: ServiceDeployment, under_way: Shift, *, now: float) -> bool:
    if hooks.is_held(change) or now - (under_way.since or now) < under_way.step.seconds:
        return False
    primary = service.deployments[0]
    if under_way.step.stage == "SCALE_UP":  # to 100 % [MODEL ServiceDeployment.lifecycleStage]
        return primary.running >= service.desired and not primary.pending
    return under_way.step.stage != "CLEAN_UP" or is_alone(service)


def _keep_in_full(region: Region, service: Service, *, now: float) -> None:
    """As many new tasks as the service wants by now, whatever the old ones count."""
    primary = service.deployments[0]
    start_tasks(region, service, room=service.desired - primary.running, now=now)
    surplus = primary.running - service.desired
    free = primary.running - protected(service, primary.id, now=now)
    tell_of_stopped(region, service, stop_tasks(service, primary, min(surplus, free)), now=now)


def _reconcile(region: Region, service: Service, *, now: float) -> None:
    """Only the revision that completed last keeps its tasks; UNVERIFIED."""
    primary, *older = service.deployments
    left = [one for one in older if one.revision is not service.completed]
    stopped = sum(stop_tasks(service, one, one.running) for one in left)
    service.deployments[:] = [primary, *(one for one in older if one not in left)]
    tell_of_stopped(region, service, stopped, now=now)


def _clean_up(region: Region, service: Service, *, now: float) -> None:
    """The old tasks go, all at once, but for those that are protected."""
    stopped = 0
    for one in service.deployments[1:]:
        free = one.running - protected(service, one.id, now=now)
        stopped += stop_tasks(service, one, free)
    tell_of_stopped(region, service, stopped, now=now)
    service.deployments[1:] = [one for one in service.deployments[1:] if one.running or one.pending]
