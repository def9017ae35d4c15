"""What names stand for, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from controller.core.explain import Named, covered_by
from controller.core.frameworks import Control
from controller.core.judge.rule import Rule
from controller.core.reasons.meaning import Meaning
from controller.report.markdown import reasons, rules
from controller.report.markdown.writing import heading, page


def render(named: Iterable[Named]) -> str:
    """Return all that is known of each of *named*, each below a heading."""
    return page(*(block for one in named for block in _blocks(one)))


def _blocks(one: Named) -> tuple[str, str]:
    match one:
        case Rule():
            return heading(2, one.id), rules.help_of(one)
        case Meaning():
            return heading(2, one.code), reasons.help_of(one)
        case Control():
            return heading(2, one.id), _control(one)
        case _:
            assert_never(one)


def _control(control: Control) -> str:
    covered = ", ".join(f"`{rule}`" for rule in covered_by(control)) or "none yet"
    return page(
        f"[{control.framework}]({control.url}): {control.asks}",
        f"Rules: {covered}.",
        control.differs,
    ).rstrip("\n")
