"""The kill switch: one word, kept outside the fleet, that lets new rolls start, or does not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from controller.core.reason import Reason

OFF: Final = "off"
"""The one word that lets rolls start: the switch is off."""

LARGEST: Final = 1_024
"""Bytes that are read of it; what is longer is not that word."""

LATEST: Final = timedelta(seconds=10)
"""How old a reading may be when a roll starts."""

_PARAMETER: Final = re.compile(r"ssm:(/?[\w.-]+(?:/[\w.-]+)*)", re.ASCII)
_OBJECT: Final = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/(.{1,1024})")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of AWS Systems Manager, in the first Region that is looked at."""

    name: str

    def __str__(self) -> str:
        """As it is written in the settings."""
        return f"ssm:{self.name}"


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object of Amazon S3."""

    bucket: str
    key: str

    def __str__(self) -> str:
        """As it is written in the settings."""
        return f"s3://{self.bucket}/{self.key}"


Place: TypeAlias = Parameter | StoredObject
"""Where the switch is kept."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The switch as it was read `at` a moment; `stops` is why nothing starts, None where it may."""

    at: datetime
    stops: Reason | None = None

    def is_fresh(self, now: datetime) -> bool:
        """Tell whether a roll that is decided upon `now` may start by this reading."""
        return now - self.at <= LATEST


def place_of(written: str) -> Place | None:
    """Return the place that `ssm:/name` or `s3://bucket/key` names; None where none is named."""
    if (found := _PARAMETER.fullmatch(written)) is not None:
        return Parameter(found[1])
    if (found := _OBJECT.fullmatch(written)) is not None:
        return StoredObject(found[1], found[2])
    return None


def stopped_by(place: Place, said: str | None) -> Reason | None:
    """Return why nothing starts, by what the switch says (None: there is none); None if it may.

    What it says is not repeated: it may be the wrong parameter, and a secret.
    """
    if said is None:
        return _stops(f"there is no kill switch at {place}")
    if said.strip().casefold() == OFF:
        return None
    return _stops(f"the kill switch {place} does not say {OFF}")


def unreadable(place: Place, because: str) -> Reason:
    """Return why nothing starts where the switch cannot be read."""
    return _stops(f"the kill switch {place} could not be read: {because}")


def _stops(told: str) -> Reason:
    remedy = f"Write `{OFF}` there to let rolls start; what goes on is seen through meanwhile."
    return Reason("KillSwitch", told, remedy)
