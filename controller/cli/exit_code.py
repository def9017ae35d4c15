"""Exit codes: what a script learns of how it went."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What each exit code means."""

    CLEAN = 0
    ERROR = 1
    USAGE = 2
    VIOLATIONS = 3
    INCOMPLETE = 4

    @classmethod
    def of(cls, *, error: bool = False, violations: bool, incomplete: bool) -> ExitCode:
        """Return the one that tells most: an error, then violations, then what is missing."""
        if error:
            return cls.ERROR
        if violations:
            return cls.VIOLATIONS
        return cls.INCOMPLETE if incomplete else cls.CLEAN
