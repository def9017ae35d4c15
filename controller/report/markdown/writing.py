"""The elements of a page of Markdown, each safe against whatever text stands in it.

Elements are Markdown already: `text` and `code` make them of text from outside, the others put
them together.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import Final

from controller.report.words import clean

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>&|~$])")
_LINK: Final = re.compile(r"\[([^\]]+)\]\((?!https:)[^)]+\)")
_NOT_IN_SPAN: Final = re.compile(r"[`|\\]")


def text(words: str) -> str:
    """Return *words* so that they read as they are, on one line."""
    return _SPECIAL.sub(r"\\\1", clean(words)).strip()


def code(words: str) -> str:
    """Return *words* as code, on one line; nothing for none."""
    words = clean(words).strip()
    if not words:
        return ""
    # No number of backticks helps against a bar in a table: it parts cells even inside of code.
    return f"<code>{text(words)}</code>" if _NOT_IN_SPAN.search(words) else f"`{words}`"


def fenced(lines: str, language: str) -> str:
    """Return lines as a block of code."""
    longest = max((len(run) for run in re.findall("`+", lines)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{lines}\n{fence}"


def strong(element: str) -> str:
    """Return an element in bold; nothing for none."""
    return f"**{element}**" if element else ""


def heading(level: int, element: str) -> str:
    """Return a heading; the level counts from 1."""
    return f"{'#' * level} {element}"


def listing(elements: Iterable[str]) -> str:
    """Return elements as a list."""
    return "\n".join(f"- {one}" for one in elements)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of elements; nothing for no rows. Each row has one cell for each heading."""
    several = [*rows]
    if not several:
        return ""
    lines = [headings, ["---"] * len(headings), *several]
    return "\n".join(_row(line, len(headings)) for line in lines)


def _row(cells: Sequence[str], wanted: int) -> str:
    if len(cells) != wanted:
        raise ValueError(f"a row of {wanted} cells is wanted, not of {len(cells)}")
    return f"| {' | '.join(' '.join(cell.split()) for cell in cells)} |"


def details(summary: str, *blocks: str) -> str:
    """Return blocks that a reader unfolds by their *summary*, a plain text; nothing for none."""
    inner = page(*blocks).rstrip("\n")
    if not inner:
        return ""
    return f"<details>\n<summary>{html.escape(clean(summary))}</summary>\n\n{inner}\n</details>"


def page(*blocks: str) -> str:
    """Return blocks one below the other, those that are empty left out."""
    return "\n\n".join(filter(None, (block.strip("\n") for block in blocks))) + "\n" * any(blocks)


def without_links(markdown: str) -> str:
    """Return Markdown of which links within docs/ have become what they are called."""
    return _LINK.sub(r"\1", markdown)
