"""What a simulated operation is given: the parsed call, the Region it lands in, the time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from controller.sandbox.behaviour import Behaviour
from controller.sandbox.state import Region
from controller.sandbox.wire import Json, invalid


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a simulated operation; ``now`` is in seconds since the epoch."""

    body: Json
    region: Region
    caller: str
    now: float
    behaviour: Behaviour

    def get(self, member: str, default: Any = None) -> Any:  # noqa: ANN401 - any JSON value
        """A member of the body, or the default."""
        return self.body.get(member, default)

    def need(self, member: str) -> Any:  # noqa: ANN401 - any JSON value
        """A member that AWS requires; the SDK refuses its absence before AWS could."""
        if member not in self.body:
            raise invalid(f"{member} is required.")
        return self.body[member]


Handler = Callable[[Call], Json]
Operations = Mapping[str, Handler]
