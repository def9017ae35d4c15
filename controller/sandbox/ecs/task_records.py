"""The tasks behind the counts: the scheduler counts, and here each task that it counts is known.

So a test may still plant a count: a running task too few has died, one too many has come up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from controller.sandbox.ecs.placement import placed
from controller.sandbox.endings import DIED, Ending
from controller.sandbox.state import Region, Service, Task
from controller.sandbox.wire import Json

SHOWN_FOR = 3600.0  # stopped tasks are described for about an hour [ListTasks, API reference]


@dataclass(frozen=True, slots=True)
class _Group:
    """A deployment or a task set: so many tasks of one revision."""

    id: str
    task_definition: str
    launch: Json
    pending: int
    running: int


def follow(region: Region, service: Service, *, now: float, ending: Ending = DIED) -> None:
    """Bring the tasks of a service in line with its counts; who has to go, goes by ``ending``.

    What was pending and is counted no more either runs now or has failed.
    """
    groups = {group.id: group for group in _groups(service)}
    for group in groups.values():
        _follow(region, service, group, now=now, ending=ending)
    for task in service.tasks:
        if task.stopped is None and task.group not in groups:
            stop(task, ending, now=now)
    service.tasks[:] = [
        task for task in service.tasks if task.stopped is None or now - task.stopped < SHOWN_FOR
    ]


def protected(service: Service, group: str, *, now: float) -> int:
    """How many running tasks of a deployment the scheduler may not stop [MODEL ProtectedTask]."""
    return sum(
        task.group == group and task.stopped is None and task.is_protected(now)
        for task in service.tasks
    )


def stop(task: Task, ending: Ending, *, now: float) -> None:
    """This task is no more."""
    task.stopped, task.ending = now, ending


def _groups(service: Service) -> Iterator[_Group]:
    for one in service.deployments:
        revision = one.revision
        yield _Group(one.id, revision.task_definition, revision.launch, one.pending, one.running)
    for task_set in service.task_sets:
        yield _Group(
            task_set["id"],
            task_set["taskDefinition"],
            task_set,
            int(task_set["pendingCount"]),
            int(task_set["runningCount"]),
        )


def _follow(region: Region, service: Service, group: _Group, *, now: float, ending: Ending) -> None:
    alive = [task for task in service.tasks if task.group == group.id and task.stopped is None]
    waiting = [task for task in alive if task.started is None]
    up = [task for task in alive if task.started is not None]
    left = max(0, len(waiting) - group.pending)
    come_up = waiting[: min(left, max(0, group.running - len(up)))]
    for task in come_up:
        task.started = now
    for task in waiting[len(come_up) : left]:
        stop(task, ending, now=now)
    surplus = len(up) + len(come_up) - group.running
    if surplus > 0:
        up.reverse()  # the newest first, and of those the protected last
        up.sort(key=lambda task: task.is_protected(now))
        for task in up[:surplus]:
            stop(task, ending, now=now)
    for number in range(max(0, -surplus) + max(0, group.pending - len(waiting))):
        task = _new(region, service, group, now=now)
        task.started = now if number < -surplus else None
        service.tasks.append(task)


def _new(region: Region, service: Service, group: _Group, *, now: float) -> Task:
    arn = region.arn(f"task/{service.cluster}/{next(region.numbers):032x}")
    return Task(
        arn, group.id, group.task_definition, placed(region, service, group.launch), created=now
    )
