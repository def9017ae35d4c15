"""Quantities as people write them: durations, shares and sizes of buffers."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema

from controller.core.policy.problem import Fault, Reason
from controller.core.policy.written import refusal

_DURATION = re.compile(r"([0-9]{1,6})([smhd])")
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)%")
_WHOLE_PERCENT = re.compile(r"(100|[0-9]{1,2})%")
_BUFFER_SIZE = re.compile(r"[1-9][0-9]{0,9}[bkmg]?")
_UNITS = {  # the largest first, so that a duration is shown in the unit that a person would choose
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
    "s": timedelta(seconds=1),
}


def duration_text(duration: timedelta) -> str:
    """Return a duration of whole seconds as people write it: `90s`, `10m`, `24h` is `1d`."""
    unit = next((name for name, one in _UNITS.items() if duration % one == timedelta(0)), "s")
    return f"{duration // _UNITS[unit]}{unit}"


def share_text(share: Decimal) -> str:
    """Return a share as people write it: `10%`."""
    return f"{(share * 100).normalize():f}%"


def _duration(written: object) -> timedelta:
    if isinstance(written, timedelta):
        return written
    parts = _DURATION.fullmatch(written) if isinstance(written, str) else None
    if parts is None:
        raise _no("not a duration", "write a whole number and its unit: 90s, 10m, 24h or 7d")
    return int(parts[1]) * _UNITS[parts[2]]


def _not_zero(duration: timedelta) -> timedelta:
    if duration <= timedelta(0):
        raise _no("a duration of nothing", "write at least 1s")
    return duration


def _share(written: object) -> Decimal:
    if isinstance(written, Decimal):
        share = written
    else:
        parts = _SHARE.fullmatch(written) if isinstance(written, str) else None
        if parts is None:
            raise _no("not a share", "write a percentage with its sign: 10%")
        share = Decimal(parts[1]) / 100
    if not 0 < share <= 1:
        raise _no("a share is more than 0% and at most 100%", "write a percentage such as 10%")
    return share


def _whole_percent(written: object) -> int:
    parts = _WHOLE_PERCENT.fullmatch(written) if isinstance(written, str) else None
    if parts is None:
        raise _no("not a whole percentage of at most 100%", "write it with its sign: 20%")
    return int(parts[1])


def _buffer_size(written: str) -> str:
    if not _BUFFER_SIZE.fullmatch(written):
        raise _no("not a size", "write bytes in Docker's way: a whole number and b, k, m or g: 25m")
    return written


def _no(message: str, hint: str) -> Exception:
    return refusal(Fault(Reason.INVALID_VALUE, message, hint))


Duration = Annotated[
    timedelta,
    BeforeValidator(_duration),
    PlainSerializer(duration_text, return_type=str),
    WithJsonSchema({"type": "string", "pattern": f"^{_DURATION.pattern}$"}),
]
"""A time span of whole seconds, written `90s`, `10m`, `24h` or `7d`."""

PositiveDuration = Annotated[Duration, AfterValidator(_not_zero)]
"""A time span that is longer than nothing."""

Share = Annotated[
    Decimal,
    BeforeValidator(_share),
    PlainSerializer(share_text, return_type=str),
    WithJsonSchema({"type": "string", "pattern": f"^{_SHARE.pattern}$"}),
]
"""A part of a whole, written `10%` and kept exact, as a number between 0 and 1."""

WholePercent = Annotated[
    int,
    BeforeValidator(_whole_percent),
    PlainSerializer(lambda percent: f"{percent}%", return_type=str),
    WithJsonSchema({"type": "string", "pattern": f"^{_WHOLE_PERCENT.pattern}$"}),
]
"""A part of a whole, written `20%`, as a whole number from 0 to 100."""

BufferSize = Annotated[
    str,
    AfterValidator(_buffer_size),
    WithJsonSchema({"type": "string", "pattern": f"^{_BUFFER_SIZE.pattern}$"}),
]
"""A size in bytes in Docker's way of writing: `25m` [fact 2.12]."""
