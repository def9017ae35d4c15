"""Problems as compilers tell them: place, message, the line with a caret, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rich.cells import cell_len

from controller.core.policy.problem import Problem
from controller.report.structure import Structure
from controller.report.words import clean, counted

_WINDOW: Final = 68
_BEFORE: Final = 40


def render(problems: Sequence[Problem]) -> str:
    """Return *problems* one below the other, and how many there are."""
    files = len({problem.file for problem in problems})
    total = f"{counted(len(problems), 'problem')} in {counted(files, 'file')}."
    return "\n".join([*(_told(one) for one in problems), total, ""])


def _told(problem: Problem) -> str:
    place = f"{clean(problem.file)}:{problem.line}:{problem.column}"
    lines = [f"{place}: {problem.reason}: {clean(problem.message)}"]
    if problem.shown.strip():
        lines += _shown(problem)
    if problem.hint:
        lines.append(f"  {clean(problem.hint)}")
    return "\n".join([*lines, ""])


def _shown(problem: Problem) -> list[str]:
    """Return the line and below it a caret; of a long line, what stands around the caret."""
    at = problem.column - 1
    first = max(0, at - _BEFORE) if at > _WINDOW - 1 else 0
    window = clean(problem.shown[first : first + _WINDOW])
    margin = str(problem.line)
    lines = [f"  {margin} | {window}".rstrip()]
    if first <= at <= first + len(window):
        lines.append(f"  {' ' * len(margin)} | {' ' * cell_len(window[: at - first])}^")
    return lines


def structure(problems: Iterable[Problem]) -> list[Structure]:
    """Return problems as plain data, for JSON and YAML."""
    return [
        {
            "file": one.file,
            "line": one.line,
            "column": one.column,
            "reason": str(one.reason),
            "message": one.message,
            "hint": one.hint,
        }
        for one in problems
    ]
