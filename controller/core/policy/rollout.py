"""Rollout: how many services change at once, how often, and how long each is watched."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import Field, Strict

from controller.core.policy.quantities import Duration, PositiveDuration, Share
from controller.core.policy.written import Written

Count = Annotated[int, Strict(), Field(ge=1)]
"""A number of services, at least 1."""


class MaxConcurrent(Written):
    """How many services may be in a rollout at the same time."""

    total: Count = 1
    """Services, over everything that the policy governs. 1, so that a mistake meets one."""

    per_account: Count | None = None
    """Services in one account. Without it, `total` alone holds."""

    per_cluster: Count | None = None
    """Services in one cluster. Without it, `total` alone holds."""


class MaxPer(Written):
    """How many of the governed services may be changed in a span of time."""

    share: Share = Decimal("0.1")
    """Percentage of the governed services, at least one service. 10%, so that a mistake that
    shows only after hours has not met most of the fleet."""

    span: PositiveDuration = Field(
        default=timedelta(hours=24), validation_alias="in", serialization_alias="in"
    )
    """The span in which changes are counted, in s, m, h or d. A day, in which a mistake that
    follows the hours of the day shows."""


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
