"""Many who ask for one thing each, answered by one request.

Nobody gets the answer to a request that was made before they asked: who comes while a request is
under way waits for the next one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, Generic, TypeAlias, TypeVar

from controller.errors import DeniedError, TerminalError

K = TypeVar("K")
V = TypeVar("V")

WINDOW: Final = 0.01
"""Seconds for which the first to ask waits for others."""


class Batch(Generic[K, V]):
    """Gathers keys and hands them to *load*, at most *size* at once.

    *load* returns what it found, by key. An error of it goes to those who wait for that request,
    and to nobody else. Where several keys together are refused, each is asked for on its own, so
    that one that is forbidden spoils nothing for the others.
    """

    def __init__(
        self, load: Callable[[Sequence[K]], Awaitable[Mapping[K, V]]], *, size: int
    ) -> None:
        self._load = load
        self._size = size
        self._waiting: _Waiting[K, V] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._requests: set[asyncio.Task[None]] = set()

    async def get(self, key: K) -> V | None:
        """Return what *load* finds for *key*, or None if it finds nothing; raises what it does."""
        loop = asyncio.get_running_loop()
        found: asyncio.Future[V | None] = loop.create_future()
        if not self._waiting:
            self._timer = loop.call_later(WINDOW, self._request)
        self._waiting.setdefault(key, []).append(found)
        if len(self._waiting) >= self._size:
            self._request()
        return await found

    def _request(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        waiting, self._waiting = self._waiting, {}
        if all(found.done() for futures in waiting.values() for found in futures):
            return  # Whoever asked has given up meanwhile.
        request = asyncio.create_task(self._serve(waiting), name="batch")
        self._requests.add(request)
        request.add_done_callback(self._requests.discard)

    async def _serve(self, waiting: _Waiting[K, V]) -> None:
        try:
            found = await self._load(tuple(waiting))
        except (DeniedError, TerminalError) as error:
            if len(waiting) == 1:
                _fail(waiting, error)
            else:
                await asyncio.gather(*(self._serve({key: waiting[key]}) for key in waiting))
        except Exception as error:  # noqa: BLE001 - whatever went wrong, those who wait must hear it
            _fail(waiting, error)
        else:
            for key, futures in waiting.items():
                for future in futures:
                    if not future.done():
                        future.set_result(found.get(key))


_Waiting: TypeAlias = dict[K, list[asyncio.Future[V | None]]]


def _fail(waiting: _Waiting[K, V], error: Exception) -> None:
    for futures in waiting.values():
        for future in futures:
            if not future.done():
                future.set_exception(error)
