"""ECS's service scheduler, one look at a time: tasks start, run or fail, old ones are drained."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime

from tests.model.aws.deployments import NewName, arrive, break_off
from tests.model.aws.state import Deployment, Service


def look_at(service: Service, fails: Callable[[str], bool], *, at: datetime, name: NewName) -> None:
    """Look at one service once; what started at one look runs, or has failed, at the next.

    *fails* tells of a revision, by its ARN, whether its tasks stop before they run.
    """
    primary = service.primary
    primary.desired = service.desired
    if primary.part_of.status == "PENDING":
        primary.part_of.status = "IN_PROGRESS"
    before = _shape(service)
    _settle(service, fails, at=at)
    if _trips(service):
        break_off(service, at=at, name=name)
        primary = service.primary
    _drain(service)
    if primary.rollout != "FAILED":  # a FAILED deployment starts no tasks [fact 4.16]
        _start(service, primary)
        _arrive_if_done(service, primary, at=at)
    if _shape(service) != before:
        primary.updated = primary.part_of.updated = at


def _settle(service: Service, fails: Callable[[str], bool], *, at: datetime) -> None:
    for deployment in service.deployments:
        ends = [at] * deployment.pending
        if deployment is service.primary and fails(deployment.task_definition):
            deployment.failed += deployment.pending
            deployment.part_of.failures += deployment.pending
            deployment.ended += ends
        else:
            if deployment is service.primary and deployment.pending:
                deployment.part_of.failures = 0  # a healthy task sets it back [fact 1.23]
            deployment.running += deployment.pending
            deployment.began += ends
        deployment.pending = 0


def _trips(service: Service) -> bool:
    """Tell whether the failed tasks of the change have reached the threshold [fact 4.17]."""
    change = service.primary.part_of
    is_watched = service.breaker and service.primary.rollout == "IN_PROGRESS"
    return is_watched and change.failures >= change.threshold


def _drain(service: Service) -> None:
    """Stop old tasks as far as minimumHealthyPercent of the desired ones allows [fact 4.15]."""
    primary = service.primary
    spare = service.running - math.ceil(service.desired * service.minimum_healthy / 100)
    for deployment in reversed(service.deployments):
        surplus = deployment.running - (primary.desired if deployment is primary else 0)
        if primary.rollout == "FAILED" and deployment.rollout == "COMPLETED":
            surplus = 0  # nothing is drained in favour of what has failed
        count = min(max(surplus, 0), max(spare, 0))
        deployment.running -= count
        del deployment.began[:count]
        spare -= count
        if deployment is not primary:
            deployment.desired = deployment.running


def _start(service: Service, primary: Deployment) -> None:
    """Start what is missing, as far as maximumPercent of the desired ones has room [fact 4.15]."""
    room = service.desired * service.maximum // 100 - service.running - service.pending
    missing = service.desired - primary.running - primary.pending
    primary.pending += max(0, min(room, missing))


def _arrive_if_done(service: Service, primary: Deployment, *, at: datetime) -> None:
    older = any(one.running or one.pending for one in service.deployments[1:])
    if primary.running != service.desired or primary.pending or older:
        return
    if primary.rollout == "IN_PROGRESS":
        arrive(service, at=at)
    del service.deployments[1:]


def _shape(service: Service) -> tuple[tuple[int, int, int, str], ...]:
    return tuple((d.pending, d.running, d.failed, d.rollout) for d in service.deployments)
