"""How a deployment begins, and how ECS takes a service back from one that failed."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime

from tests.model.aws.state import ECS, Change, Deployment, Service

NewName = Callable[[str], str]
"""Makes a name that nothing else has, from what it is to name."""


def start(service: Service, *, by: str, at: datetime, name: NewName) -> None:
    """Roll out what the service is set to, over whatever is going on [fact 4.10].

    What was under way ends STOPPED; its tasks are drained as those of an ACTIVE deployment.
    """
    sources = dict.fromkeys(one.brought for one in service.deployments)
    if service.history and service.history[0].finished is None:
        _end(service.history[0], "STOPPED", at=at)
    change = Change(
        arn=name("service-deployment"),
        task_definition=service.task_definition,
        by=by,
        sources=tuple(sources),
        created=at,
        threshold=_threshold(service.desired),
        updated=at,
    )
    service.history.insert(0, change)
    _become_primary(service, Deployment(name("ecs-svc"), change, change, by, at, at), at=at)


def _become_primary(service: Service, deployment: Deployment, *, at: datetime) -> None:
    for older in service.deployments:
        older.status, older.updated = "ACTIVE", at
    deployment.desired = service.desired
    service.deployments.insert(0, deployment)


def _threshold(desired: int) -> int:
    """Return after how many failed tasks the breaker trips: half, between 3 and 200 [fact 4.17]."""
    return min(max(math.ceil(desired / 2), 3), 200)


def break_off(service: Service, *, at: datetime, name: NewName) -> None:
    """Give up the PRIMARY deployment, and go back to what last completed, if anything did.

    The way back is a third deployment, PRIMARY too, and part of the same service deployment
    [fact 4.17]. Without anything to go back to, the service stays where it is.
    """
    primary = service.primary
    change, back = primary.part_of, service.completed
    primary.rollout, primary.updated = "FAILED", at
    change.gave_up = True
    if change.status == "ROLLBACK_IN_PROGRESS":
        _end(change, "ROLLBACK_FAILED", at=at)
    elif back is None:
        _end(change, "STOPPED", at=at)
    else:
        _go_back(service, back, at=at, name=name)


def stop(service: Service, change: Change, *, at: datetime, name: NewName) -> bool:
    """Go back from a deployment that is asked to stop, rollback configured or not [fact 1.26].

    False where it is not under way any more, or there is nothing to go back to.
    """
    back = service.completed
    if change.status not in {"PENDING", "IN_PROGRESS"} or back is None:
        return False
    _go_back(service, back, at=at, name=name)
    return True


def _go_back(service: Service, back: Change, *, at: datetime, name: NewName) -> None:
    change = service.primary.part_of
    change.status, change.updated, change.failures = "ROLLBACK_IN_PROGRESS", at, 0
    again = Deployment(name("ecs-svc"), back, change, ECS, at, at)
    service.task_definition = back.task_definition
    _become_primary(service, again, at=at)


def arrive(service: Service, *, at: datetime) -> None:
    """COMPLETED: all wanted tasks run, and no older ones do [fact 4.16]."""
    primary = service.primary
    change = primary.part_of
    del service.deployments[1:]
    primary.rollout, primary.updated = "COMPLETED", at
    service.completed = primary.brought
    if change.status == "ROLLBACK_IN_PROGRESS":
        _end(change, "ROLLBACK_SUCCESSFUL", at=at)
    elif change.finished is None:
        _end(change, "SUCCESSFUL", at=at)


def _end(change: Change, status: str, *, at: datetime) -> None:
    change.status, change.finished, change.updated = status, at, at
