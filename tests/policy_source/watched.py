"""Policies that are watched in virtual time, and what was told of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from structlog import wrap_logger
from structlog.testing import LogCapture

from controller.app.logging import with_digest
from controller.app.policies import parsed, read
from controller.core.policy.parse import Parsed
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.problem import Source
from controller.policy_source import InForce, PolicySource, Reading, Written
from controller.telemetry.log import LogSink
from tests.core.policy.written import SMALLEST
from tests.virtual_time import VirtualClock

PERIOD: Final = 5.0
TAKEN_OVER: Final = 2 * PERIOD + 1
"""Seconds after which what has been written is in force: it is read twice the same."""


def named(name: str) -> str:
    """Return the text of the smallest policy by this name, for the cluster of this name."""
    return SMALLEST.replace("small", name).replace('"*"', name)


def set_of(*texts: str) -> PolicySet:
    """Return the set that these texts state."""
    result = parsed(tuple(Source("given", text) for text in texts))
    assert result.policies is not None, result.problems
    return result.policies


@dataclass(slots=True)
class Memory:
    """Policies that are written only here; `looked_into` is every reading that was parsed."""

    texts: dict[str, str]
    looked_into: list[Reading] = field(default_factory=list)

    async def read(self) -> Reading:
        """Return the texts as they are now."""
        return tuple(Source(name, text) for name, text in self.texts.items())

    async def parse(self, reading: Reading) -> Parsed:
        """Parse as the program does."""
        self.looked_into.append(reading)
        return parsed(reading)


@dataclass(frozen=True, slots=True)
class Folder:
    """Policies in a folder that exists, read without a thread: threads know no virtual time."""

    path: Path

    async def read(self) -> Reading:
        """Return what is in the folder."""
        return read([self.path])

    async def parse(self, reading: Reading) -> Parsed:
        """Parse as the program does."""
        return parsed(reading)


@dataclass(frozen=True, slots=True)
class Watched:
    """A source that is being watched, the lines of its log, and the sets that came in force.

    `beats` are the moments at which it showed that it is alive.
    """

    source: PolicySource
    log: Sequence[Mapping[str, Any]]
    switches: Sequence[PolicySet]
    beats: Sequence[float]

    @property
    def names(self) -> list[str]:
        """The names of the policies in force."""
        return [one.name for one in self.source.in_force().policies]

    def told(self, level: str) -> list[str]:
        """Return the events that were logged at a level, in their order."""
        return [one["event"] for one in self.log if one["log_level"] == level]


@asynccontextmanager
async def watching(written: Written, policies: PolicySet) -> AsyncIterator[Watched]:
    """Watch what is written while *policies* are in force, for as long as the block runs."""
    in_force, log, switches = InForce(policies), LogCapture(), list[PolicySet]()
    clock, beats = VirtualClock(), list[float]()
    source = PolicySource(
        written,
        in_force,
        clock,
        period=timedelta(seconds=PERIOD),
        emit=LogSink(wrap_logger(None, [with_digest(in_force), log])),
        on_switch=lambda: switches.append(in_force()),
    )
    task = asyncio.create_task(source(lambda: beats.append(clock.monotonic())))
    try:
        yield Watched(source, log.entries, switches, beats)
    finally:
        assert not task.done(), "it watches for ever"
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
