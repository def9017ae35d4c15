"""What a gate says of one service: whether it lets a roll through, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass

from controller.core.move import Look, Wait


@dataclass(frozen=True, slots=True)
class Answer:
    """What one gate says: a Wait where it holds, None where it lets through.

    A Look where it must know more first, or where it was not asked at all. `must` says what it sees
    to.
    """

    gate: str
    must: str
    said: Wait | Look | None

    @property
    def holds(self) -> Wait | None:
        """Why it holds the service, and until when; None where it does not."""
        return self.said if isinstance(self.said, Wait) else None
