"""How long a healthy roll of a service may take: its tasks, its traffic steps, its hooks, its bake.

It says when a window must stay open, and when a person should look. It never ends a roll.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from math import ceil
from typing import Final

from controller.core.document.json import Document, Json, items, members
from controller.core.policy.rollout import Rollout
from controller.core.service.observed import Service

BATCH: Final = timedelta(minutes=5)
"""Starting a batch of tasks and draining those that they replace: connections are drained for five
minutes where a target group says nothing else. (UNVERIFIED)"""

ALARMED: Final = timedelta(minutes=5)
"""For so long ECS watches deployment alarms once all tasks run, where nothing is stated
[fact 4.19]."""

# Defaults of ECS [facts 1.23, 1.24].
HOOK: Final = timedelta(days=1)
STEP_PERCENT: Final = 10.0
STEP_BAKE: Final = 6
CANARY_BAKE: Final = 10


def expected(service: Service, rollout: Rollout) -> timedelta:
    """Return how long a healthy roll of the service may take, without `rollout.bake_time`.

    A lifecycle hook counts with the timeout that it states; one that states none with the progress
    deadline, since the default of a day [fact 1.24] says nothing of a hook that is well.
    """
    configured = members(service.document.get("deploymentConfiguration"))
    tasks = max(rollout.progress_deadline, batches(service) * BATCH)
    hooks = sum(_hooks(configured, rollout.progress_deadline), timedelta(0))
    return tasks + hooks + traffic_shift(configured) + bake(configured)


def strategy_of(service: Service) -> str:
    """Return the strategy of the service's deployments; ROLLING where none is stated."""
    stated = members(service.document.get("deploymentConfiguration")).get("strategy")
    return stated if isinstance(stated, str) else "ROLLING"


def batches(service: Service) -> int:
    """Return in how many steps the tasks are replaced.

    Only a rolling update does so in steps: it may stop what is above minimumHealthyPercent and
    start what is below maximumPercent [facts 4.14, 4.15]. Other strategies start all at once.
    """
    if strategy_of(service) != "ROLLING" or service.desired == 0:
        return 1
    kept = ceil(service.desired * service.minimum_healthy_percent / 100)
    most = service.desired * service.maximum_percent // 100
    return ceil(service.desired / max(1, most - kept))


def traffic_shift(configured: Document) -> timedelta:
    """Return how long the traffic is shifted: the pauses between the steps [fact 1.23]."""
    match configured.get("strategy"):
        case "LINEAR":
            stated = members(configured.get("linearConfiguration"))
            steps = ceil(100 / max(1.0, _number(stated.get("stepPercent"), STEP_PERCENT)))
            pause = _number(stated.get("stepBakeTimeInMinutes"), STEP_BAKE)
            return timedelta(minutes=steps * pause)
        case "CANARY":
            stated = members(configured.get("canaryConfiguration"))
            return timedelta(minutes=_number(stated.get("canaryBakeTimeInMinutes"), CANARY_BAKE))
        case _:
            return timedelta(0)


def bake(configured: Document) -> timedelta:
    """Return how long ECS itself watches a deployment whose tasks all run [facts 1.23, 4.19]."""
    stated = configured.get("bakeTimeInMinutes")
    if isinstance(stated, int | float):
        return timedelta(minutes=stated)
    alarmed = members(configured.get("alarms")).get("enable") is True
    return ALARMED if alarmed else timedelta(0)


def hooks_may_take(configured: Document) -> timedelta:
    """Return how long all hooks together may take before ECS acts itself [fact 1.24]."""
    return sum(_hooks(configured, HOOK), timedelta(0))


def _hooks(configured: Document, otherwise: timedelta) -> Iterator[timedelta]:
    """Yield how long each hook may take, once for each stage at which it is called."""
    for hook in map(members, items(configured.get("lifecycleHooks"))):
        stated = members(hook.get("timeoutConfiguration")).get("timeoutInMinutes")
        takes = timedelta(minutes=stated) if isinstance(stated, int) else otherwise
        yield max(1, len(items(hook.get("lifecycleStages")))) * takes


def _number(value: Json, otherwise: float) -> float:
    usable = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if usable and isinstance(value, int | float) else otherwise
