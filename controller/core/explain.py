"""Explain: what a name stands for, be it a rule, a reason, or a control that asks for rules."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from controller.core.frameworks import CONTROLS, Control
from controller.core.judge.rule import Rule
from controller.core.policy.suggest import nearest
from controller.core.reasons import MEANINGS
from controller.core.reasons.meaning import Meaning
from controller.core.rules import RULES

Named: TypeAlias = Rule[Any, Any] | Meaning | Control

_BY_NAME: Final[dict[str, Named]] = {
    **{one.id: one for one in RULES},
    **MEANINGS,
    **{one.id: one for one in CONTROLS},
}
_BY_FOLDED: Final = {name.casefold(): one for name, one in _BY_NAME.items()}


def find(name: str) -> Named | None:
    """Return what *name* stands for, written in whatever case; None where nothing is known."""
    return _BY_FOLDED.get(name.casefold())


def meant(name: str) -> str | None:
    """Return the name that was probably meant, or None when none looks like it."""
    return nearest(name, _BY_NAME)


def covered_by(control: Control) -> tuple[str, ...]:
    """Return the ids of the rules that ask what *control* asks; empty where none does yet."""
    return tuple(rule.id for rule in RULES if control.id in rule.explained.frameworks)
