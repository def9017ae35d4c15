"""The kill switch is read once for all who ask within seconds, and never older than it may be."""

from __future__ import annotations

import asyncio

from controller.core.state.kill_switch import LATEST, Parameter, Place
from controller.errors import DeniedError, RetryError
from controller.observe.kill_switch import KEPT, KillSwitch, observe_kill_switch
from tests.virtual_time import VirtualClock, in_virtual_time

PLACE = Parameter("/logging/stop")


class Written:
    """A switch that says what was written, or fails; it counts how often it was read."""

    def __init__(self, says: str | Exception | None) -> None:
        self.says = says
        self.read = 0
        self.seconds = 0.0

    async def said(self, place: Place) -> str | None:
        self.read += 1
        await asyncio.sleep(self.seconds)
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


def reason(seen: object) -> str | None:
    stops = getattr(seen, "stops", None)
    return None if stops is None else str(stops.message)


@in_virtual_time
async def test_it_is_read_once_for_all_who_ask_at_once() -> None:
    written = Written("off")
    switch = KillSwitch(PLACE, written, VirtualClock())

    seen = await asyncio.gather(*(switch.seen() for _ in range(50)))

    assert written.read == 1
    assert {one.stops for one in seen} == {None}


@in_virtual_time
async def test_it_is_read_again_before_a_reading_is_too_old_to_be_acted_upon() -> None:
    written, clock = Written("off"), VirtualClock()
    switch = KillSwitch(PLACE, written, clock)
    await switch.seen()
    written.says = "on"

    await asyncio.sleep(KEPT - 0.1)
    early = await switch.seen()
    await asyncio.sleep(0.1)
    late = await switch.seen()

    assert early.stops is None
    assert early.is_fresh(clock.now())
    assert late.stops is not None
    assert LATEST.total_seconds() > KEPT


@in_virtual_time
async def test_a_reading_tells_how_old_it_is() -> None:
    clock = VirtualClock()
    switch = KillSwitch(PLACE, Written("off"), clock)
    first = await switch.seen()
    await asyncio.sleep(3)

    again = await switch.seen()

    assert again.at == first.at
    assert (clock.now() - again.at).total_seconds() == 3


@in_virtual_time
async def test_a_switch_that_takes_long_to_read_is_still_fresh_then() -> None:
    written, clock = Written("off"), VirtualClock()
    written.seconds = 30

    seen = await KillSwitch(PLACE, written, clock).seen()

    assert seen.is_fresh(clock.now())


@in_virtual_time
async def test_what_cannot_be_read_stops_and_is_asked_again() -> None:
    written = Written(DeniedError("GetParameter", "AccessDenied", "no"))
    switch = KillSwitch(PLACE, written, VirtualClock())

    assert "could not be read: GetParameter: AccessDenied: no" in str(reason(await switch.seen()))
    written.says = RetryError("GetParameter", "InternalError", "later")
    await asyncio.sleep(KEPT)
    assert "InternalError" in str(reason(await switch.seen()))
    written.says = "off"
    await asyncio.sleep(KEPT)
    assert reason(await switch.seen()) is None


@in_virtual_time
async def test_a_switch_that_is_not_there_stops() -> None:
    seen = await KillSwitch(PLACE, Written(None), VirtualClock()).seen()

    assert "there is no kill switch at ssm:/logging/stop" in str(reason(seen))


@in_virtual_time
async def test_without_a_switch_nothing_stops() -> None:
    clock = VirtualClock()
    seen = await observe_kill_switch(None, clock)

    assert seen.stops is None
    assert seen.is_fresh(clock.now())
