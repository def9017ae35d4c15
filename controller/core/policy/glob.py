"""Globs: `*` for anything, `?` for one character, and every other character for itself."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase


def matches(pattern: str, text: str) -> bool:
    """Say whether the whole text fits the pattern, upper and lower case told apart."""
    return fnmatchcase(text, pattern.replace("[", "[[]"))


def matches_any(patterns: Iterable[str], text: str) -> bool:
    """Say whether the whole text fits one of the patterns."""
    return any(matches(pattern, text) for pattern in patterns)


def covers(wide: str, narrow: str) -> bool:
    """Say whether it is certain that all that fits `narrow` fits `wide`.

    A pattern that covers another fits it as a text, its wildcards taken for themselves; only `?`
    does not cover a `*`.
    """
    return matches(wide, narrow) and not ("?" in wide and "*" in narrow)
