"""A failed roll: the failure is marked, then the service is returned, once.

While our deployment still goes on, ECS is told to take the service back from it: that names our
deployment, so nothing else can be undone by it [fact 1.26]. Else the service is set back.

Returning is never gated by windows, budgets or pause. The mark comes first: if we are killed
between the two, the failure is remembered and the return is still to be made. A mark that AWS
does not let us make must not keep the service from being returned.
"""

from __future__ import annotations

from typing import Final

from controller.core.move import Decision, Look, MarkFailed, Redeploy, Return, Stop, Wait
from controller.core.reason import Health, Reason
from controller.core.service.candidate import Candidate
from controller.core.service.code_deploy.deploy import redeploy
from controller.core.service.copies import copy_of
from controller.core.service.deployment import STOPPABLE
from controller.core.service.observed import NotAsked, Observed, Unread
from controller.core.service.revision import Revision, failure_tag

_REFUSED: Final = Reason(
    "RefusedByAws",
    "AWS refused to return the service from the revision that failed",
    "See the log for what it said, and deploy a revision that works.",
)


def mark(candidate: Candidate, failed: Revision, told: str) -> MarkFailed:
    """Return the move that marks *failed* as having failed for the service; *told* is one word."""
    ref = candidate.observed.ref
    when = candidate.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    return MarkFailed(ref, failed.arn, failure_tag(ref.arn), f"{told} {when}")


def way_home(candidate: Candidate, reason: Reason) -> Decision:
    """Return the next step of a service that is set to a revision of ours which failed."""
    observed = candidate.observed
    failed = observed.revision
    # A mark that we made and do not see yet must not keep the service from being returned.
    made = (observed.ref, failed.arn) in candidate.traffic.marked
    due = not failed.failed_for(observed.ref.arn) and MarkFailed not in candidate.refused
    if due and not made:
        return Decision(mark(candidate, failed, reason.code), Health.DEGRADED, reason)
    if (part := _unseen(observed)) is not None:
        return Decision(Look(part), Health.DEGRADED, reason)
    copied = _copy(observed)
    ours = _going_on(observed) if copied is None and Stop not in candidate.refused else None
    if ours is not None:
        return Decision(Stop(observed.ref, ours, _over(observed)), Health.DEGRADED, reason)
    return _set_back(candidate, copied, reason)


def _unseen(observed: Observed) -> str | None:
    """Return what must be looked at to know where to return to: the base, or a copy of it."""
    if isinstance(observed.base, NotAsked):
        return "base"
    inactive = not isinstance(observed.base, Unread) and not observed.base.is_active
    return "family" if inactive and isinstance(observed.family, NotAsked) else None


def _copy(observed: Observed) -> Revision | None:
    """Return our copy of a base that is no longer ACTIVE: it was made to be returned to."""
    if isinstance(observed.base, NotAsked | Unread) or observed.base.is_active:
        return None
    return copy_of(observed.base, observed)


def _set_back(candidate: Candidate, copied: Revision | None, reason: Reason) -> Decision:
    """Return the next step where the service is to be set to the revision that ran before."""
    observed = candidate.observed
    failed = observed.revision
    if isinstance(observed.base, NotAsked):
        return Decision(Look("base"), Health.DEGRADED, reason)
    if isinstance(observed.base, Unread):
        return _wait(candidate, observed.base.reason)
    target = observed.base if observed.base.is_active else copied
    if target is None:
        return _wait(
            candidate,
            Reason(
                "NoWayBack",
                f"{failed.family}:{failed.number} failed, and {observed.base.family}:"
                f"{observed.base.number}, from which it was made, is no longer ACTIVE",
                "Deploy a revision that works.",
            ),
        )
    if {Return, Redeploy} & candidate.refused:
        return _wait(candidate, _REFUSED)
    if observed.service.is_by_code_deploy:
        return redeploy(candidate, observed.base, reason)
    return Decision(Return(observed.ref, target.arn, _over(observed)), Health.DEGRADED, reason)


def going_back(candidate: Candidate, reason: Reason, *, ended: bool) -> Decision:
    """Return the next step of a service that ECS takes back, or, where that *ended*, could not.

    It is marked and watched; nothing else is to be done, or can be.
    """
    failed, ref = candidate.observed.revision, candidate.observed.ref
    may_mark = candidate.yes.writes and MarkFailed not in candidate.refused
    if may_mark and not failed.failed_for(ref.arn):
        return Decision(mark(candidate, failed, reason.code), Health.DEGRADED, reason)
    return Decision(
        Wait(reason, None if ended else candidate.now + candidate.watch), Health.DEGRADED
    )


def _going_on(observed: Observed) -> str | None:
    """Return the ARN of the deployment that brought our revision, while ECS shows it going on.

    Only of one that led from the base: from another ECS might not go back so far [fact 4.17].
    """
    if observed.service.is_by_code_deploy or isinstance(observed.history, NotAsked | Unread):
        return None
    newest = next(iter(observed.history.deployments), None)
    if newest is None or newest.task_definition != observed.revision.arn:
        return None
    if newest.came_from != observed.revision.base:
        return None
    return newest.arn if newest.status in STOPPABLE else None


def _over(observed: Observed) -> str:
    primary = observed.service.primary
    return "" if primary is None else primary.id


def _wait(candidate: Candidate, reason: Reason) -> Decision:
    return Decision(Wait(reason), Health.DEGRADED)
