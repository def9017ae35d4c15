"""The windows of a policy in words, which every form of the report has in common."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from controller.core.explained_windows import ExplainedWindow, ExplainedWindows
from controller.core.pace.windows import LONG, Opening
from controller.core.policy.quantities import duration_text
from controller.report.words import clean

NONE: Final = "It has no windows: rolls may start at any time."
NEVER: Final = "No opening is ever long enough, so no roll ever starts."


def in_zone(at: datetime, zone: str) -> str:
    """Return a moment as clocks of a zone show it: `Tue 2027-03-30 22:00`."""
    return f"{at.astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M}"


def needs(explained: ExplainedWindows) -> str:
    """Return how long a window must stay open."""
    needed = duration_text(explained.needed)
    return f"A roll needs a window that stays open for {needed}; one with more to do needs longer."


def window(one: ExplainedWindow) -> str:
    """Return what a window does, when and where, and whether it is long enough."""
    does = "denies" if one.denies else "allows"
    told = f"{does} {one.when}, {one.window.zone}"
    return clean(told if one.serves else f"{told}: never long enough for a roll")


def lasting(opening: Opening, explained: ExplainedWindows) -> str:
    """Return how long an opening lasts, and whether that is enough."""
    if opening.until is None:
        return f"more than {LONG.days}d"
    lasts = duration_text(opening.until - opening.at)
    return lasts if opening.lasts(explained.needed) else f"{lasts}, too short"
