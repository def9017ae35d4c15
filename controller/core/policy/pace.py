"""Pace: how many services change at once, how many in a time, and how many may fail."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, Strict

from controller.core.policy.quantities import PositiveDuration, Share
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


class MaxFailures(Written):
    """How many rollouts may fail before nothing starts any more, until a person says so."""

    in_a_row: Count = 2
    """Rollouts that failed one after the other. 2: one may be the service's own fault, a second
    is hardly chance."""

    share: Share | None = None
    """Percentage of the last rollouts that failed, however they lie. Without it, `inARow` alone
    holds."""

    of_last: Count = 20
    """How many of the last rollouts `share` is of; it holds only once there were as many. 20."""


def _in_full(written: object) -> object:
    is_number = isinstance(written, int) and not isinstance(written, bool)
    return {"inARow": written} if is_number else written


MaxFailuresOrCount = Annotated[
    MaxFailures, BeforeValidator(_in_full, json_schema_input_type=Count | MaxFailures)
]
"""How many rollouts may fail; a number stands for so many in a row."""
