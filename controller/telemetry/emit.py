"""Outcomes, and what went wrong, to every sink there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from controller.core.outcome import Outcome

Sink = Callable[[Outcome], None]


@dataclass(frozen=True, slots=True)
class Emit:
    """Hands each Outcome to all sinks, in order."""

    sinks: Sequence[Sink]

    def __call__(self, outcome: Outcome) -> None:
        """Hand *outcome* to every sink."""
        for sink in self.sinks:
            sink(outcome)
