"""Values that must never leak, each one unique and recognisable."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field


@dataclass(slots=True)
class Canaries:
    """Hands out ``CANARY-<hex>`` values, the same ones for the same seed, and remembers them."""

    seed: int
    issued: list[str] = field(default_factory=list)

    def next(self) -> str:
        """A value that nobody else has."""
        digest = hashlib.sha256(f"{self.seed}:{len(self.issued)}".encode()).hexdigest()
        self.issued.append(f"CANARY-{digest[:20]}")
        return self.issued[-1]
