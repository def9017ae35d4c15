"""When a roll last made progress, as far as AWS dates it.

Progress is a healthy new task, an old one drained, a stage, a traffic step. A task that fails is
none, though it changes the deployment: where some do and not all run, only tasks are believed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from controller.core.service.deployment import Deployment, PastDeployment
from controller.core.service.duration import strategy_of
from controller.core.service.observed import NotAsked, Observed
from controller.core.service.tasks import Task, Tasks


def last_progress(observed: Observed, primary: Deployment, roll: PastDeployment) -> datetime:
    """Return when the roll last made progress; its beginning, where it never has.

    Where tasks may not be read, any change counts for as long as more of them run than fail: that
    ends when more have failed.
    """
    tasks = observed.tasks
    if not isinstance(tasks, Tasks):
        failing = primary.failed > primary.running
        return primary.created_at if failing else max(_changes(primary, roll))
    signs = [primary.created_at, *_signs(tasks, observed, primary)]
    if primary.all_run or not _fails(tasks, observed, primary, roll):
        signs += _changes(primary, roll)
    return max(signs)


def wants_tasks(observed: Observed, primary: Deployment, roll: PastDeployment) -> bool:
    """Tell whether the tasks must be looked at: some failed, or nobody else would tell.

    Failed tasks are counted for rolling updates only [fact 4.16].
    """
    if not isinstance(observed.tasks, NotAsked):
        return False
    counted = primary.failed > 0 or roll.failures > 0
    tells = strategy_of(observed.service) == "ROLLING"
    return not primary.all_run and (counted or not tells)


def fails_since(observed: Observed, primary: Deployment, since: datetime) -> bool:
    """Tell whether new tasks failed after *since*; where unread, whether more fail than run."""
    if not isinstance(observed.tasks, Tasks):
        return primary.failed > primary.running
    failed = (one for one in new_tasks(observed, primary) if one.has_failed)
    return any(one.stopped_at is None or one.stopped_at > since for one in failed)


def new_tasks(observed: Observed, primary: Deployment) -> tuple[Task, ...]:
    """Return the tasks of our revision that this deployment has started, as far as seen."""
    if not isinstance(observed.tasks, Tasks):
        return ()
    ours = observed.tasks.of(observed.revision.arn)
    begun = primary.created_at
    return tuple(one for one in ours if one.created_at is None or one.created_at >= begun)


def _changes(primary: Deployment, roll: PastDeployment) -> tuple[datetime, ...]:
    changed = () if roll.updated_at is None else (roll.updated_at,)
    return (primary.created_at, primary.updated_at, *changed)


def _signs(tasks: Tasks, observed: Observed, primary: Deployment) -> Iterator[datetime]:
    for new in new_tasks(observed, primary):
        if new.is_healthy and new.started_at is not None:
            yield new.started_at
    for old in tasks.others(observed.revision.arn):
        if old.has_stopped and old.stopped_at is not None:
            yield old.stopped_at


def _fails(tasks: Tasks, observed: Observed, primary: Deployment, roll: PastDeployment) -> bool:
    failed = any(one.has_failed for one in new_tasks(observed, primary))
    return primary.failed > 0 or roll.failures > 0 or failed
