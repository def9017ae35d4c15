"""What gates say, as plain data: the one shape in which JSON and YAML show it."""

from __future__ import annotations

from typing import TypeAlias

from controller.core.gate import Answer
from controller.core.move import Look
from controller.core.reason import Reason

Structure: TypeAlias = dict[str, object]


def gate(one: Answer) -> Structure:
    """Return what is written of one gate: whether it holds, why, until when, or what it lacks."""
    holds = one.holds
    said = "NotAsked" if isinstance(one.said, Look) else "Passed"
    return {
        "gate": one.gate,
        "mustHold": one.must,
        "answer": "Holds" if holds else said,
        "held": None if holds is None else reason(holds.reason),
        "until": None if holds is None or holds.until is None else holds.until.isoformat(),
        "lacks": one.said.part if isinstance(one.said, Look) else None,
    }


def reason(one: Reason) -> Structure:
    """Return what is written of a reason."""
    return {"reason": one.code, "message": one.message, "remedy": one.remedy}
