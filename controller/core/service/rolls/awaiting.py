"""What a roll may wait for that is no hang: hooks, traffic steps, ECS's own bake, old tasks.

Each has a bound, so that nobody waits for ever:
- a lifecycle hook, the moment at which ECS acts itself, or the timeout that is configured;
- a traffic shift and the bake, what is configured of them [fact 1.23];
- connections of old tasks, DRAINED, the longest that a target group may be told;
- protected old tasks, the end of their protection, as ECS shows it; who renews it, prolongs it.

Old tasks are waited for once all new ones run, or where they leave no room for those to come.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from controller.core.document.json import Document, members
from controller.core.service.deployment import Deployment, Hook, PastDeployment
from controller.core.service.duration import bake, hooks_may_take, traffic_shift
from controller.core.service.observed import Observed
from controller.core.service.rolls.progress import fails_since
from controller.core.service.tasks import Tasks

DRAINED: Final = timedelta(hours=1)
"""The longest deregistration delay of a target group. [ModifyTargetGroupAttributes, UNVERIFIED]"""

SHIFTING: Final = frozenset(
    {
        "TEST_TRAFFIC_SHIFT",
        "POST_TEST_TRAFFIC_SHIFT",
        "PRODUCTION_TRAFFIC_SHIFT",
        "POST_PRODUCTION_TRAFFIC_SHIFT",
    }
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the roll waits for, in words, and until when it may: after that, patience runs out."""

    thing: str
    until: datetime


def awaited(
    observed: Observed, primary: Deployment, roll: PastDeployment, since: datetime
) -> Wanted:
    """Return what the roll waits for that may take the longest; *since* is its last progress."""
    found = (*_awaited(observed, primary, roll, since), Wanted("its tasks to start", since))
    return max(found, key=lambda one: one.until)


def persons_hook(roll: PastDeployment) -> Hook | None:
    """Return the hook that waits for a person, if one does."""
    return next((hook for hook in roll.hooks if hook.awaits_a_person), None)


def leave_no_room(observed: Observed, primary: Deployment, since: datetime) -> bool:
    """Tell whether no new task can start before an old one has left: maximumPercent [fact 4.14].

    New ones that are on their way, or have failed *since* the last progress, are not held up by
    others: a failed one has left its room.
    """
    service = observed.service
    there = sum(one.running + one.pending for one in service.deployments)
    full = there >= service.desired * service.maximum_percent // 100
    return full and not primary.pending and not fails_since(observed, primary, since)


def _awaited(
    observed: Observed, primary: Deployment, roll: PastDeployment, since: datetime
) -> Iterator[Wanted]:
    configured = members(observed.service.document.get("deploymentConfiguration"))
    yield from _hooks(roll, configured, primary, since)
    olds = any(one.running for one in observed.service.deployments if one is not primary)
    if olds and (primary.all_run or leave_no_room(observed, primary, since)):
        yield Wanted("old tasks to be drained", since + DRAINED)
        yield from _protected(observed)
    if not primary.all_run:
        return
    if roll.stage in SHIFTING:
        yield Wanted("traffic to be shifted", since + traffic_shift(configured))
    if bake(configured):
        yield Wanted("the bake of ECS", since + bake(configured))


def _hooks(
    roll: PastDeployment, configured: Document, primary: Deployment, since: datetime
) -> Iterator[Wanted]:
    for hook in roll.hooks:
        if hook.status == "IN_PROGRESS":
            until = hook.expires_at or since + hooks_may_take(configured)
            yield Wanted(f"the lifecycle hook {hook.id or hook.target}", until)
    # How long a hook has held the roll up is not dated: whatever it may have taken is allowed for.
    if roll.hooks and primary.all_run:
        yield Wanted("what follows the lifecycle hooks", since + hooks_may_take(configured))


def _protected(observed: Observed) -> Iterator[Wanted]:
    if isinstance(observed.tasks, Tasks):
        for task in observed.tasks.others(observed.revision.arn):
            if task.protected_until is not None and not task.has_stopped:
                yield Wanted("old tasks that are protected", task.protected_until)
