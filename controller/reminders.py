"""Reminders: what people should know of exceptions, told each day while the controller runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from controller.core.policy.exceptions_report import notices_on
from controller.core.policy.policy_set import PolicySet
from controller.core.reason import Reason
from controller.heartbeat import Beat
from controller.ports.clock import Clock

HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Reminders:
    """Tells of exceptions that are over or soon will be: once at the start, then once a day.

    What exempts nothing is told by `audit` alone, which has seen the whole fleet at one time.
    """

    policies: Callable[[], PolicySet]
    clock: Clock
    tell: Callable[[Reason], None]

    async def __call__(self, beat: Beat) -> None:
        """Remind until cancelled."""
        while True:
            for notice in notices_on(self.policies().exceptions, self.clock.now()):
                self.tell(notice)
            for _ in range(24):
                beat()
                await self.clock.sleep(HOUR.total_seconds())
