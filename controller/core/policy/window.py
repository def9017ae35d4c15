"""Window: times in which rolls may start, or may not, by the clock of a place."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Final, Self

from cronsim import CronSim, CronSimError
from pydantic import AfterValidator, ConfigDict, Field, WithJsonSchema, model_validator

from controller.core.policy.problem import Fault, Reason
from controller.core.policy.quantities import PositiveDuration
from controller.core.policy.suggest import nearest
from controller.core.policy.written import Written, refusal

LONGEST: Final = timedelta(days=366)
"""The longest that a window of cron may last: a freeze that comes once a year fits."""

MIDNIGHT: Final = "24:00"
"""The end of a day, as it is written."""

_CLOCK: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_CRON: Final = re.compile(r"[0-9]{1,2}(?: +[0-9A-Za-z*,/#-]{1,100}){4}")
_A_YEAR: Final = datetime(2024, 1, 1, tzinfo=UTC)  # from which every day of a calendar comes


class Weekday(StrEnum):
    """A day of the week."""

    MON = "Mon"
    TUE = "Tue"
    WED = "Wed"
    THU = "Thu"
    FRI = "Fri"
    SAT = "Sat"
    SUN = "Sun"


def clock(written: str) -> time:
    """Return the time of the day that a text such as `22:00` names; `24:00` is midnight, too."""
    hour, minute = written.split(":")
    return time(int(hour) % 24, int(minute))


@cache
def zones() -> frozenset[str]:
    """Return the names of all time zones, save those that mean another on every machine."""
    return frozenset(zoneinfo.available_timezones()) - {"localtime", "Factory"}


def _zone(written: str) -> str:
    if written in zones():
        return written
    meant = nearest(written, zones())
    hint = f"did you mean {meant}?" if meant else "write its IANA name: Europe/Berlin, or UTC"
    raise refusal(Fault(Reason.INVALID_VALUE, f"there is no time zone `{written}`", hint))


def _clock(written: str) -> str:
    if _CLOCK.fullmatch(written):
        return written
    hint = "write hours and minutes with two digits each: 09:30; the end of a day is 24:00"
    raise refusal(Fault(Reason.INVALID_VALUE, f"`{written}` is no time of a day", hint))


def _cron(written: str) -> str:
    if not _CRON.fullmatch(written):
        message = "a window begins at a certain minute, by five fields"
        hint = "write minute, hour, day, month and weekday, the minute as one number: 0 22 * * 1-5"
        raise refusal(Fault(Reason.INVALID_VALUE, message, hint))
    try:
        next(CronSim(written, _A_YEAR))
    except CronSimError as error:
        hint = "write minute, hour, day, month and weekday: 0 22 * * 1-5"
        raise refusal(Fault(Reason.INVALID_VALUE, f"{error} in `{written}`", hint)) from None
    except StopIteration:
        message = f"`{written}` never comes: no year has such a day"
        raise refusal(Fault(Reason.INVALID_VALUE, message, "write a day that comes")) from None
    return written


def _not_too_long(duration: timedelta) -> timedelta:
    if duration <= LONGEST:
        return duration
    hint = f"write at most {LONGEST.days}d"
    raise refusal(Fault(Reason.INVALID_VALUE, "no window lasts longer than a year", hint))


Clock = Annotated[
    str,
    AfterValidator(_clock),
    WithJsonSchema({"type": "string", "pattern": f"^(?:{_CLOCK.pattern})$"}),
]
"""A time of the day, written `22:00`."""

Cron = Annotated[
    str,
    AfterValidator(_cron),
    WithJsonSchema({"type": "string", "pattern": f"^{_CRON.pattern}$"}),
]
"""When something begins, in the five fields of cron."""


class Times(Written):
    """When a window begins and ends: by `cron` and `duration`, or by `from`, `to` and `days`."""

    cron: Cron | None = None
    """When it begins: minute (one number), hour, day of the month, month and weekday, as
    `0 22 * * 1-5`. Without it, `from` says so."""

    duration: Annotated[PositiveDuration, AfterValidator(_not_too_long)] | None = None
    """How long it lasts from there, at most 366d. Required with `cron`."""

    days: Annotated[tuple[Weekday, ...], Field(min_length=1)] = ()
    """Weekdays on which it begins, with `from`. Without it, every day."""

    start: Clock | None = Field(default=None, validation_alias="from", serialization_alias="from")
    """The time at which it begins. Without it, `cron` says so."""

    to: Clock | None = None
    """The time at which it ends, on the next day where that is not after `from`. Required with
    `from`; `24:00` is the end of the day."""

    @model_validator(mode="after")
    def _in_one_way(self) -> Self:
        if faults := tuple(_faults_of(self)):
            raise refusal(*faults)
        return self


def _faults_of(times: Times) -> Iterator[Fault]:
    weekly = [key for key, field in _WEEKLY.items() if field in times.model_fields_set]
    if times.cron is None and times.start is None:
        hint = "add `cron: 0 22 * * 1-5` and `duration: 4h`, or `from: 22:00` and `to: 24:00`"
        yield Fault(Reason.MISSING_KEY, "it is not said when this window begins", hint)
    elif times.cron is not None:
        for key in weekly:
            message = "a window begins by `cron` or by `from`, not by both"
            yield Fault(Reason.INVALID_VALUE, message, "remove one of them", (key,))
        if times.duration is None:
            message = "a window that begins by `cron` needs the key `duration`"
            yield Fault(Reason.MISSING_KEY, message, "add `duration: 4h`")
    else:
        yield from _faults_of_a_week(times)


def _faults_of_a_week(times: Times) -> Iterator[Fault]:
    if times.duration is not None:
        message, hint = "`duration` belongs to `cron`", "say by `to` when the window ends"
        yield Fault(Reason.INVALID_VALUE, message, hint, ("duration",))
    if times.to is None:
        message = "a window that begins by `from` needs the key `to`"
        yield Fault(Reason.MISSING_KEY, message, "add `to:`")
    elif times.start == MIDNIGHT:
        message, hint = "no day begins at its end", "write 00:00, and the day after"
        yield Fault(Reason.INVALID_VALUE, message, hint, ("from",))
    elif times.to == times.start:
        message = "this window ends as it begins"
        hint = "for a whole day, write `from: 00:00` and `to: 24:00`"
        yield Fault(Reason.INVALID_VALUE, message, hint, ("to",))


_WEEKLY: Final = {"days": "days", "from": "start", "to": "to"}


def _one_of_two(schema: dict[str, Any]) -> None:
    """Say in a JSON Schema that a window either allows or denies."""
    schema["oneOf"] = [{"required": ["allow"]}, {"required": ["deny"]}]


class Window(Written):
    """Times in which rolls may start, or may not: one of `allow` and `deny`."""

    model_config = ConfigDict(json_schema_extra=_one_of_two)

    zone: Annotated[str, AfterValidator(_zone)]
    """The time zone by whose clock the times are meant, by its IANA name: Europe/Berlin, or UTC.
    Required: a team and its servers seldom share a clock."""

    allow: Times | None = None
    """Times in which rolls may start; where one window allows, they may at no other time. Without
    it, the window denies."""

    deny: Times | None = None
    """Times in which no roll starts, whatever another window allows. Without it, the window
    allows."""

    @model_validator(mode="after")
    def _either(self) -> Self:
        if self.allow is not None and self.deny is not None:
            message = "a window either allows or denies"
            hint = "make two windows of it; of two that contradict each other, `deny` holds"
            raise refusal(Fault(Reason.INVALID_VALUE, message, hint, ("deny",)))
        if self.allow is None and self.deny is None:
            message = "a window needs the key `allow` or `deny`"
            raise refusal(Fault(Reason.MISSING_KEY, message, "add `allow:` with its times"))
        return self

    @property
    def times(self) -> Times:
        """When it begins and ends."""
        times = self.allow or self.deny
        if times is None:
            raise AssertionError("every window has times")  # held by the validator above
        return times
