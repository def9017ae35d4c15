"""What a person said, as the value of a tag: when, and who.

`2027-03-31T09:30:00.000Z by user/anna`: of characters that ECS takes in a tag, and short enough
[MODEL TagValue: at most 256 letters, digits, spaces and `_ . : / = + - @`].
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

_MOST_OF_A_NAME: Final = 200
_NOT_TAKEN: Final = re.compile(r"[^A-Za-z0-9_.:/=+\-@]")
_MOMENT: Final = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})"
)
_SAID: Final = re.compile(rf"({_MOMENT})(?: by ([A-Za-z0-9_.:/=+\-@]{{1,{_MOST_OF_A_NAME}}}))?")


@dataclass(frozen=True, slots=True)
class Said:
    """When something was said, in UTC, and by whom, where that was written down."""

    at: datetime
    by: str | None = None


def said(value: str) -> Said | None:
    """Return what the value of a tag says, or None where it is no moment with its offset."""
    found = _SAID.fullmatch(value)
    if found is None:
        return None
    try:
        return Said(datetime.fromisoformat(found[1]).astimezone(UTC), found[2])
    except (ValueError, OverflowError):
        return None


def written(one: Said) -> str:
    """Return the value of the tag, to the millisecond, as AWS tells times.

    What of the name no tag takes becomes `_`; of one that is too long, the end is kept.
    """
    at = one.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    by = _NOT_TAKEN.sub("_", one.by or "")[-_MOST_OF_A_NAME:]
    return f"{at} by {by}" if by else at


def speaker(arn: str) -> str:
    """Return who *arn*, as STS tells it, is in short: `user/anna`, `assumed-role/Ops/anna`."""
    return arn.split(":", 5)[-1]
