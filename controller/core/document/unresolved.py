"""A part of a document that cannot be known here, such as an intrinsic of CloudFormation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NoReturn


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a source file: one-based line and column."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, eq=False)
class Unresolved:
    """Stands where a value is not known. Equals nothing, has no truth value, is not JSON.

    Whoever compares it gets False, whoever branches on it gets a TypeError: an unknown value can
    be taken neither for compliant nor for drift by accident.
    """

    because: str
    span: Span | None = None

    def __bool__(self) -> NoReturn:
        msg = f"an unresolved value has no truth: {self.because}"
        raise TypeError(msg)

    def __eq__(self, other: object) -> bool:
        return False

    def __ne__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]  # an unhashable value cannot become a dict key


@dataclass(frozen=True, slots=True, eq=False)
class Withheld(Unresolved):
    """The type of `WITHHELD`: a value that is known where it was read, and not shown here.

    To a rule it is unresolved like any other. But a document that holds it still has a digest and
    a size, and is the same as itself: whoever compares two withheld values learns nothing.
    """

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Withheld)

    def __ne__(self, other: object) -> bool:
        return not isinstance(other, Withheld)

    __hash__ = None  # an unhashable value cannot become a dict key


WITHHELD: Final = Withheld("its value is not in the saved inventory")
