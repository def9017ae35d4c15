"""Several calls at once, but not too many."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")

AT_ONCE: Final = 8
"""How many calls one question may have under way: a bucket of AWS is shared [fact 5.1]."""


async def for_each(subjects: Iterable[T], call: Callable[[T], Awaitable[R]]) -> list[R]:
    """Return what *call* returns for each subject, in order; the first error ends them all."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one(subject: T) -> R:
        async with room:
            return await call(subject)

    calls = [asyncio.ensure_future(one(subject)) for subject in subjects]
    try:
        return await asyncio.gather(*calls)
    finally:
        for unfinished in calls:
            unfinished.cancel()
