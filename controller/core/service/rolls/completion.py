"""Whether a deployment has completed, as far as ECS says so, and whether that was long ago."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from controller.core.policy.rollout import Rollout
from controller.core.service.deployment import Deployment, PastDeployment
from controller.core.service.duration import strategy_of
from controller.core.service.observed import Service

LONGEST: Final = timedelta(days=14)
"""No deployment goes on for longer: a hook waits for a day at most where nothing else is stated, at
each of eight stages [fact 1.24]."""

JUDGED: Final = timedelta(days=1)
"""So long after its completion a roll may still be found to have failed by a controller that was
not there before: where tasks are missing, or none is wanted."""


def has_completed(service: Service, primary: Deployment, roll: PastDeployment | None) -> bool:
    """Tell whether the PRIMARY deployment, made by the service deployment *roll*, has completed.

    A rolloutState is shown of rolling updates only, and of none behind a Classic Load Balancer,
    where one is over once it is alone [fact 4.16]. Of the other strategies the status of the
    service deployment tells.
    """
    if roll is not None and roll.status == "SUCCESSFUL":
        return True
    if strategy_of(service) != "ROLLING":
        return False
    if primary.rollout_state is None:
        return len(service.deployments) == 1
    return primary.rollout_state == "COMPLETED"


def is_long_over(service: Service, primary: Deployment, rollout: Rollout, now: datetime) -> bool:
    """Tell whether it completed so long ago that no failure is its own any more.

    It is asked before the history is read, to spare that. What a rolling update does not show of
    itself is not told of other strategies either: they count as over after LONGEST. Where tasks are
    missing, or none is wanted, more is to be looked at, for JUDGED.
    """
    last_sign = max(primary.created_at, primary.updated_at)
    if strategy_of(service) != "ROLLING":
        return last_sign + LONGEST < now
    if not has_completed(service, primary, None) or last_sign + watched_for(rollout) >= now:
        return False
    all_run = service.running >= service.desired > 0
    return all_run or primary.created_at + JUDGED < now


def watched_for(rollout: Rollout) -> timedelta:
    """Return how long after its completion a roll may still be found to have failed."""
    return rollout.bake_time + 2 * rollout.progress_deadline
