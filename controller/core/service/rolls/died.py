"""Tasks of a completed roll that died, and whether others have made up for them.

The count `failedTasks` does not tell: it is no longer evaluated once a task has run [MODEL
Deployment.failedTasks]. So the tasks themselves are asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from controller.core.service.deployment import Deployment
from controller.core.service.observed import Observed
from controller.core.service.rolls.progress import new_tasks
from controller.core.service.tasks import Task


def died(
    observed: Observed, primary: Deployment, since: datetime, *, bake: timedelta, now: datetime
) -> tuple[datetime, ...]:
    """Return when tasks of the roll died *since* it completed, the first one first.

    One does not count any more once another has come up after it and has run for the *bake*: else
    a service whose tasks all die, and are replaced, would look well at every look.
    """
    ours = new_tasks(observed, primary)
    steady = [one.started_at for one in ours if _is_up_for(one, bake, now) and one.started_at]
    made_up = max(steady, default=None)
    deaths = (at for at in _deaths(ours) if at >= since)
    return tuple(sorted(at for at in deaths if made_up is None or at > made_up))


def any_ran(observed: Observed, primary: Deployment, *, bake: timedelta, now: datetime) -> bool:
    """Tell whether a task of the roll is up that has run for the *bake*."""
    return any(_is_up_for(one, bake, now) for one in new_tasks(observed, primary))


def _deaths(tasks: tuple[Task, ...]) -> Iterator[datetime]:
    for one in tasks:
        if one.has_failed and one.stopped_at is not None:
            yield one.stopped_at


def _is_up_for(one: Task, bake: timedelta, now: datetime) -> bool:
    return one.is_healthy and one.started_at is not None and one.started_at + bake <= now
