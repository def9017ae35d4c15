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
_NONE_YET: Final = Reason(
    "Unproven", "the service was scaled up after its roll, and no task of it has run or failed yet"
)


def while_unproven(observed: Observed, rollout: Rollout, now: datetime) -> Phase:
    """Tell how the first tasks of a completed roll are doing that was made without any.

    It has earned its proof once all tasks run and one of them has for the bake time. It has failed
    if for `progressDeadline` after the first task failed none runs: time is told by the tasks, for
    ECS does not say when a service was scaled up.
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
    failed = _failing(ours, rollout.progress_deadline)
    if not failed:
        return Unclear(_NONE_YET, now + _SOON)
    deadline = failed[0] + rollout.progress_deadline
    if healthy or now < deadline:
        return Unsteady(max(deadline, now + _SOON))
    return Failed(_none_runs(observed, len(failed)))


def _failing(ours: tuple[Task, ...], patience: timedelta) -> list[datetime]:
    """Return when tasks failed since the service was last scaled up, the first one first.

    That was after the scheduler took tasks away, and after any pause longer than *patience* in
    which none failed: what failed before tells nothing of now.
    """
    taken = [at for one in ours if one.was_taken_away and (at := one.stopped_at)]
    wanted = [at for one in ours if not one.has_stopped and (at := one.created_at)]
    ended = sorted(at for one in ours if one.has_failed and (at := one.stopped_at))
    failed: list[datetime] = []
    for at in (one for one in ended if not taken or one > max(taken)):
        is_on = failed and at <= failed[-1] + patience
        failed = [*failed, at] if is_on else [at]
    paused = failed and wanted and min(wanted) > failed[-1] + patience
    return [] if paused else failed


def _none_runs(observed: Observed, failed: int) -> Reason:
    return Reason(
        "NotSteady",
        f"none of {observed.service.desired} tasks runs since the service was scaled up from zero "
        f"on the corrected revision, and {failed} have failed",
        "Read the stopped tasks' reason.",
    )
