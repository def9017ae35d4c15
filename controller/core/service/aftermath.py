"""What is left to do once a roll of ours has ended: remember a rollback, and tidy up.

ECS's circuit breaker may have returned the service before we could; that is a failure too.
"""

from __future__ import annotations

from collections.abc import Sequence

from controller.core.move import Decision, Look, MarkFailed, Wait
from controller.core.reason import Health, Reason
from controller.core.service.candidate import Candidate
from controller.core.service.code_deploy.phase import last_deployed_at
from controller.core.service.damage import remembering
from controller.core.service.deployment import PastDeployment
from controller.core.service.leftovers import corrections, tidying, took_over
from controller.core.service.observed import Family, NotAsked, Unread
from controller.core.service.revision import GONE_BACK, Revision
from controller.core.service.rolls.by_aws import failed_by_aws
from controller.core.service.rolls.returning import is_returning, return_failed
from controller.core.service.way_home import mark

_ROLLED_BACK = Reason("RolledBack", "the service was taken back from the corrected revision")
_RETURNING = Reason("Returning", "the service is on its way back from a revision that failed")


def aftermath(candidate: Candidate) -> Decision | None:
    """Return the mark or the deregistration that is due, what must be seen first, or None."""
    if (part := _unseen(candidate)) is not None:
        return Decision(Look(part))
    if not isinstance(candidate.observed.family, Family):
        return None
    return (
        _mark_due(corrections(candidate), candidate)
        or _return_under_way(candidate)
        or remembering(candidate)
        or tidying(candidate)
    )


def _unseen(candidate: Candidate) -> str | None:
    """Return the part that must be looked at, or None.

    So it is where a roll or a registration of ours may lie behind. Any roll within the day left a
    PRIMARY deployment that is not older; a revision that we registered and then were killed is
    found by the first look after a start. Where nothing of ours is found, what became of it need
    not be read.
    """
    if _is_code_deploy_unseen(candidate):
        return "code_deploy"
    observed, recent = candidate.observed, _is_recent(candidate)
    may_lie_behind = recent or (candidate.first_look and observed.service.primary is not None)
    if not candidate.yes.writes or not may_lie_behind:
        return None
    if isinstance(observed.family, NotAsked):
        return "family"
    if isinstance(observed.base, NotAsked) and took_over(candidate):
        return "base"
    if isinstance(observed.history, NotAsked) and (recent or corrections(candidate)):
        return "history"
    return None


def _is_code_deploy_unseen(candidate: Candidate) -> bool:
    """Tell whether CodeDeploy must say what goes on: its task sets may be older than a roll."""
    observed = candidate.observed
    may_deploy = candidate.yes.writes and candidate.policy.allow.code_deploy
    is_unseen = isinstance(observed.code_deploy, NotAsked)
    return observed.service.is_by_code_deploy and may_deploy and is_unseen


def _mark_due(ours: Sequence[Revision], candidate: Candidate) -> Decision | None:
    if MarkFailed in candidate.refused:
        return None
    for one in ours:
        failed = () if one.failed_for(candidate.observed.ref.arn) else _failed(one, candidate)
        if failed:
            by_aws = any(failed_by_aws(past, candidate.observed) for past in failed)
            move = mark(candidate, one, _ROLLED_BACK.code if by_aws else GONE_BACK)
            return Decision(move, Health.DEGRADED, _ROLLED_BACK)
    return None


def _return_under_way(candidate: Candidate) -> Decision | None:
    if not is_returning(candidate.observed):
        return None
    if (failed := return_failed(candidate.observed)) is not None:
        return Decision(Wait(failed), Health.DEGRADED)
    return Decision(Wait(_RETURNING, candidate.now + candidate.watch), Health.DEGRADED)


def _is_recent(candidate: Candidate) -> bool:
    """Tell whether the service was deployed, by whomever, within the day of its budget."""
    primary = candidate.observed.service.primary
    span = candidate.policy.rollout.max_per.span
    if (at := last_deployed_at(candidate.observed)) is not None:
        return at > candidate.now - span
    return primary is not None and primary.created_at > candidate.now - span


def _failed(revision: Revision, candidate: Candidate) -> tuple[PastDeployment, ...]:
    """Return the deployments to the revision that failed, or that were stopped to go back."""
    history = candidate.observed.history
    if isinstance(history, NotAsked | Unread):
        return ()
    deployments = history.deployments
    return tuple(one for one in deployments if one.failed and one.task_definition == revision.arn)
