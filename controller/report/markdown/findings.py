"""Findings as cells of Markdown."""

from __future__ import annotations

from controller.core.judge.finding import Finding
from controller.report.markdown.writing import text


def what(one: Finding) -> str:
    """Return what was found, and what holds its edit back."""
    if one.blocked is None:
        return text(one.message)
    by = f" by {one.exempt_by}" if one.exempt_by else ""
    return f"{text(one.message)} ({text(f'{one.blocked}{by}')})"
