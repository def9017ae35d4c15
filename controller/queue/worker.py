"""One worker: takes a key, lets it be handled, and does as the verdict says.

Start as many as keys shall be handled at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, TypeVar, assert_never

from controller.queue.order import Priority
from controller.queue.workqueue import QueueShutDown, WorkQueue

K = TypeVar("K", bound=Hashable)

IDLE: Final = 10.0
"""Seconds after which a worker that has nothing to do shows that it is alive."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Nothing is left to do until somebody asks for the key again."""


@dataclass(frozen=True, slots=True)
class Requeue:
    """All went well, and the key is to be looked at again after so many seconds."""

    after: float
    priority: Priority = Priority.RESYNC


@dataclass(frozen=True, slots=True)
class Retry:
    """It went wrong, as the handler has reported, and is to be tried again after a backoff."""


Verdict = Forget | Requeue | Retry


class HandlingTimedOut(TimeoutError):
    """A key took longer than a worker gives it."""


def longest_silence(*, limit: float) -> float:
    """Return the seconds that may lie between two heartbeats of a sound worker."""
    return limit + 2 * IDLE


async def work(
    queue: WorkQueue[K],
    handle: Callable[[K], Awaitable[Verdict]],
    *,
    limit: float,
    on_error: Callable[[K, BaseException], None],
    beat: Callable[[], None],
) -> None:
    """Handle one key after the other until *queue* is shut down.

    A key that raises, or that takes more than *limit* seconds, is told to *on_error* and tried
    again after a backoff: a bad key never holds up the others. *beat* is called before each key,
    and every IDLE seconds while there is none.
    """
    with suppress(QueueShutDown):
        while True:
            key = await _next_key(queue, beat)
            try:
                verdict = await _verdict(key, handle, limit=limit, on_error=on_error)
                _settle(key, verdict, queue)
            finally:
                queue.done(key)

            await asyncio.sleep(0)  # a handler that never waits must not starve everybody else


async def _next_key(queue: WorkQueue[K], beat: Callable[[], None]) -> K:
    while True:
        beat()
        with suppress(TimeoutError):
            async with asyncio.timeout(IDLE):
                return await queue.get()


async def _verdict(
    key: K,
    handle: Callable[[K], Awaitable[Verdict]],
    *,
    limit: float,
    on_error: Callable[[K, BaseException], None],
) -> Verdict:
    """Return what *handle* says of *key*, and Retry if it says nothing in time or raises."""
    timer = asyncio.timeout(limit)
    try:
        async with timer:
            return await handle(key)
    except TimeoutError as error:
        on_error(key, _out_of_time(error, limit) if timer.expired() else error)
    except asyncio.CancelledError as error:
        if _is_being_cancelled():
            raise

        # It leaked out of something that the handler awaited. Passed on, it would end this worker
        # without a word, for asyncio takes it for an orderly end.
        on_error(key, error)
    except Exception as error:  # noqa: BLE001  one bad key must not stop the others
        on_error(key, error)

    return Retry()


def _settle(key: K, verdict: Verdict, queue: WorkQueue[K]) -> None:
    match verdict:
        case Forget():
            queue.forget(key)
        case Requeue(after, priority):
            queue.forget(key)
            queue.add(key, priority=priority, after=after)
        case Retry():
            queue.retry(key)
        case _:
            assert_never(verdict)


def _out_of_time(error: TimeoutError, limit: float) -> HandlingTimedOut:
    late = HandlingTimedOut(f"not handled within {limit:g} s; it is tried again")
    late.__cause__ = error
    return late


def _is_being_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
