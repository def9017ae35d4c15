"""The deployments that we ask CodeDeploy for: an AppSpec that ran, with one ARN changed, or none.

It is not asked for more than that: its configuration, alarms and rollback stay the group's.
"""

from __future__ import annotations

from controller.core.move import Decision, Deploy, Redeploy, Wait
from controller.core.reason import Health, Reason
from controller.core.service.candidate import Candidate
from controller.core.service.code_deploy.app_spec import AppSpec, Unusable, sha256_of
from controller.core.service.code_deploy.group import DeploymentGroup
from controller.core.service.observed import Observed
from controller.core.service.revision import Revision


def to_deploy(observed: Observed) -> AppSpec | Unusable:
    """Return the AppSpec that brought what the service runs now, or why there is none to change.

    It is that of the last deployment which succeeded; if the service runs another revision than
    that brought, nobody can say by what it was brought.
    """
    group = observed.code_deploy
    if not isinstance(group, DeploymentGroup):
        return Unusable("its deployment group is not known")
    if not group.complete:
        return Unusable("the deployments of its group were not read to their end")
    last = group.last_succeeded
    if last is None:
        return Unusable("none of its deployments has succeeded, so there is no AppSpec to go by")
    if isinstance(last.app_spec, Unusable):
        return Unusable(f"the AppSpec of {last.id} is of no use: {last.app_spec.because}")
    if last.app_spec.task_definition != observed.revision.arn:
        brought = last.app_spec.task_definition.rsplit("/", 1)[-1]
        return Unusable(f"{last.id} brought {brought}, which is not what the service runs")
    return last.app_spec


def deploy(candidate: Candidate, corrected: Revision) -> Decision:
    """Return the deployment of the corrected revision; all gates have let it through."""
    observed = candidate.observed
    group, app_spec = observed.code_deploy, to_deploy(observed)
    if not isinstance(group, DeploymentGroup) or isinstance(app_spec, Unusable):
        because = app_spec.because if isinstance(app_spec, Unusable) else "it is not known"
        return Decision(candidate.refuse("AppSpecUnusable", because, ""))
    content = app_spec.naming(corrected.arn)
    move = Deploy(
        observed.ref,
        corrected.arn,
        application=group.application,
        group=group.name,
        content=content,
        sha256=sha256_of(content),
        over=_primary(observed),
    )
    return Decision(move, Health.PROGRESSING)


def redeploy(candidate: Candidate, base: Revision, reason: Reason) -> Decision:
    """Return the deployment of what ran before our revision, which failed and was not rolled back.

    CodeDeploy was left without a rollback, or a person has stopped it; it is done as CodeDeploy
    does it itself: the earlier AppSpec is deployed once more, as it was.
    """
    observed = candidate.observed
    group = observed.code_deploy
    last = group.last_that_brought(base.arn) if isinstance(group, DeploymentGroup) else None
    if not isinstance(group, DeploymentGroup) or last is None:
        return _stays(candidate, "no deployment that brought it is known")
    if isinstance(last.app_spec, Unusable):
        return _stays(candidate, last.app_spec.because)
    content = last.app_spec.content
    move = Redeploy(
        observed.ref,
        base.arn,
        application=group.application,
        group=group.name,
        content=content,
        sha256=sha256_of(content),
        over=_primary(observed),
    )
    return Decision(move, Health.DEGRADED, reason)


def _stays(candidate: Candidate, because: str) -> Decision:
    failed = candidate.observed.revision
    told = Reason(
        "NoWayBack",
        f"{failed.family}:{failed.number} failed, and the deployment before it cannot be made "
        f"again: {because}",
        "Deploy a revision that works.",
    )
    return Decision(Wait(told), Health.DEGRADED)


def _primary(observed: Observed) -> str:
    primary = observed.service.primary
    return "" if primary is None else primary.id
