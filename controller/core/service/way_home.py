"""A failed roll: the failure is marked, then the service is returned, once.

Returning is never gated by windows, budgets or pause. The mark comes first: if we are killed
between the two, the failure is remembered and the return is still to be made. A mark that AWS
does not let us make must not keep the service from being returned.
"""

from __future__ import annotations

from typing import Final

from controller.core.move import Decision, Look, MarkFailed, Return, Wait
from controller.core.reason import Health, Reason
from controller.core.service.candidate import Candidate
from controller.core.service.observed import NotAsked, Unread
from controller.core.service.revision import Revision, failure_tag

_REFUSED: Final = Reason(
    "RefusedByAws",
    "AWS refused to return the service from the revision that failed",
    "See the log for what it said, and deploy a revision that works.",
)


def mark(candidate: Candidate, failed: Revision, reason: Reason) -> MarkFailed:
    """Return the move that marks *failed* as having failed for the service."""
    ref = candidate.observed.ref
    when = candidate.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    return MarkFailed(ref, failed.arn, failure_tag(ref.arn), f"{reason.code} {when}")


def way_home(candidate: Candidate, reason: Reason) -> Decision:
    """Return the next step of a service that is set to a revision of ours which failed."""
    observed = candidate.observed
    failed = observed.revision
    if not failed.failed_for(observed.ref.arn) and MarkFailed not in candidate.refused:
        return Decision(mark(candidate, failed, reason), Health.DEGRADED, reason)
    if isinstance(observed.base, NotAsked):
        return Decision(Look("base"), Health.DEGRADED, reason)
    if isinstance(observed.base, Unread):
        return _wait(candidate, observed.base.reason)
    if not observed.base.is_active:
        return _wait(
            candidate,
            Reason(
                "NoWayBack",
                f"{failed.family}:{failed.number} failed, and {observed.base.family}:"
                f"{observed.base.number}, from which it was made, is no longer ACTIVE",
                "Deploy a revision that works.",
            ),
        )
    if Return in candidate.refused:
        return _wait(candidate, _REFUSED)
    primary = observed.service.primary
    over = "" if primary is None else primary.id
    return Decision(Return(observed.ref, observed.base.arn, over), Health.DEGRADED, reason)


def _wait(candidate: Candidate, reason: Reason) -> Decision:
    return Decision(Wait(reason), Health.DEGRADED)
