"""Who leads, where only one process looks after a fleet: this one, always."""

from __future__ import annotations


class OnlyProcess:
    """The lease of a process that shares its fleet with none: there is nobody to share it with."""

    def is_ours(self) -> bool:
        """Return True."""
        return True
