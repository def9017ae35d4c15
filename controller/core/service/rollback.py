"""A person's rollback of one service: from a revision of ours to the one from which it was made.

As with the controller's own return, nothing is undone but what we began or brought: only while the
service is set to a revision of ours, in a deployment of ours or one that has completed. What was
taken back is read from the history, so the verb can be killed, and said again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeAlias

from controller.core.move import Look, Return, Stop
from controller.core.policy.rollout import Rollout
from controller.core.reason import Reason
from controller.core.service.copies import copy_of
from controller.core.service.deployment import ROLLED_BACK, STOPPABLE, History, PastDeployment
from controller.core.service.gone_back import gone_back
from controller.core.service.observed import NotAsked, Observed, Unread
from controller.core.service.revision import MANAGED_BY, Revision
from controller.core.service.rolls.given_up import failed_return
from controller.core.service.rolls.phase import phase
from controller.core.service.rolls.phases import GoingBack, NotOurs, Overtaken, Unclear
from controller.core.service.rolls.results import roll_results
from controller.core.service.states_of_return import IsBack, Leave, OnItsWay, Stays

State: TypeAlias = Leave | OnItsWay | IsBack | Stays | Look


def rollback(observed: Observed, rollout: Rollout, now: datetime) -> State:
    """Return whether the service may be taken back, or how far that has come.

    *rollout* says for how long a way back may make no progress. A Look where more must be seen.
    """
    if observed.service.controller != "ECS":
        return Stays(_by_others(observed))
    if isinstance(observed.history, NotAsked):
        return Look("history")
    if isinstance(observed.history, Unread):
        return Stays(observed.history.reason)
    if _runs_ours(observed):
        return _from_ours(observed, observed.history, rollout, now)
    return gone_back(observed, observed.history, rollout, now) or Stays(_not_ours(observed))


def last_rolled(observed: Observed) -> datetime | None:
    """Return when the last roll of ours began, as the history tells; None where there was none."""
    rolls = roll_results(observed, NotOurs(), timedelta())
    return max((one.at for one in rolls), default=None)


def _runs_ours(observed: Observed) -> bool:
    revision = observed.revision
    return revision.bears_our_name(observed.identity) and revision.base is not None


def _from_ours(observed: Observed, history: History, rollout: Rollout, now: datetime) -> State:
    newest = next(iter(history.deployments), None)
    if newest is not None and _has_failed(newest, observed):
        return Stays(failed_return(newest))
    match phase(observed, rollout, now):
        case Look() as look:
            return look
        case GoingBack(reason=reason, ended=ended):
            return Stays(reason) if ended else OnItsWay(reason.message)
        case Unclear(reason=reason, until=until):
            return Stays(reason) if until is None else OnItsWay(reason.message)
        case Overtaken(ended=False) | NotOurs():
            return Stays(_theirs(observed))
        case _:
            return _leave(observed, newest)


def _has_failed(newest: PastDeployment, observed: Observed) -> bool:
    """Tell whether ECS brought our revision back, since the one before it did not run any more."""
    left_ours = newest.came_from == observed.revision.arn
    return left_ours and newest.status in ROLLED_BACK


def _leave(observed: Observed, newest: PastDeployment | None) -> State:
    """Return the move that takes the service back, or why there is none."""
    base, revision, ref = observed.base, observed.revision, observed.ref
    if isinstance(base, NotAsked):
        return Look("base")
    if isinstance(base, Unread):
        return Stays(base.reason)
    if not base.is_active and isinstance(observed.family, NotAsked):
        return Look("family")
    target = base if base.is_active else copy_of(base, observed)
    primary = observed.service.primary
    if target is None or primary is None:
        return Stays(_no_way_back(revision, base))
    if target is base and newest is not None and _goes_on(newest, revision):
        return Leave(Stop(ref, newest.arn, primary.id), revision.arn, target.arn)
    return Leave(Return(ref, target.arn, primary.id), revision.arn, target.arn)


def _goes_on(newest: PastDeployment, ours: Revision) -> bool:
    is_ours = (newest.task_definition, newest.came_from) == (ours.arn, ours.base)
    return is_ours and newest.status in STOPPABLE


# ── why it stays ──────────────────────────────────────────────────────────────────────────────────


def _by_others(observed: Observed) -> Reason:
    return Reason(
        "UnsupportedController",
        f"{observed.service.controller} makes the deployments of this service, not ECS",
        "Deploy the revision that ran before by the means that deploy this service.",
    )


def _theirs(observed: Observed) -> Reason:
    return Reason(
        "Superseded",
        f"somebody else's deployment brings {_short(observed.revision)} to the service",
        "It is theirs to see through; say it again when it has ended.",
    )


def _no_way_back(ours: Revision, base: Revision) -> Reason:
    return Reason(
        "NoWayBack",
        f"{_short(base)}, from which {_short(ours)} was made, is no longer ACTIVE",
        "Deploy a revision that works. Another time, allow.inactiveBase: RegisterCopy keeps a copy "
        "to go back to.",
    )


def _not_ours(observed: Observed) -> Reason:
    revision, history = observed.revision, observed.history
    if isinstance(history, History) and last_rolled(observed) is not None:
        told = f"the service runs {_short(revision)}, which somebody has deployed over our roll"
        return Reason("Superseded", told, "What it was before our roll is no longer its own past.")
    told = f"the service runs {_short(revision)}, which is no revision of ours"
    if MANAGED_BY in revision.tags:
        remedy = "Only what this role has registered is its own: run it under the controller's."
        return Reason("NotOurs", f"{told}, though it has our tags", remedy)
    return Reason("NotOurs", told, "There is nothing to take back.")


def _short(one: Revision) -> str:
    return f"{one.family}:{one.number}"
