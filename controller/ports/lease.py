"""The port to the lease: which of several processes may act at present."""

from __future__ import annotations

from typing import Protocol


class Lease(Protocol):
    """Says whether this process leads. It is asked anew before every move that begins something."""

    def is_ours(self) -> bool:
        """Tell whether this process holds the lease now."""
        ...
