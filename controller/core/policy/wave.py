"""Wave: services that are rolled before others, with a pace of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from controller.core.policy.metadata import PolicyName
from controller.core.policy.pace import MaxConcurrent
from controller.core.policy.problem import Fault, Reason
from controller.core.policy.quantities import Duration
from controller.core.policy.selector import Selector
from controller.core.policy.written import Written

REST: Final = "rest"
"""What the services are called, in `approve wave`, that no wave selects: they come last."""


class Promotion(StrEnum):
    """What lets the next wave begin."""

    AUTOMATIC = "Automatic"
    MANUAL = "Manual"


class Wave(Written):
    """Services that are rolled before those of the next wave."""

    name: PolicyName
    """What the wave is called, in reasons and in `approve wave`; unique in the policy. Required."""

    match: Annotated[tuple[Selector, ...], Field(min_length=1)] = ()
    """Services of the wave, if any selector fits and none of an earlier wave does. Only the last
    wave may leave it out, and then has the rest; services that no wave selects come last, too."""

    max_concurrent: MaxConcurrent | None = None
    """How many services of the wave change at once. Without it, as in `rollout.maxConcurrent`,
    which is never exceeded."""

    bake: Duration = timedelta(minutes=10)
    """How long all services of the wave must be healthy before the next wave begins, in s, m, h or
    d. 10m, in which alarms have mostly been raised."""

    promotion: Promotion = Promotion.AUTOMATIC
    """What lets the next wave begin: Automatic, that this one is healthy; Manual, a person's
    `approve wave` as well. Automatic: with `bake`, nobody need sit by."""


def wave_faults(waves: Sequence[Wave]) -> Iterator[Fault]:
    """Yield what is wrong between waves, each at its place in their list."""
    first: dict[str, int] = {}
    for index, wave in enumerate(waves):
        if first.setdefault(wave.name, index) != index:
            message = f"the name `{wave.name}` is already given to another wave"
            yield Fault(
                Reason.DUPLICATE_NAME, message, "give each wave a name of its own", (index, "name")
            )
        if wave.name == REST:
            message = f"`{REST}` is what the services are called that no wave selects"
            yield Fault(
                Reason.INVALID_VALUE, message, "give the wave another name", (index, "name")
            )
        if not wave.match and index < len(waves) - 1:
            message = "this wave takes all services that are left, so none is left for the next"
            hint = "give it `match`, or make it the last"
            yield Fault(Reason.INVALID_VALUE, message, hint, (index,))
