"""A roll that ECS, or a person, has given up: what became of it, and whether it is going back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from controller.core.reason import Reason
from controller.core.service.deployment import Deployment, PastDeployment
from controller.core.service.rolls.phases import Failed, GoingBack, Phase, Unclear

_SOON: Final = timedelta(seconds=15)
_RETURNING: Final = frozenset({"STOP_REQUESTED", "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS"})
_READ: Final = "Read the stopped tasks' reason."


def given_up(primary: Deployment, roll: PastDeployment, now: datetime) -> Phase | None:
    """Return the phase of a roll that nobody means to bring to its end any more, or None.

    The service is still set to our revision: a rollback may be about to change that [fact 1.25].
    """
    if roll.status in _RETURNING:
        return GoingBack(Reason("RolledBack", f"ECS takes the service back{_because(roll)}", _READ))
    if roll.status == "ROLLBACK_FAILED":
        return GoingBack(failed_return(roll), ended=True)
    if roll.status == "ROLLBACK_SUCCESSFUL" or _is_anothers(primary, roll):
        told = "ECS shows the service as it was, and its deployment as ended"
        return Unclear(Reason("RollingOut", told), now + _SOON)
    if primary.rollout_state == "FAILED":
        tasks = f"{primary.failed} tasks failed"
        gave_up = f"ECS gave up the deployment {primary.id}: {tasks}{_because(roll)}"
        return Failed(_gave_up(gave_up))
    if roll.status == "STOPPED":
        return Failed(_gave_up(f"the deployment {primary.id} was stopped{_because(roll)}"))
    return None


def failed_return(roll: PastDeployment | None) -> Reason:
    """Return the reason for which nothing more is tried: the way back has failed, too."""
    told = "" if roll is None else _because(roll)
    return Reason(
        "ReturnFailed",
        f"the service could not be taken back from the corrected revision{told}",
        "Deploy a revision that works: nothing more is tried here.",
    )


def _is_anothers(primary: Deployment, roll: PastDeployment) -> bool:
    """Tell whether the PRIMARY deployment began after that one had ended: it is not listed yet."""
    return roll.status == "STOPPED" and (
        roll.finished_at is not None and primary.created_at > roll.finished_at
    )


def _gave_up(told: str) -> Reason:
    return Reason("DeploymentFailed", told, _READ)


def _because(roll: PastDeployment) -> str:
    alarms = f" (alarms: {', '.join(roll.triggered)})" if roll.triggered else ""
    return f"{'' if roll.reason is None else f': {roll.reason}'}{alarms}"
