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
from controller.core.service.rolls.given_up import given_up
from controller.core.service.rolls.marked import marked_since
from controller.core.service.rolls.phases import (
    Failed,
    GoingBack,
    NotOurs,
    Overtaken,
    Phase,
    Proven,
    Unclear,
    Unproven,
)
from controller.core.service.rolls.whose import is_our_roll
from controller.core.service.rolls.without_history import as_shown

_SOON: Final = timedelta(seconds=15)
_NOT_LISTED_YET: Final = Reason(
    "RollingOut", "ECS does not list the deployment of the corrected revision yet"
)


def phase(observed: Observed, rollout: Rollout, now: datetime) -> Phase:
    """Tell how our roll of the service is doing, if the service is set to a revision of ours.

    It may be somebody else's deployment that set it so: see `is_our_roll`.
    """
    if observed.service.is_by_code_deploy:
        return code_deploy_phase(observed, rollout, now)
    primary, revision = observed.service.primary, observed.revision
    authored = revision.is_ours(observed.identity) and revision.base is not None
    if primary is None or not authored or primary.task_definition != revision.arn:
        return NotOurs()
    if marked_since(observed, primary) is None:
        over = has_completed(observed.service, primary, None)
        unproven = revision.is_unproven_for(observed.ref.arn)
        if unproven and over and observed.service.desired == 0:
            return Unproven()
        if not unproven and is_long_over(observed.service, primary, rollout, now):
            return Proven()
    return _of_primary(observed, primary, rollout, now)


def _of_primary(observed: Observed, primary: Deployment, rollout: Rollout, now: datetime) -> Phase:
    """Return the phase of what set the service to our revision, as its history tells."""
    revision = observed.revision
    if isinstance(observed.history, NotAsked):
        return Look("history")
    if isinstance(observed.history, Unread):
        shown = as_shown(observed, primary)
        unclear = marked_since(observed, primary) or Unclear(observed.history.reason)
        return unclear if shown is None else _of_ours(observed, primary, shown, rollout, now)
    newest = next(iter(observed.history.deployments), None)
    if newest is None or newest.task_definition != revision.arn:
        return Unclear(_NOT_LISTED_YET, now + _SOON)
    unproven = revision.is_unproven_for(observed.ref.arn)
    past, base = observed.history.deployments, revision.base or ""
    if not is_our_roll(past, base, rollout.bake_time, unproven=unproven):
        return Overtaken(ended=has_completed(observed.service, primary, newest))
    return _of_ours(observed, primary, newest, rollout, now)


def _of_ours(
    observed: Observed, primary: Deployment, roll: PastDeployment, rollout: Rollout, now: datetime
) -> Phase:
    """Return the phase of our roll; nothing makes a success of one that is marked as failed."""
    if has_completed(observed.service, primary, roll):
        judged = after_completion(observed, roll, rollout, now)
    else:
        judged = before_completion(observed, primary, roll, rollout, now)
    marked = marked_since(observed, primary)
    if marked is None or isinstance(judged, Failed | GoingBack | Look):
        return judged
    return given_up(primary, roll, now) or marked
