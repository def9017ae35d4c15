"""How long to wait before trying a key again that has failed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_DOUBLINGS = 60  # more would overflow a float, and the cap has long been reached


@dataclass(frozen=True, slots=True)
class Backoff:
    """Exponential, with jitter over the whole range, so that what fails together scatters.

    `Backoff(first=1.0, cap=900.0)` waits 1 to 2 s after the first failure, 1 to 4 s after the
    second, and 1 s to 15 min after the tenth and any later one. Controllers of cloud APIs need
    seconds here, not Kubernetes' 5 ms.
    """

    first: float = 1.0
    cap: float = 900.0

    def ceiling(self, failures: int) -> float:
        """Return the longest wait in seconds after *failures* in a row, counted from 1."""
        return min(self.cap, self.first * 2.0 ** min(failures, _DOUBLINGS))

    def delay(self, failures: int, random: Callable[[], float]) -> float:
        """Return the wait in seconds after *failures* in a row; *random* is from [0, 1)."""
        return self.first + random() * (self.ceiling(failures) - self.first)
