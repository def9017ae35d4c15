"""A roll made while the service wanted no task: its first tasks are watched when they come.

That it is still to be proven is remembered by a tag of the revision, `ecs-logging/proof-<service>`,
which is put there before the roll and overwritten once the first tasks have run for the bake time.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from controller.core.move import Look
from controller.core.policy.model import Rollout
from controller.core.reason import Reason
from controller.core.service.observed import NotAsked, Observed, Unread
from controller.core.service.rolls.phases import (
    Baking,
    Earned,
    Failed,
    Phase,
    Unclear,
    Unsteady,
)
from controller.core.service.tasks import Task

_SOON: Final = timedelta(seconds=15)
_NO_TASK_YET: Final = Reason(
    "Unproven", "the service was scaled up after its roll, and no task of it has been seen yet"
)


def while_unproven(observed: Observed, rollout: Rollout, now: datetime) -> Phase:
    """Tell how the first tasks of a completed roll are doing that was made without any.

    It has earned its proof once all tasks run and one of them has for the bake time. It has failed
    if for `progressDeadline` after the first task stopped none runs: time is told by the tasks,
    for ECS does not say when a service was scaled up.
    """
    if isinstance(observed.tasks, NotAsked):
        return Look("tasks")
    if isinstance(observed.tasks, Unread):
        return Unclear(observed.tasks.reason)
    ours = observed.tasks.of(observed.revision.arn)
    healthy = [one.started_at for one in ours if one.is_healthy and one.started_at is not None]
    if healthy and observed.service.running >= observed.service.desired:
        baked = min(healthy) + rollout.bake_time
        return Earned() if now >= baked else Baking(baked)
    stopped = sorted(one.stopped_at for one in ours if one.has_stopped and one.stopped_at)
    if not stopped:
        return Unclear(_NO_TASK_YET, now + _SOON)
    deadline = stopped[0] + rollout.progress_deadline
    if healthy or now < deadline:
        return Unsteady(max(deadline, now + _SOON))
    return Failed(_none_runs(ours, observed))


def _none_runs(ours: tuple[Task, ...], observed: Observed) -> Reason:
    over = sum(one.has_stopped for one in ours)
    return Reason(
        "NotSteady",
        f"none of {observed.service.desired} tasks runs since the service was scaled up from zero "
        f"on the corrected revision, and {over} have stopped",
        "Read the stopped tasks' reason.",
    )
