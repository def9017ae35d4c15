"""Problems of files as a table of Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from controller.core.policy.problem import Problem
from controller.report.markdown.writing import code, table, text


def problems_table(problems: Sequence[Problem]) -> str:
    """Return the table of *problems*; nothing for none."""
    return table(("Place", "Reason", "What", "Hint"), map(_row, problems))


def _row(one: Problem) -> tuple[str, ...]:
    place = f"{one.file}:{one.line}:{one.column}"
    return code(place), text(str(one.reason)), text(one.message), text(one.hint or "")
