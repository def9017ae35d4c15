"""What a rule asks of a document. Rules state demands; they never compare and never edit.

Every demand carries the sentence that a person reads when it is not met. A sentence may name
drivers and option names; it never quotes an option's value, which may be a secret.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from controller.core.document.json import MISSING, Json, Missing
from controller.core.document.path import Path


@dataclass(frozen=True, slots=True)
class Want:
    """`value` must stand at `path`. `absent` is what the absence of the member means to AWS."""

    path: Path
    value: Json
    message: str
    absent: Json | Missing = MISSING


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of `values` must stand at `path`; the first is put where none does."""

    path: Path
    values: tuple[Json, ...]
    message: str
    absent: Json | Missing = MISSING


@dataclass(frozen=True, slots=True)
class AtLeast:
    """What stands at `path` must measure no less than `value` does.

    `measure` returns the amount of a value, or None for one that has no amount; such a value
    does not meet the demand.
    """

    path: Path
    value: Json
    measure: Callable[[Json], float | None]
    message: str
    absent: Json | Missing = MISSING


@dataclass(frozen=True, slots=True)
class Absent:
    """Nothing may stand at `path`."""

    path: Path
    message: str


@dataclass(frozen=True, slots=True)
class Insert:
    """The list at `path` must hold `value`."""

    path: Path
    value: Json
    message: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """The document is wrong at `path`, and no edit of ours may mend it."""

    path: Path
    reason: str
    message: str


Simple: TypeAlias = Want | OneOf | AtLeast | Absent | Insert


@dataclass(frozen=True, slots=True)
class Together:
    """Demands that are met together: where one is not, the values of all are put, or none."""

    demands: tuple[Simple, ...]
    message: str


Demand: TypeAlias = Simple | Together | Refuse
