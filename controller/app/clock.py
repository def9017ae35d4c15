"""The clock on the wall, put right by what AWS's clocks show."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Final

_EXACT: Final = timedelta(seconds=15)
"""An answer shows whole seconds, and is on its way for some: what is closer is no difference."""
_MOST: Final = timedelta(minutes=15)
"""No service of AWS heeds requests of a clock that is further off: it was not AWS who answered."""


class SystemClock:
    """The time of AWS, by this machine's clock; its monotonic reading is that of asyncio's loops.

    What AWS dates, such as the progress of a roll, is compared with it: a machine whose clock runs
    ahead would see deadlines pass too early.
    """

    def __init__(self) -> None:
        self._behind = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._behind

    def heard(self, date: datetime) -> None:
        self._behind = correction(date - datetime.now(UTC))

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def correction(behind: timedelta) -> timedelta:
    """Return by how much to correct a clock that seems to be *behind* AWS's by so much."""
    return behind if _EXACT < abs(behind) <= _MOST else timedelta()
