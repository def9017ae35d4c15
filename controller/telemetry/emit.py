"""What came of looks at targets and of reading the policies, to every sink there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from controller.core.outcome import Outcome
from controller.core.policy.load import PolicyLoad

Event: TypeAlias = Outcome | PolicyLoad
Sink: TypeAlias = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Emit:
    """Hands each event to all sinks, in order."""

    sinks: Sequence[Sink]

    def __call__(self, event: Event) -> None:
        """Hand *event* to every sink."""
        for sink in self.sinks:
            sink(event)
