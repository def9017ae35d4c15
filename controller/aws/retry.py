"""When a call is made again, and when no more.

This is the only place that retries: the SDK's own retries are off, for it would also repeat a
RegisterTaskDefinition whose answer was lost, and so make a second revision [fact 4.4].
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from tenacity import AsyncRetrying, RetryCallState
from tenacity.retry import retry_if_exception_type
from tenacity.wait import wait_exponential, wait_random

from controller.errors import RetryError
from controller.ports.clock import Clock

T = TypeVar("T")

ATTEMPTS: Final = 6
LAST_START: Final = 30.0
"""Seconds after which no new attempt begins."""

FIRST_WAIT: Final = 0.5
LONGEST_WAIT: Final = 8.0
JITTER: Final = 1.0


async def retried(call: Callable[[], Awaitable[T]], *, on: type[RetryError], clock: Clock) -> T:
    """Return what *call* returns, called again while it raises *on*; then raise the last error.

    Waits grow from half a second, with up to a second of jitter each.
    """
    began = clock.monotonic()

    def is_over(state: RetryCallState) -> bool:
        late = clock.monotonic() - began + state.upcoming_sleep > LAST_START
        return late or state.attempt_number >= ATTEMPTS

    policy = AsyncRetrying(
        retry=retry_if_exception_type(on),
        wait=wait_exponential(multiplier=FIRST_WAIT, max=LONGEST_WAIT) + wait_random(0, JITTER),
        stop=is_over,
        sleep=clock.sleep,
        reraise=True,
    )
    return await policy(call)
