"""How our roll of a service is doing, as ECS shows it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from controller.core.move import Look
from controller.core.policy.model import Rollout
from controller.core.reason import Reason
from controller.core.service.code_deploy.phase import code_deploy_phase
from controller.core.service.deployment import Deployment, PastDeployment
from controller.core.service.observed import NotAsked, Observed, Unread
from controller.core.service.rolls.after import after_completion
from controller.core.service.rolls.before import before_completion
from controller.core.service.rolls.completion import has_completed, is_long_over
from controller.core.service.rolls.phases import (
    NotOurs,
    Overtaken,
    Phase,
    Proven,
    Unclear,
    Unproven,
)
from controller.core.service.rolls.unproven import while_unproven

_SOON: Final = timedelta(seconds=15)
_NOT_LISTED_YET: Final = Reason(
    "RollingOut", "ECS does not list the deployment of the corrected revision yet"
)


def phase(observed: Observed, rollout: Rollout, now: datetime) -> Phase:
    """Tell how our roll of the service is doing, if the service is set to a revision of ours.

    A deployment is our roll if it led from our revision's base to our revision. One that led
    there from elsewhere is somebody's own: a bare family name may lead to a revision of ours.
    """
    if observed.service.is_by_code_deploy:
        return code_deploy_phase(observed, rollout, now)
    primary, revision = observed.service.primary, observed.revision
    authored = revision.bears_our_name(observed.identity) and revision.base is not None
    if primary is None or not authored or primary.task_definition != revision.arn:
        return NotOurs()
    unproven = revision.is_unproven_for(observed.ref.arn)
    over = has_completed(observed.service, primary, None)
    if unproven and over and observed.service.desired == 0:
        return Unproven()
    if not unproven and is_long_over(observed.service, primary, rollout, now):
        return Proven()
    return _of_roll(observed, primary, rollout, now)


def _of_roll(observed: Observed, primary: Deployment, rollout: Rollout, now: datetime) -> Phase:
    """Return the phase of what set the service to our revision, as its history tells."""
    revision = observed.revision
    if isinstance(observed.history, NotAsked):
        return Look("history")
    if isinstance(observed.history, Unread):
        return Unclear(observed.history.reason)
    newest = next(iter(observed.history.deployments), None)
    if newest is None or newest.task_definition != revision.arn:
        return Unclear(_NOT_LISTED_YET, now + _SOON)
    completed = has_completed(observed.service, primary, newest)
    if newest.came_from != revision.base or _is_anew(observed.history.deployments):
        return Overtaken(ended=completed)
    if not completed:
        return before_completion(observed, primary, newest, rollout, now)
    if revision.is_unproven_for(observed.ref.arn):
        return while_unproven(observed, rollout, now)
    return after_completion(observed, newest, rollout, now)


def _is_anew(deployments: tuple[PastDeployment, ...]) -> bool:
    """Tell whether the newest deployment brought what the one before it had brought already."""
    ran = [past.task_definition for past in deployments[:2]]
    return len(ran) > 1 and ran[0] == ran[1]
