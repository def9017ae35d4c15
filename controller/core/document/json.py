"""The types of a document: JSON as received, read-only, with `Unresolved` allowed at any position.

A document is never parsed into a model and back: the SDK drops members that its model does not
know, and a revision built from parsed members can delete a user's settings [fact 4.6].
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias, TypeGuard

from controller.core.document.unresolved import Unresolved

Json: TypeAlias = (
    "Mapping[str, Json] | Sequence[Json] | str | int | float | bool | Unresolved | None"
)
Document: TypeAlias = Mapping[str, Json]


class Missing:
    """The type of `MISSING`: no such member. It is distinct from JSON's null, which is a value."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing()


def members(value: Json | Missing) -> Document:
    """Return *value* if it is a JSON object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def is_list(value: Json | Missing) -> TypeGuard[Sequence[Json]]:
    """Tell whether *value* is a JSON array."""
    return isinstance(value, Sequence) and not isinstance(value, str)


def items(value: Json | Missing) -> Sequence[Json]:
    """Return *value* if it is a JSON array, else an empty one."""
    return value if is_list(value) else ()


def text(value: Json | Missing) -> str | None:
    """Return *value* if it is a JSON string, else None."""
    return value if isinstance(value, str) else None


def unresolved_in(value: Json | Missing) -> Unresolved | None:
    """Return the first `Unresolved` found in *value*, at any depth, or None."""
    if isinstance(value, Unresolved):
        return value
    children: Sequence[Json] = ()
    if isinstance(value, Mapping):
        children = tuple(value.values())
    elif is_list(value):
        children = value
    return next((found for child in children if (found := unresolved_in(child)) is not None), None)


def same(left: Json | Missing, right: Json | Missing) -> bool:
    """Tell whether two values are the same JSON; true is not 1, and `Unresolved` equals nothing."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, str) or isinstance(right, str):
        return isinstance(left, str) and isinstance(right, str) and left == right
    if isinstance(left, Sequence) and isinstance(right, Sequence):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, bool) is not isinstance(right, bool):
        return False
    return left == right


def differ(left: Json | Missing, right: Json | Missing) -> bool:
    """Tell whether two values are surely not the same JSON, whatever stands where one is unknown.

    It is not the reverse of `same`: where all that is known is equal, neither need hold.
    """
    if isinstance(left, Unresolved) or isinstance(right, Unresolved):
        return False
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() != right.keys() or any(differ(left[key], right[key]) for key in left)
    if is_list(left) and is_list(right):
        return len(left) != len(right) or any(map(differ, left, right))
    return not same(left, right)
