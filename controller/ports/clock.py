"""The clock: what time it is, and how to wait."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Two readings of time, for two uses, and one way to let it pass."""

    def now(self) -> datetime:
        """Return the time of day, aware and in UTC: for what people and AWS read. It may jump."""
        ...

    def monotonic(self) -> float:
        """Return seconds since some fixed moment: for ages and deadlines. It never goes back.

        It is the time of the event loop, so that deadlines and the loop's timers agree.
        """
        ...

    def heard(self, date: datetime) -> None:
        """Take note that AWS's clock showed *date*, to the second, a moment ago."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return after *seconds* have passed."""
        ...
