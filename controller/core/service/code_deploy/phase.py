"""How our deployment by CodeDeploy is doing, as its task sets and CodeDeploy show it.

Most of the time the PRIMARY task set still runs the revision before ours: traffic moves late.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from controller.core.move import Look
from controller.core.policy.model import Rollout
from controller.core.reason import Reason
from controller.core.service.code_deploy.group import (
    READY,
    ROLLBACK,
    CodeDeployment,
    DeploymentGroup,
)
from controller.core.service.deployment import PastDeployment
from controller.core.service.observed import NotAsked, Observed, Unread
from controller.core.service.revision import Identity
from controller.core.service.rolls.after import after_completion
from controller.core.service.rolls.phases import (
    Deploying,
    Failed,
    NotOurs,
    Phase,
    Proven,
    Unclear,
)

PART: Final = "code_deploy"
_SOON: Final = timedelta(seconds=15)
_PATIENCE: Final = timedelta(minutes=5)
"""For how long CodeDeploy may leave a failed deployment before it makes the one that rolls it back.
(UNVERIFIED)"""

_LONGEST: Final = timedelta(hours=97)
"""Traffic and the old task set may each wait for two days [botocore TimeoutsInMinutes]."""


def code_deploy_phase(observed: Observed, rollout: Rollout, now: datetime) -> Phase:
    """Tell how our deployment of the service is doing, if the newest one is ours.

    A deployment is ours if its AppSpec names a revision of ours that was made from the one which
    the deployment before it had brought. CodeDeploy ends it, well or not, and rolls back as its
    group says.
    """
    runs_ours = observed.revision.bears_our_name(observed.identity)
    read, history = observed.code_deploy, observed.history
    if isinstance(read, NotAsked) or isinstance(history, NotAsked):
        return Look(PART) if runs_ours and _is_recent(observed, now) else _over(observed)
    for unread in (read, history):
        if isinstance(unread, Unread):
            is_open = runs_ours and _is_recent(observed, now)
            return Unclear(unread.reason) if is_open else _over(observed)
    if isinstance(read, Unread) or isinstance(history, Unread):
        return _over(observed)
    newest, past = read.newest, next(iter(history.deployments), None)
    if newest is None or past is None:
        return _over(observed)
    if is_our_deployment(newest, past, observed.identity):
        return _of_ours(observed, newest, past, rollout, now)
    return _of_theirs(observed, newest, now) if runs_ours else NotOurs()


def is_our_deployment(one: CodeDeployment, past: PastDeployment, identity: Identity) -> bool:
    """Tell whether a deployment led from the base of a revision of ours to that revision."""
    brought = past.revision
    return (
        one.creator != ROLLBACK
        and brought is not None
        and brought.is_ours(identity)
        and brought.base is not None
        and brought.base == past.came_from
    )


def is_deploying(observed: Observed) -> bool:
    """Tell whether CodeDeploy deploys anything to the service now, as far as it was read."""
    return isinstance(observed.code_deploy, DeploymentGroup) and (
        observed.code_deploy.running is not None
    )


def last_deployed_at(observed: Observed) -> datetime | None:
    """Return when CodeDeploy last deployed the service, or None where it was not read.

    A PRIMARY task set may be older than a deployment that did not succeed.
    """
    group = observed.code_deploy
    newest = group.newest if isinstance(group, DeploymentGroup) else None
    return None if newest is None else newest.created_at


def _over(observed: Observed) -> Phase:
    """Return the phase where nothing is left to be watched."""
    return Proven() if observed.revision.bears_our_name(observed.identity) else NotOurs()


def _is_recent(observed: Observed, now: datetime) -> bool:
    """Tell whether the PRIMARY task set is so young that its deployment may still go on."""
    primary = observed.service.primary
    return primary is not None and primary.created_at + _LONGEST > now


def _of_ours(
    observed: Observed,
    newest: CodeDeployment,
    past: PastDeployment,
    rollout: Rollout,
    now: datetime,
) -> Phase:
    runs_it = observed.revision.arn == newest.task_definition
    if newest.is_running:
        return Deploying(_going_on(newest))
    if newest.has_failed and runs_it and _is_about_to_return(newest, now):
        told = f"CodeDeploy's deployment {newest.id} is {newest.status}, and is to be rolled back"
        return Unclear(Reason("Returning", told), now + _SOON)
    if newest.has_failed:
        return Failed(_failure(newest)) if runs_it else NotOurs()
    return after_completion(observed, past, rollout, now) if runs_it else NotOurs()


def _is_about_to_return(one: CodeDeployment, now: datetime) -> bool:
    """Tell whether CodeDeploy may still take the service back by itself, as its group says."""
    return one.rolls_back and (one.finished_at or one.created_at) + _PATIENCE > now


def _going_on(one: CodeDeployment) -> Reason:
    if one.status == READY:
        return Reason(
            "AwaitingPerson",
            f"CodeDeploy's deployment {one.id} of the corrected revision waits for a person",
            f"Let it go on, or stop it: aws deploy continue-deployment --deployment-id {one.id}",
        )
    return Reason(
        "RollingOut",
        f"CodeDeploy deploys the corrected revision: {one.id} is {one.status}",
        "It goes on by itself; CodeDeploy decides.",
    )


def _failure(one: CodeDeployment) -> Reason:
    told = "" if one.error is None else f": {one.error}"
    return Reason(
        "DeploymentFailed",
        f"CodeDeploy's deployment {one.id} is {one.status}{told}",
        "See the deployment in CodeDeploy, and the stopped tasks' reason.",
    )


def _of_theirs(observed: Observed, newest: CodeDeployment, now: datetime) -> Phase:
    """Return the phase of a service that runs ours while a later deployment is somebody's own."""
    leads_back = newest.task_definition == observed.revision.base
    if newest.is_running and leads_back:
        told = f"CodeDeploy's deployment {newest.id} takes the service back"
        return Unclear(Reason("Returning", told), now + _SOON)
    if newest.has_failed and leads_back:
        return Unclear(
            Reason(
                "NoWayBack",
                f"CodeDeploy's deployment {newest.id} should have taken the service back and is "
                f"{newest.status}; the service runs the corrected revision",
                "See the deployment in CodeDeploy, and deploy a revision that works.",
            )
        )
    return Proven()
