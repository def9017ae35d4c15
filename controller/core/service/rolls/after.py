"""A roll that has completed: it is watched for the bake, and then all its tasks must run."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from controller.core.move import Look
from controller.core.policy.model import Rollout
from controller.core.reason import Reason
from controller.core.service.deployment import Deployment, PastDeployment
from controller.core.service.observed import NotAsked, Observed, Unread
from controller.core.service.rolls.completion import JUDGED, watched_for
from controller.core.service.rolls.died import any_ran, died
from controller.core.service.rolls.marked import earned_since
from controller.core.service.rolls.phases import (
    Baking,
    Emptied,
    Failed,
    NotOurs,
    Phase,
    Proven,
    Unclear,
    Unproven,
    Unsteady,
)
from controller.core.service.rolls.unproven import while_unproven

_SHOWN: Final = timedelta(minutes=45)
"""A death must be judged before it is forgotten: ECS shows stopped tasks for about an hour."""


def after_completion(
    observed: Observed, roll: PastDeployment, rollout: Rollout, now: datetime
) -> Phase:
    """Return the phase of the roll that *roll* tells of: watched, proven, emptied, or failed.

    Nothing that happens JUDGED after its completion is the roll's any more: it is proven then,
    whatever runs. While all tasks run, that is so once the watch is over.
    """
    primary, service = observed.service.primary, observed.service
    if primary is None:
        return NotOurs()
    if observed.revision.is_unproven_for(observed.ref.arn):
        return while_unproven(observed, rollout, now) if service.desired else Unproven()
    completed = roll.finished_at or primary.updated_at
    if earned_since(observed, primary) or now >= completed + JUDGED:
        return Proven()
    if service.desired == 0:
        return Emptied()
    return _with_tasks_wanted(observed, primary, completed, rollout, now)


def _with_tasks_wanted(
    observed: Observed, primary: Deployment, completed: datetime, rollout: Rollout, now: datetime
) -> Phase:
    service = observed.service
    if now < completed + rollout.bake_time:
        return Baking(completed + rollout.bake_time)
    all_run = service.running >= service.desired
    if all_run and now >= completed + watched_for(rollout):
        return Proven()
    if isinstance(observed.tasks, NotAsked):
        return Look("tasks")
    if isinstance(observed.tasks, Unread):
        return Proven() if all_run else _by_counts(observed.tasks, primary, completed, rollout, now)
    return _by_tasks(observed, primary, completed, rollout, now)


def _by_tasks(
    observed: Observed, primary: Deployment, completed: datetime, rollout: Rollout, now: datetime
) -> Phase:
    """Return the phase as the tasks tell it: a death has the whole patience to be made up for.

    Missing tasks alone prove nothing: the service may just have been scaled out. So they are waited
    for, and at the end of all patience it is enough that one task has run for the bake.
    """
    bake = rollout.bake_time
    patience = bake + rollout.progress_deadline
    deaths = died(observed, primary, completed, bake=bake, now=now)
    if deaths:
        deadline = max(completed + patience, deaths[0] + min(patience, _SHOWN))
        return Unsteady(deadline) if now < deadline else Failed(_not_steady(observed, deaths))
    if observed.service.running >= observed.service.desired:
        return Proven()
    late = completed + watched_for(rollout)
    if now < late:
        return Unsteady(late)
    return (
        Proven() if any_ran(observed, primary, bake=bake, now=now) else Unsteady(completed + JUDGED)
    )


def _by_counts(
    unread: Unread, primary: Deployment, completed: datetime, rollout: Rollout, now: datetime
) -> Phase:
    """Return the phase where tasks are missing and may not be read: what ECS counts may tell it."""
    deadline = completed + rollout.bake_time + rollout.progress_deadline
    if now < deadline:
        return Unsteady(deadline)
    if primary.failed == 0:
        return Unclear(unread.reason)
    told = f"{primary.running} of {primary.desired} tasks run, and {primary.failed} have failed"
    return Failed(_reason(told, primary))


def _not_steady(observed: Observed, deaths: tuple[datetime, ...]) -> Reason:
    service, primary = observed.service, observed.service.primary
    told = f"{service.running} of {service.desired} tasks run, and {len(deaths)} have died"
    return _reason(told, primary)


def _reason(told: str, primary: Deployment | None) -> Reason:
    which = "" if primary is None else f" {primary.id}"
    return Reason(
        "NotSteady",
        f"{told} since the deployment{which} completed",
        "Read the stopped tasks' reason.",
    )
