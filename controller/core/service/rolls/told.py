"""A roll that goes on, as it is told to people: its phase by name, since when, until when."""

from __future__ import annotations

from datetime import datetime

from controller.core.outcome import RollInFlight
from controller.core.policy.rollout import Rollout
from controller.core.service.deployment import History
from controller.core.service.observed import Observed
from controller.core.service.rolls.in_flight import GOING, is_in_flight
from controller.core.service.rolls.phase import phase
from controller.core.service.rolls.phases import Baking, Phase, Rolling, Unclear, Unsteady

RETURNING = "Returning"


def roll_in_flight(observed: Observed, rollout: Rollout, now: datetime) -> RollInFlight | None:
    """Return the roll that goes on, or the way back from it; None where there is none."""
    current = phase(observed, rollout, now)
    if not is_in_flight(observed, current):
        return None
    name = type(current).__name__ if isinstance(current, GOING) else RETURNING
    return RollInFlight(name, observed.revision.arn, _since(observed), _until(current))


def _since(observed: Observed) -> datetime | None:
    """Return when the deployment began, as its history tells; else when ECS made it PRIMARY."""
    if isinstance(observed.history, History):
        newest = next(iter(observed.history.deployments), None)
        if newest is not None and newest.task_definition == observed.revision.arn:
            return newest.created_at
    primary = observed.service.primary
    return None if primary is None else primary.created_at


def _until(current: Phase) -> datetime | None:
    match current:
        case Rolling(deadline=until) | Unsteady(deadline=until) | Baking(until=until):
            return until
        case Unclear(until=until):
            return until
        case _:
            return None
