"""Severity: how much a finding matters, in an order that can be compared."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: Low < Medium < High < Critical.

    A plain string may stand on the other side of a comparison; one that names no severity raises
    ValueError, because strings would otherwise compare by alphabet ("Critical" < "Low").
    """

    LOW = "Low"
    MEDIUM = "Medium"
    HIGH = "High"
    CRITICAL = "Critical"

    @property
    def rank(self) -> int:
        """Return the place in the order: 0 for Low, 3 for Critical."""
        return tuple(Severity).index(self)

    def __lt__(self, other: str) -> bool:
        return self.rank < Severity(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= Severity(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > Severity(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= Severity(other).rank
