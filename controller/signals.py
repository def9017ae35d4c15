"""SIGTERM and SIGINT: the first asks the process to stop, the second ends it at once."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


def end_at_once() -> None:
    """End the process with exit code 1, cleaning up nothing: somebody has asked twice."""
    os.write(2, b"asked to stop a second time: ended at once, without finishing\n")
    os._exit(1)


@contextmanager
def stop_on_signals(*, end: Callable[[], None] = end_at_once) -> Iterator[asyncio.Event]:
    """Yield an event that the first signal sets; a second calls *end*. For the main thread only.

    *end* is called from the signal handler itself, not by the event loop, so that it works even
    when the loop hangs. Whatever handled the signals before does so again afterwards.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    asked = False

    def receive(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            end()

        asked = True
        loop.call_soon_threadsafe(stop.set)  # unlike a plain call, it wakes a loop that sleeps

    before = {number: signal.signal(number, receive) for number in SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
