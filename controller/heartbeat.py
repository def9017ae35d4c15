"""Which tasks have shown lately that they are alive: what liveness means here.

A process whose loops hang answers its health check just as well as one that works. So every eternal
task ticks, and silence beyond what it was allowed is what the check reports.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from controller.ports.clock import Clock

Beat = Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Pulse:
    """When a task last ticked (monotonic), and for how many seconds it may be silent."""

    at: float
    within: float


class Heartbeats:
    """The last tick of every task that is watched."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pulses: dict[str, _Pulse] = {}

    def watch(self, name: str, *, within: float) -> Beat:
        """Expect a tick of *name* every *within* seconds from now on; return what ticks.

        Raises ValueError if *name* is watched already.
        """
        if name in self._pulses:
            raise ValueError(f"two eternal tasks are named {name!r}; give each its own name")

        def beat() -> None:
            if name in self._pulses:
                self._pulses[name] = _Pulse(self._clock.monotonic(), within)

        self._pulses[name] = _Pulse(self._clock.monotonic(), within)
        return beat

    def release(self, name: str) -> None:
        """Expect nothing of *name* any more."""
        del self._pulses[name]

    def stale(self) -> tuple[str, ...]:
        """Return the names of those that have been silent for too long, sorted."""
        now = self._clock.monotonic()
        return tuple(
            name for name, pulse in sorted(self._pulses.items()) if now - pulse.at > pulse.within
        )

    def complaint(self) -> str | None:
        """Return what is wrong, in words for a probe, or None if all of them tick."""
        now = self._clock.monotonic()
        silent = [
            f"{name} for {now - self._pulses[name].at:.0f} s"
            f" (allowed: {self._pulses[name].within:g} s)"
            for name in self.stale()
        ]
        return f"silent: {', '.join(silent)}" if silent else None
