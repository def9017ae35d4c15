"""Tasks of a service: those that run, and those that stopped within about the last hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

FAILURES: Final = frozenset({"TaskFailedToStart", "EssentialContainerExited"})  # [fact 5.13]
SCHEDULER: Final = "ServiceSchedulerInitiated"  # [fact 5.13]
BY_HEALTH_CHECK: Final = "health check"
"""The scheduler stops who fails one, in the words `Task failed ELB health checks` or `failed
container health checks` [DG stopped-task-errors]."""


@dataclass(frozen=True, slots=True)
class StoppedContainer:
    """What ECS says of a container of a stopped task; `reason` is redacted.

    `exit_code` is None where the container never ran.
    """

    name: str
    reason: str | None = None
    exit_code: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One task as DescribeTasks shows it. `task_definition` is an ARN.

    `started_by` is the id of the deployment that started it. `protected_until` is set where it is
    protected against being stopped by a scale-in or a deployment, and ECS told so. `stopped_reason`
    is redacted: it may quote what the task was given.
    """

    arn: str
    task_definition: str
    last_status: str
    desired_status: str
    health: str | None = None
    started_by: str | None = None
    created_at: datetime | None = None
    started_at: datetime | None = None
    stopping_at: datetime | None = None
    stopped_at: datetime | None = None
    stop_code: str | None = None
    stopped_reason: str | None = None
    containers: tuple[StoppedContainer, ...] = ()
    protected_until: datetime | None = None

    @property
    def is_healthy(self) -> bool:
        """Tell whether it runs, is to go on, and no health check has failed."""
        runs = self.last_status == "RUNNING" and self.desired_status == "RUNNING"
        return runs and self.health != "UNHEALTHY"

    @property
    def has_stopped(self) -> bool:
        """Tell whether it is over."""
        return self.last_status == "STOPPED"

    @property
    def has_failed(self) -> bool:
        """Tell whether it is over, and of itself: it did not start, ended, or is unhealthy."""
        unhealthy = BY_HEALTH_CHECK in (self.stopped_reason or "").lower()
        return self.has_stopped and (self.stop_code in FAILURES or unhealthy)

    @property
    def was_taken_away(self) -> bool:
        """Tell whether it is over since the scheduler had no use for it, as when scaling in."""
        return self.has_stopped and self.stop_code == SCHEDULER and not self.has_failed


@dataclass(frozen=True, slots=True)
class Tasks:
    """The tasks of a service, as far as they were read. `complete` False: there are more."""

    tasks: tuple[Task, ...]
    complete: bool = True

    def of(self, task_definition: str) -> tuple[Task, ...]:
        """Return those that run, or ran, the revision with this ARN."""
        return tuple(one for one in self.tasks if one.task_definition == task_definition)

    def others(self, task_definition: str) -> tuple[Task, ...]:
        """Return those that run, or ran, another one."""
        return tuple(one for one in self.tasks if one.task_definition != task_definition)
