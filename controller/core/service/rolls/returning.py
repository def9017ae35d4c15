"""The way back from a revision of ours that failed: whether it goes on, and whether it failed."""

from __future__ import annotations

from controller.core.reason import Reason
from controller.core.service.code_deploy.phase import is_deploying
from controller.core.service.deployment import IN_PROGRESS, History, PastDeployment
from controller.core.service.observed import Family, Observed
from controller.core.service.rolls.given_up import failed_return


def is_returning(observed: Observed) -> bool:
    """Tell whether the service is on its way back from a failed revision of ours.

    It is until the service is at rest on the revision that ran before, or until that has failed.
    """
    return _left_ours(observed) and not _is_at_rest(observed)


def return_failed(observed: Observed) -> Reason | None:
    """Return why the service could not be taken back, where ECS says so, or None [fact 1.25]."""
    primary, newest = observed.service.primary, _newest(observed)
    if primary is None or not _left_ours(observed):
        return None
    if newest is not None and newest.status == "ROLLBACK_FAILED":
        return failed_return(newest)
    if primary.rollout_state == "FAILED":
        return failed_return(newest)
    return None


def _left_ours(observed: Observed) -> bool:
    """Tell whether a revision that was made from the present one has failed for the service."""
    family = observed.family
    if observed.service.primary is None or not isinstance(family, Family):
        return False
    return any(
        one.base in observed.origins
        and one.bears_our_name(observed.identity)
        and one.failed_for(observed.ref.arn)
        for one in family.revisions
    )


def _is_at_rest(observed: Observed) -> bool:
    service, newest = observed.service, _newest(observed)
    if service.is_by_code_deploy:
        return not is_deploying(observed)
    primary = service.primary
    if primary is None or len(service.deployments) > 1:
        return False
    goes_on = newest is not None and newest.status in IN_PROGRESS
    return primary.rollout_state not in {"IN_PROGRESS", "FAILED"} and not goes_on


def _newest(observed: Observed) -> PastDeployment | None:
    history = observed.history
    return next(iter(history.deployments), None) if isinstance(history, History) else None
