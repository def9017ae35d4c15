"""Day: a day of the calendar as people write it, and the moments at which it begins and ends."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from controller.core.policy.problem import Fault, Reason
from controller.core.policy.written import refusal

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day(written: str) -> date | None:
    """Return the day that a text such as `2027-03-31` names, or None where it names none."""
    if not _DAY.fullmatch(written):
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:  # such as February 30th
        return None


def begins(one: date) -> datetime:
    """Return the first moment of a day, in UTC."""
    return datetime.combine(one, time(), UTC)


def ends(one: date) -> datetime:
    """Return the first moment after a day, in UTC; of the last day that there is, that day's last.

    Until that moment the day is not over, at that moment it is.
    """
    if one == date.max:
        return datetime.combine(one, time.max, UTC)
    return begins(one + timedelta(days=1))


def _day(written: object) -> date:
    if isinstance(written, date) and not isinstance(written, datetime):
        return written
    if isinstance(written, str) and (found := day(written)) is not None:
        return found
    message, hint = "not a day of the calendar", "write year, month and day: 2027-03-31"
    raise refusal(Fault(Reason.INVALID_VALUE, message, hint))


Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": f"^{_DAY.pattern}$"}),
]
"""A day of the calendar in UTC, written `2027-03-31`, with quotes or without."""
