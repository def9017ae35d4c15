"""`--since`: a moment, or how long ago that was."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

import click

from controller.cli import options

_SPAN: Final = re.compile(r"([1-9][0-9]{0,5})([smhd])")
_NO_TIME: Final = re.compile(r"0+[smhd]")
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def _since(
    context: click.Context, parameter: click.Parameter, written: str | None
) -> datetime | timedelta | None:
    """Return what was written, in UTC where it has no offset."""
    if written is None:
        return None
    if (parts := _SPAN.fullmatch(written)) is not None:
        return timedelta(**{_UNITS[parts[2]]: int(parts[1])})
    if _NO_TIME.fullmatch(written) is not None:
        told = f"{written} is no time at all: nothing can have begun since; say 2h, or 1d"
        raise click.BadParameter(told)
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        told = f"{written!r} is neither a span, such as 2h or 1d, nor a time: 2027-03-31T09:30"
        raise click.BadParameter(told) from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


SINCE: Final = options.option(
    "--since",
    metavar="SPAN|TIME",
    callback=_since,
    help="With --all: whose last roll began since then, as 2h, 1d, or a time in ISO 8601 (UTC).",
)
