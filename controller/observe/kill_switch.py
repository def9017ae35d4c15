"""Looking at the kill switch, once for all services that ask within some seconds."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

from controller.core.reason import Reason
from controller.core.state.kill_switch import Place, Seen, stopped_by, unreadable
from controller.errors import AwsError
from controller.ports.clock import Clock
from controller.ports.kill_switch import KillSwitchReader

KEPT: Final = 5.0
"""Seconds for which a reading serves all who ask: half of those for which it may be acted upon."""


class KillSwitch:
    """The switch at a place, and what it said last; a failed reading is kept as any other."""

    def __init__(self, place: Place, reader: KillSwitchReader, clock: Clock) -> None:
        self._place, self._reader, self._clock = place, reader, clock
        self._reading = asyncio.Lock()
        self._read_at: float | None = None
        self._stops: Reason | None = None

    async def seen(self) -> Seen:
        """Return the switch as it was read at most `KEPT` seconds ago; it raises nothing of AWS."""
        async with self._reading:
            if self._read_at is None or self._clock.monotonic() - self._read_at >= KEPT:
                self._stops = await self._read()
                self._read_at = self._clock.monotonic()
            age = timedelta(seconds=self._clock.monotonic() - self._read_at)
        return Seen(self._clock.now() - age, self._stops)

    async def _read(self) -> Reason | None:
        try:
            return stopped_by(self._place, await self._reader.said(self._place))
        except AwsError as error:
            return unreadable(self._place, str(error))


async def observe_kill_switch(switch: KillSwitch | None, clock: Clock) -> Seen:
    """Return the switch as it was read a moment ago; without one, nothing stops."""
    return Seen(clock.now()) if switch is None else await switch.seen()
