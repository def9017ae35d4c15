"""The library: policies that are shipped with the program, to begin with."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

_ENDING: Final = ".yaml"
_TEST: Final = f".test{_ENDING}"


def names() -> tuple[str, ...]:
    """Return what the policies are called, in order."""
    inside = (one.name for one in _folder().iterdir())
    policies = (one for one in inside if one.endswith(_ENDING) and not one.endswith(_TEST))
    return tuple(sorted(one.removesuffix(_ENDING) for one in policies))


def text(name: str) -> str:
    """Return the text of the policy of this name, which is one of `names`."""
    return (_folder() / f"{name}{_ENDING}").read_text(encoding="utf-8")


def about(name: str) -> str:
    """Return in a sentence what the policy of this name is for: the first of its comments."""
    lines: list[str] = []
    for line in text(name).splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# "))
    first, end, _ = " ".join(lines).partition(". ")
    return first + end.rstrip()


def _folder() -> Traversable:
    return files("controller") / "policies"
