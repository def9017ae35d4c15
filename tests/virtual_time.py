"""Virtual time: when nothing can happen but the passing of time, time passes at once.

    @in_virtual_time
    async def test_a_day_passes() -> None:
        clock = VirtualClock()
        await clock.sleep(86_400)

        assert clock.monotonic() == 86_400

Everything that waits by means of asyncio goes by it: sleeps, timeouts, timers. Waiting for what can
never happen fails at once. Threads and sockets are not of this world; test them in real time.
"""

from __future__ import annotations

import asyncio
import functools
import math
import selectors
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, ParamSpec

P = ParamSpec("P")

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


class WaitsForeverError(Exception):
    """Everything waits, and for nothing that could still happen."""


class _LeapingSelector(selectors.DefaultSelector):
    """Instead of waiting for its timeout, it moves the time forward by it."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready:
            return ready

        if timeout is None:
            raise WaitsForeverError("all tasks wait, and no timer is set that could wake one")

        self.now += timeout
        return []


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """An event loop whose time starts at 0 and leaps from timer to timer."""

    def __init__(self) -> None:
        self._leaping = _LeapingSelector()
        super().__init__(self._leaping)

    def time(self) -> float:
        now = self._leaping.now
        # asyncio calls a timer if it is due before now + resolution. Its own resolution is lost in
        # the sum when a test leaps by years, and so would be every timer.
        self._clock_resolution = math.ulp(now)
        return now


class VirtualClock:
    """The port `Clock`, by the time of the running loop."""

    def now(self) -> datetime:
        return EPOCH + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    def heard(self, date: datetime) -> None:
        """Stay: it is right."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def virtual_time() -> asyncio.Runner:
    """Return a runner in whose loop time is virtual, for tests that enter it more than once."""
    return asyncio.Runner(loop_factory=VirtualTimeLoop)


def in_virtual_time(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Make an ordinary test out of an asynchronous one, run in a fresh loop of virtual time."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        with virtual_time() as runner:
            runner.run(test(*args, **kwargs))

    return run
