"""Mode: how far the controller may go."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """How far the controller may go, from nothing to writing."""

    DISABLED = "Disabled"
    AUDIT = "Audit"
    ENFORCE = "Enforce"


def weakest(first: Mode, /, *others: Mode) -> Mode:
    """Return the mode that holds where several have a say: Disabled < Audit < Enforce."""
    return min((first, *others), key=tuple(Mode).index)
