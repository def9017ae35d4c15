"""Paths into a document, which address the members of a list by a key, never by position.

    CONTAINERS / named("web") / "logConfiguration" / "options" / "awslogs-group"

prints as `containerDefinitions[name=web].logConfiguration.options.awslogs-group`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from controller.core.document.json import MISSING, Document, Json, Missing, is_list
from controller.core.document.unresolved import Unresolved

_PLAIN = re.compile(r"[A-Za-z0-9@_\-]+")


@dataclass(frozen=True, slots=True)
class Keyed:
    """The member of a list whose member `key` equals `value`."""

    key: str
    value: str

    def __str__(self) -> str:
        return f"[{self.key}={self.value}]"


Step: TypeAlias = str | Keyed


@dataclass(frozen=True, slots=True)
class Path:
    """The way from the root of a document to one of its positions."""

    steps: tuple[Step, ...] = ()

    def __truediv__(self, step: Step) -> Path:
        return Path((*self.steps, step))

    @property
    def parent(self) -> Path:
        """The path without its last step; the root is its own parent."""
        return Path(self.steps[:-1])

    def starts_with(self, other: Path) -> bool:
        """Tell whether *other* is this path or an ancestor of it."""
        return self.steps[: len(other.steps)] == other.steps

    def __str__(self) -> str:
        shown = ""
        for step in self.steps:
            if isinstance(step, Keyed):
                shown += str(step)
            elif _PLAIN.fullmatch(step):
                shown += f".{step}" if shown else step
            else:
                shown += f'["{step}"]'
        return shown


ROOT = Path()


def named(name: str) -> Keyed:
    """Return the step to the list member whose `name` is *name*."""
    return Keyed("name", name)


def index_of(values: Sequence[Json], step: Keyed) -> int | None:
    """Return the position of the first member of *values* that *step* addresses, or None."""
    for index, value in enumerate(values):
        if isinstance(value, Mapping) and value.get(step.key) == step.value:
            return index
    return None


def read(document: Document, path: Path) -> Json | Missing:
    """Return what stands at *path*, or MISSING.

    An `Unresolved` on the way is the answer for all that lies beneath it.
    """
    here: Json | Missing = document
    for step in path.steps:
        if isinstance(here, Unresolved):
            return here
        here = _child(here, step)
        if isinstance(here, Missing):
            return here
    return here


def obstacle(document: Document, path: Path) -> Path | None:
    """Return how far *path* leads before a value that cannot hold its next step, or None.

    Nothing, null and `Unresolved` are no obstacles: what is not there can be made.
    """
    way = ROOT
    for step in path.steps:
        here = read(document, way)
        if isinstance(here, Missing | Unresolved) or here is None:
            return None
        if not (is_list(here) if isinstance(step, Keyed) else isinstance(here, Mapping)):
            return way
        way = way / step
    return None


def _child(value: Json | Missing, step: Step) -> Json | Missing:
    if isinstance(step, str):
        return value.get(step, MISSING) if isinstance(value, Mapping) else MISSING
    if not is_list(value):
        return MISSING
    index = index_of(value, step)
    return MISSING if index is None else value[index]
