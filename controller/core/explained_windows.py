"""Explained windows: when rolls of a policy may start next, and which of its windows never serve.

How long a roll needs depends on the service. Here it is the least that any service needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from controller.core.pace.windows import Opening, openings, opens_at
from controller.core.policy.model import LoggingPolicy, Rollout, Window
from controller.core.policy.quantities import duration_text
from controller.core.service.duration import BATCH

SHOWN: Final = 5
"""Openings that are shown of each policy."""


@dataclass(frozen=True, slots=True)
class ExplainedWindow:
    """One window of a policy. `serves` False: no roll can ever start in it, for it is too short.

    One that denies serves always.
    """

    window: Window
    serves: bool

    @property
    def denies(self) -> bool:
        """Tell whether it keeps rolls from starting."""
        return self.window.deny is not None

    @property
    def when(self) -> str:
        """When it is, in words: `Mon, Tue 22:00 to 04:00`, or `0 22 * * 1-5 for 4h`."""
        times = self.window.times
        if times.cron is not None and times.duration is not None:
            return f"{times.cron} for {duration_text(times.duration)}"
        days = ", ".join(times.days) or "every day"
        return f"{days} {times.start} to {times.to}"


@dataclass(frozen=True, slots=True)
class ExplainedWindows:
    """The windows of one policy, and when they open next.

    `needed` is how long a window must stay open, at least. `next_start` is when a roll that needs
    no more may start; None: no opening is ever long enough.
    """

    policy: str
    windows: tuple[ExplainedWindow, ...]
    needed: timedelta
    openings: tuple[Opening, ...]
    next_start: datetime | None

    @property
    def zones(self) -> tuple[str, ...]:
        """The zones in which times are shown besides UTC."""
        named = dict.fromkeys(one.window.zone for one in self.windows)
        return tuple(zone for zone in named if zone not in {"UTC", "Etc/UTC"})


def explain_windows(policies: Sequence[LoggingPolicy], now: datetime) -> list[ExplainedWindows]:
    """Return what the windows of each policy mean from *now* on, those without windows, too."""
    return [_explained(one, now) for one in policies]


def least_needed(rollout: Rollout) -> timedelta:
    """Return how long a window must stay open for a roll of the service that needs least."""
    return max(rollout.progress_deadline, BATCH) + rollout.bake_time


def _explained(policy: LoggingPolicy, now: datetime) -> ExplainedWindows:
    windows, needed = policy.rollout.windows, least_needed(policy.rollout)
    denying = [one for one in windows if one.deny is not None]
    serving = [
        one.deny is not None or opens_at([one, *denying], now, for_=needed) is not None
        for one in windows
    ]
    return ExplainedWindows(
        policy=policy.name,
        windows=tuple(map(ExplainedWindow, windows, serving)),
        needed=needed,
        openings=openings(windows, now, SHOWN) if windows else (),
        next_start=opens_at(windows, now, for_=needed),
    )
