"""Rolls may start now, and there is time to see one through before they may not."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from controller.core.move import Wait
from controller.core.pace.windows import opens_at
from controller.core.policy.quantities import duration_text
from controller.core.service.candidate import Candidate
from controller.core.service.duration import expected

_REMEDY: Final = (
    "It goes on by itself when a window opens; `ecs-logging explain windows` shows the next."
)
_NEVER: Final = (
    "Let a window of rollout.windows last longer; `ecs-logging explain windows` shows them."
)


def window(candidate: Candidate) -> Wait | None:
    """Refuse with `OutsideWindow` unless a window is open, and stays so for the whole roll.

    That is for as long as a healthy roll of this service may take, and for `rollout.bakeTime`.
    """
    rollout = candidate.policy.rollout
    if not rollout.windows:
        return None
    needed = expected(candidate.observed.service, rollout) + rollout.bake_time
    opens = opens_at(rollout.windows, candidate.now, for_=needed)
    if opens == candidate.now:
        return None
    told = f"a roll of this service needs a window that stays open for {duration_text(needed)}"
    if opens is None:
        never = f"{told}, and none of the policy {candidate.policy.name} ever does"
        return candidate.refuse("OutsideWindow", never, _NEVER)
    shown = _in_zone(opens, rollout.windows[0].zone)
    message = f"{told}; the next one opens at {opens:%Y-%m-%d %H:%M} UTC{shown}"
    return Wait(candidate.refuse("OutsideWindow", message, _REMEDY).reason, opens)


def _in_zone(at: datetime, zone: str) -> str:
    """Return how the clocks of a zone show a moment, where that is not how UTC has it."""
    try:
        local = at.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return ""
    return "" if not local.utcoffset() else f", {local:%a %H:%M} in {zone}"
