"""Rollout: how many services change at once, how often, when, and how long each is watched."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field, Strict, field_validator

from controller.core.policy.pace import (
    Count,
    MaxConcurrent,
    MaxFailures,
    MaxFailuresOrCount,
    MaxPer,
)
from controller.core.policy.quantities import Duration, PositiveDuration
from controller.core.policy.wave import Wave, wave_faults
from controller.core.policy.window import Window
from controller.core.policy.written import Written, refusal

__all__ = ["Count", "MaxConcurrent", "MaxFailures", "MaxPer", "OnRelease", "Rollout"]


class OnRelease(StrEnum):
    """What becomes of a release that brings the old logging back."""

    CORRECT = "Correct"
    REPORT = "Report"


class Rollout(Written):
    """The pace of changes and the patience with each."""

    max_concurrent: MaxConcurrent = MaxConcurrent()
    """How many services change at once. One, by default."""

    max_per: MaxPer = MaxPer()
    """How many services change in a span of time. 10% a day, by default."""

    cooldown: Duration = timedelta(minutes=10)
    """Pause between the end of one rollout and the start of the next, in s, m, h or d. 10m, for
    people and alarms to notice."""

    bake_time: Duration = timedelta(minutes=5)
    """How long a completed deployment must stay healthy before it counts, in s, m, h or d. 5m, in
    which most containers that cannot live have died."""

    progress_deadline: PositiveDuration = timedelta(minutes=15)
    """How long a deployment may go without progress before the service is returned, in s, m, h
    or d. 15m, longer than slow images and health checks mostly take."""

    waves: tuple[Wave, ...] = ()
    """Services that go before others, wave by wave; the next begins when the one before is healthy.
    None by default: all are one wave. Where there are waves, one service goes before all others,
    alone: one of the first wave in which anything is left to roll."""

    windows: tuple[Window, ...] = ()
    """Times in which rolls may start, or may not; a roll that has begun is seen through, and
    returned at any time. None by default: rolls start at any time."""

    max_failures: MaxFailuresOrCount = MaxFailures()
    """How many rollouts may fail before none starts any more, until a person says so; a number
    stands for so many in a row. 2, by default."""

    latch_retry: PositiveDuration = timedelta(days=7)
    """How long after a failure the same change is not tried again on a service, in s, m, h or d,
    even if its task definition has changed since. 7d, in which somebody has looked."""

    settle: Duration = timedelta(minutes=10)
    """How long a release of somebody else must be over before its logging is corrected, in s, m, h
    or d. 10m, so that it can be told whose fault a failure is."""

    on_release: OnRelease = OnRelease.CORRECT
    """What becomes of a release that brings the old logging back: Correct rolls the service again,
    Report only tells of it. Correct: most pipelines deploy what they always did."""

    max_recorrections: Annotated[int, Strict(), Field(ge=0)] = 2
    """How many times in 14 days a service is corrected again after releases, before the controller
    stops and names who brings the old logging. 2: more would be a fight."""

    @field_validator("waves")
    @classmethod
    def _hang_together(cls, waves: tuple[Wave, ...]) -> tuple[Wave, ...]:
        if faults := tuple(wave_faults(waves)):
            raise refusal(*faults)
        return waves
