"""What is left to do once a roll of ours has ended: remember a rollback, and tidy up.

ECS's circuit breaker may have returned the service before we could; that is a failure too. A
revision of ours that failed, or that may no longer be rolled, must not stay the latest of its
family, where every deploy by the bare name would find it [facts 4.8, 4.23].
"""

from __future__ import annotations

from collections.abc import Sequence

from controller.core.move import Decision, Deregister, Look, MarkFailed, Roll, Wait
from controller.core.reason import Health, Reason
from controller.core.service.candidate import Candidate
from controller.core.service.observed import Family, NotAsked, Unread
from controller.core.service.revision import DIGEST, Revision
from controller.core.service.rolls import is_returning, was_left
from controller.core.service.way_home import mark

_ROLLED_BACK = Reason("RolledBack", "the service was taken back from the corrected revision")
_RETURNING = Reason("Returning", "the service is on its way back from a revision that failed")
_UNUSED = Reason("Superseded", "nothing uses this revision of ours, and nothing will")


def aftermath(candidate: Candidate) -> Decision | None:
    """Return the mark or the deregistration that is due, what must be seen first, or None."""
    if (part := _unseen(candidate)) is not None:
        return Decision(Look(part))
    family = candidate.observed.family
    if not isinstance(family, Family):
        return None
    ours = [one for one in family.revisions if _is_ours(one, candidate)]
    return _mark_due(ours, candidate) or _return_under_way(candidate) or _tidying(ours, candidate)


def _unseen(candidate: Candidate) -> str | None:
    """Return the part that must be looked at because a roll of ours may lie behind, or None."""
    if _may_have_rolled(candidate):
        if isinstance(candidate.observed.family, NotAsked):
            return "family"
        if isinstance(candidate.observed.history, NotAsked):
            return "history"
    return None


def _mark_due(ours: Sequence[Revision], candidate: Candidate) -> Decision | None:
    if MarkFailed in candidate.refused:
        return None
    for one in ours:
        unmarked = not one.failed_for(candidate.observed.ref.arn)
        if unmarked and _was_rolled_back(one, candidate):
            return Decision(mark(candidate, one, _ROLLED_BACK), Health.DEGRADED, _ROLLED_BACK)
    return None


def _return_under_way(candidate: Candidate) -> Decision | None:
    if not is_returning(candidate.observed):
        return None
    return Decision(Wait(_RETURNING, candidate.now + candidate.watch), Health.DEGRADED)


def _tidying(ours: Sequence[Revision], candidate: Candidate) -> Decision | None:
    if Deregister in candidate.refused:
        return None
    for one in ours:
        if one.is_active and _is_left_over(one, candidate):
            return Decision(Deregister(candidate.observed.ref, one.arn), Health.HEALTHY, _UNUSED)
    return None


def _may_have_rolled(candidate: Candidate) -> bool:
    """Tell whether a roll or a registration of ours may lie behind, so that we must look.

    Any roll within the day left a PRIMARY deployment that is not older; a revision that we
    registered and then were killed is found by the first look after a start.
    """
    primary = candidate.observed.service.primary
    if primary is None or not candidate.yes.writes:
        return False
    recent = primary.created_at > candidate.now - candidate.policy.rollout.max_per.span
    return recent or candidate.first_look


def _is_ours(revision: Revision, candidate: Candidate) -> bool:
    """Tell whether we made it from the revision that the service runs now."""
    return (
        revision.bears_our_name(candidate.observed.identity)
        and revision.base == candidate.observed.revision.arn
    )


def _was_rolled_back(revision: Revision, candidate: Candidate) -> bool:
    history = candidate.observed.history
    if isinstance(history, NotAsked | Unread):
        return False
    failed = (past.task_definition for past in history.deployments if past.failed)
    return revision.arn in failed or was_left(revision, candidate.observed)


def _is_left_over(revision: Revision, candidate: Candidate) -> bool:
    """Tell whether no service runs the revision and none is to be rolled to it."""
    observed, traffic = candidate.observed, candidate.traffic
    if traffic.users_of(revision.arn) or revision.arn in observed.service.uses:
        return False
    if candidate.damaged(revision):
        return True  # Nobody was ever rolled to it, whether we see the whole fleet or not.
    deploying = len(observed.service.deployments) > 1
    wanted = traffic.wants(revision.tags.get(DIGEST, ""), observed.ref)
    if deploying or wanted or not (traffic.complete and traffic.whole):
        return False
    if revision.failed_for(observed.ref.arn) or Roll in candidate.refused:
        return True
    # What is not known for the moment may be the very edit that this revision has.
    unknown = candidate.verdict.judgement.unknown_in_enforce
    return not unknown and revision.tags.get(DIGEST) != candidate.digest
