"""A service that has left a revision of ours for the one before it: how far that has come."""

from __future__ import annotations

from datetime import datetime

from controller.core.move import Look
from controller.core.policy.rollout import Rollout
from controller.core.service.deployment import IN_PROGRESS, ROLLED_BACK, History, PastDeployment
from controller.core.service.observed import Observed
from controller.core.service.revision import Revision
from controller.core.service.rolls.before import before_completion
from controller.core.service.rolls.completion import has_completed
from controller.core.service.rolls.given_up import failed_return
from controller.core.service.rolls.phases import Failed, GoingBack
from controller.core.service.states_of_return import IsBack, OnItsWay, Stays


def gone_back(
    observed: Observed, history: History, rollout: Rollout, now: datetime
) -> OnItsWay | IsBack | Stays | Look | None:
    """Return how far the way back has come; None where the service is on no such way.

    ECS makes it part of our own service deployment where that was stopped or failed; where the
    service was set back, it is the next one [fact 1.25].
    """
    newest = next(iter(history.deployments), None)
    if newest is None:
        return None
    if (ours := _made_from_this(newest.task_definition, observed, history)) is not None:
        return _by_ecs(observed, newest, ours)
    if newest.task_definition != observed.revision.arn:
        return None
    ours = _made_from_this(newest.came_from, observed, history)
    return None if ours is None else _by_us(observed, newest, ours, rollout, now)


def _made_from_this(arn: str | None, observed: Observed, history: History) -> Revision | None:
    """Return the revision with this ARN, if we made it from the one that the service runs."""
    read = (past.revision for past in history.deployments if past.task_definition == arn)
    ours = next((one for one in read if one is not None), None)
    if ours is None or ours.base not in observed.origins:
        return None
    return ours if ours.bears_our_name(observed.identity) else None


def _by_ecs(
    observed: Observed, newest: PastDeployment, ours: Revision
) -> OnItsWay | IsBack | Stays:
    if newest.status == "ROLLBACK_FAILED":
        return Stays(failed_return(newest))
    if newest.status in IN_PROGRESS:
        return OnItsWay("ECS takes the service back")
    if newest.status not in ROLLED_BACK and not _is_at_rest(observed, None):
        return OnItsWay("ECS does not list the deployment that takes it back yet")
    return _arrived(observed, newest, ours)


def _by_us(
    observed: Observed, newest: PastDeployment, ours: Revision, rollout: Rollout, now: datetime
) -> OnItsWay | IsBack | Stays | Look:
    primary = observed.service.primary
    if primary is None:
        return OnItsWay("ECS shows no deployment of the service")
    if has_completed(observed.service, primary, newest):
        return _arrived(observed, newest, ours)
    match before_completion(observed, primary, newest, rollout, now):
        case Look() as look:
            return look
        case Failed(reason=reason):
            return Stays(reason)
        case GoingBack():
            return Stays(failed_return(newest))
        case _:
            return OnItsWay("it waits for its tasks")


def _arrived(observed: Observed, newest: PastDeployment, ours: Revision) -> OnItsWay | IsBack:
    if observed.service.running < observed.service.desired:
        return OnItsWay("not all of its tasks run yet")
    return IsBack(ours.arn, observed.revision.arn, newest.finished_at)


def _is_at_rest(observed: Observed, newest: PastDeployment | None) -> bool:
    primary = observed.service.primary
    return primary is not None and has_completed(observed.service, primary, newest)
