"""The search for what must never leave: the canaries of the seeded fleets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

# In two parts, so that the pattern does not find itself in a file that is searched.
CANARY = re.compile("CANARY" + "-[0-9a-f]{6,}")


def leaks_in(text: str | bytes) -> tuple[str, ...]:
    """Return the canaries in *text*, each once."""
    shown = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return tuple(dict.fromkeys(CANARY.findall(shown)))


def leaks_under(folder: Path) -> dict[Path, tuple[str, ...]]:
    """Return the files under *folder* that hold canaries, and which."""
    files = (one for one in folder.rglob("*") if one.is_file())
    return {one: found for one in files if (found := leaks_in(one.read_bytes()))}


def leaks_in_sections(sections: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the captured sections of a test (output, log) that hold canaries, and which."""
    return {name: found for name, text in sections if (found := leaks_in(text))}
