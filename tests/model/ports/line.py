"""The line between one process and AWS: calls take time, may fail, and may be the last ones."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Final, Literal, TypeVar

from controller.errors import DeniedError, LostError, RetryError, ThrottledError

T = TypeVar("T")

SEND_ONCE: Final = frozenset({"RegisterTaskDefinition", "UpdateService"})
"""Whose answer, once lost, leaves the caller without knowing; others are made again by `aws/`."""

LONGEST: Final = 0.4
"""Seconds that a call may take on each of its two ways."""


@dataclass(slots=True)
class Weather:
    """What goes wrong between everybody and AWS at present.

    `throttled` and `lost` are shares of the calls: of those refused as too many [fact 5.4], and of
    those that AWS carries out and whose answer does not arrive [fact 4.4]. `denied` are the
    operations that nobody is allowed any more.
    """

    throttled: float = 0.0
    lost: float = 0.0
    denied: frozenset[str] = frozenset()

    def becomes(self, throttled: float, lost: float, denied: Collection[str]) -> None:
        """Let other things go wrong."""
        self.throttled, self.lost, self.denied = throttled, lost, frozenset(denied)

    def clears(self) -> None:
        """Let nothing go wrong any more."""
        self.becomes(0.0, 0.0, ())


@dataclass(slots=True)
class Death:
    """When the process is to die: before or after its call of this number has taken effect."""

    number: int
    when: Literal["before", "after"]
    came: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Line:
    """What one process calls AWS through. A dead process makes no call, and is never answered.

    `seed` decides how long each call takes, and which of them the weather hits. *slow* False: a
    call takes no time.
    """

    weather: Weather
    seed: int = 0
    slow: bool = True
    death: Death | None = None
    calls: list[str] = field(default_factory=list)
    _random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    async def call(self, operation: str, where: str, effect: Callable[[], T]) -> T:
        """Make a call whose effect, in one moment, is *effect*; raises an AwsError."""
        await self._passes()
        fatal = await self._counts(operation)
        self._refuses(operation, where)
        answer = effect()
        if fatal:
            await self._dies()
        lost = self._random.random() < self.weather.lost
        await self._passes()
        if lost:
            kind = LostError if operation in SEND_ONCE else RetryError
            raise kind(operation, "ConnectionClosedError", "the answer was lost", where=where)
        return answer

    async def _passes(self) -> None:
        await asyncio.sleep(self._random.uniform(0.0, LONGEST) if self.slow else 0.0)

    async def _counts(self, operation: str) -> bool:
        """Count the call; tell whether the process dies of it once it has taken effect."""
        death = self.death
        self.calls.append(operation)
        if death is None:
            return False
        if death.came.is_set() or (death.number, death.when) == (len(self.calls), "before"):
            await self._dies()
        return (death.number, death.when) == (len(self.calls), "after")

    async def _dies(self) -> None:
        if self.death is not None:
            self.death.came.set()
        await asyncio.Future()

    def _refuses(self, operation: str, where: str) -> None:
        if operation in self.weather.denied:
            message = "no identity-based policy allows the action"
            raise DeniedError(operation, "AccessDeniedException", message, where=where)
        if self._random.random() < self.weather.throttled:
            raise ThrottledError(operation, "ThrottlingException", "Rate exceeded", where=where)
