"""What a reason means: the words behind a code, for whoever meets it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """One reason. All but the code is Markdown that links as a page in docs/ does.

    `looks_like` is what is read beside the code; `do` what a person can do; `by_itself` whether,
    and when, it passes without that: when it is looked at again.
    """

    code: str
    means: str
    looks_like: str
    do: str
    by_itself: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """Reasons of one sort, in alphabetical order; `intro` is what holds for all of them."""

    title: str
    intro: str
    meanings: tuple[Meaning, ...]
