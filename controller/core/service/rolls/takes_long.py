"""A roll that takes longer than a healthy one may: worth a look, and no reason to end it."""

from __future__ import annotations

from datetime import datetime

from controller.core.policy.rollout import Rollout
from controller.core.service.duration import expected
from controller.core.service.observed import Observed
from controller.core.service.rolls.phase import phase
from controller.core.service.rolls.phases import AwaitingPerson, Baking, Rolling


def takes_long(observed: Observed, rollout: Rollout, now: datetime) -> str | None:
    """Return the warning `TakesLong` of a roll that goes on for longer than expected, or None."""
    primary, current = observed.service.primary, phase(observed, rollout, now)
    if primary is None or not isinstance(current, Rolling | AwaitingPerson | Baking):
        return None
    longest = expected(observed.service, rollout) + rollout.bake_time
    taken = now - primary.created_at
    if taken <= longest:
        return None
    minutes = int(taken.total_seconds() // 60)
    return (
        f"TakesLong: the roll goes on for {minutes} minutes, and a healthy one takes {longest} at "
        "most; it is watched further"
    )
