"""CodeDeploy is at rest, and has an AppSpec that can be deployed with the corrected revision."""

from __future__ import annotations

from typing import Final

from controller.core.move import Look, Wait
from controller.core.reason import Reason
from controller.core.service.candidate import Candidate
from controller.core.service.code_deploy.app_spec import AppSpec
from controller.core.service.code_deploy.deploy import to_deploy
from controller.core.service.code_deploy.group import READY, DeploymentGroup
from controller.core.service.observed import NotAsked, Unread

PART: Final = "code_deploy"


def code_deploy(candidate: Candidate) -> Wait | Look | None:
    """Refuse what CodeDeploy could not deploy, or not now; services that ECS deploys pass.

    With `DeploymentInProgress` where it deploys something already: a group deploys one thing at a
    time [CodeDeploy quotas]. With `NotSteady` where tasks are missing, or an earlier deployment has
    left its task set behind; with `AlarmActive` where it would stop at once; with `AppSpecUnusable`
    where the last AppSpec cannot be read, or is not by what the service came to run what it runs.
    """
    observed = candidate.observed
    if not observed.service.is_by_code_deploy or not candidate.policy.allow.code_deploy:
        return None
    group = observed.code_deploy
    if isinstance(group, NotAsked):
        return Look(PART)
    if isinstance(group, Unread):
        return Wait(group.reason)
    return (
        _running(candidate, group)
        or _at_rest(candidate)
        or _alarms(candidate, group)
        or (_app_spec(candidate))
    )


def _running(candidate: Candidate, group: DeploymentGroup) -> Wait | None:
    running = group.running
    if running is None:
        return None
    waits = "waits for a person" if running.status == READY else "has not ended"
    return candidate.refuse(
        "DeploymentInProgress",
        f"CodeDeploy's deployment {running.id} {waits}",
        "It goes on by itself when CodeDeploy is at rest.",
        again_in=candidate.watch,
    )


def _at_rest(candidate: Candidate) -> Wait | None:
    service = candidate.observed.service
    primary, number = service.primary, len(service.deployments)
    if primary is None or number > 1:
        told = f"CodeDeploy is at rest and the service has {number} task sets, of which one serves"
        return candidate.refuse("NotSteady", told, "Delete the task set that serves nothing.")
    if primary.running >= service.desired:
        return None
    return candidate.refuse(
        "NotSteady",
        f"{primary.running} of {service.desired} tasks run, so a deployment could not be judged",
        "Mend the service first; it is looked at again.",
        again_in=candidate.watch,
    )


def _alarms(candidate: Candidate, group: DeploymentGroup) -> Wait | None:
    if isinstance(group.sounding, Reason):
        return Wait(group.sounding)
    if not group.sounding:
        return None
    return candidate.refuse(
        "AlarmActive",
        f"CodeDeploy would stop the deployment: {', '.join(group.sounding)} is in ALARM",
        "Mend what the alarm is about; it is looked at again.",
        again_in=candidate.watch,
    )


def _app_spec(candidate: Candidate) -> Wait | None:
    app_spec = to_deploy(candidate.observed)
    if isinstance(app_spec, AppSpec):
        return None
    return candidate.refuse(
        "AppSpecUnusable",
        app_spec.because,
        "Deploy the service once by an AppSpec that is sent as text (AppSpecContent).",
    )
