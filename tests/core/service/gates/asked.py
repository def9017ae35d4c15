"""What a gate answers, in one word: the code of its refusal, the part it must see, or None."""

from __future__ import annotations

from controller.core.move import Look, Wait
from controller.core.service.gates import Gate
from tests.core.service.scene import Scene


def asked(gate: Gate, scene: Scene) -> str | None:
    """Return the code of the refusal, `look at PART`, or None where the gate lets through."""
    match gate(scene.candidate):
        case Wait(reason=reason):
            assert reason.message
            return reason.code
        case Look(part=part):
            return f"look at {part}"
        case None:
            return None


def waits_until(gate: Gate, scene: Scene) -> object:
    """Return when a refusal is to be looked at again; None where only a change ends it."""
    said = gate(scene.candidate)
    assert isinstance(said, Wait)
    return said.until
