"""Two new tasks that could not log, for the same cause, and none that is healthy: that will do."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from controller.core.reason import Reason
from controller.core.service.deployment import Deployment
from controller.core.service.logging_cause import LoggingCause, logging_cause
from controller.core.service.observed import Observed
from controller.core.service.rolls.progress import new_tasks
from controller.core.service.tasks import Tasks

ENOUGH: Final = 2


def logging_failed(observed: Observed, primary: Deployment) -> Reason | None:
    """Return why the roll is given up before its deadline, or None.

    Two different tasks, so that no passing fault of one host ends a roll. Where not all tasks were
    seen, none is taken for healthy only if ECS counts none as running.
    """
    tasks, new = observed.tasks, new_tasks(observed, primary)
    if not isinstance(tasks, Tasks) or any(one.is_healthy for one in new):
        return None
    if not tasks.complete and primary.running > 0:
        return None
    causes: dict[tuple[str, str | None], list[LoggingCause]] = defaultdict(list)
    for task in new:
        if (cause := logging_cause(task)) is not None:
            causes[cause.phrase, cause.container].append(cause)
    most = max(causes.values(), key=len, default=[])
    if len(most) < ENOUGH:
        return None
    return Reason(
        "LoggingFailed",
        f"{len(most)} new tasks could not log, and none is healthy: {most[0].quote}",
        "Mend what the reason names: the log group, its Region, the execution role, or an option.",
    )
