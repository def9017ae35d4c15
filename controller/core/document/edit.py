"""Edits: the one mechanism by which a document changes.

The same edits make the corrected document, the JSON Patch of a plan file, the diff that a person
reads, and the change in a source file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from controller.core.document.json import Document, Json, is_list, items
from controller.core.document.path import Keyed, Path, Step, index_of


@dataclass(frozen=True, slots=True)
class Set:
    """Put `value` at `path`; objects that are missing, or null, on the way are made."""

    path: Path
    value: Json


@dataclass(frozen=True, slots=True)
class Remove:
    """Take away what stands at `path`; nothing happens where nothing stands."""

    path: Path


@dataclass(frozen=True, slots=True)
class Insert:
    """Append `value` to the list at `path`; a missing list is made."""

    path: Path
    value: Json


Edit: TypeAlias = Set | Remove | Insert


class NoSuchPlaceError(LookupError):
    """An edit addresses a list member, or passes through a value, that the document lacks."""


def apply(document: Document, edits: Iterable[Edit]) -> Document:
    """Return a copy of *document* with *edits* made in order; the original is left alone.

    Only the objects and lists on the way to an edit are copied, all else is shared. Raises
    NoSuchPlaceError where an edit's way leads through a list member that is not there, or through
    a value that is neither an object nor a list.
    """
    edited: Json = document
    for edit in edits:
        edited = _at(edited, edit.path.steps, edit)
    if not isinstance(edited, Mapping):
        msg = "an edit may not replace the document as a whole"
        raise NoSuchPlaceError(msg)
    return edited


def _at(here: Json, steps: tuple[Step, ...], edit: Edit) -> Json:
    if not steps:
        return _insert(here, edit) if isinstance(edit, Insert) else _replacement(edit)
    step, rest = steps[0], steps[1:]
    if isinstance(step, Keyed):
        return _in_list(here, step, rest, edit)
    return _in_object(here, step, rest, edit)


def _replacement(edit: Edit) -> Json:
    if isinstance(edit, Set):
        return edit.value
    msg = f"{edit!r} has no value to put"
    raise NoSuchPlaceError(msg)


def _insert(here: Json, edit: Insert) -> Json:
    if here is None:
        return [edit.value]
    if is_list(here):
        return [*here, edit.value]
    msg = f"{edit.path} is not a list"
    raise NoSuchPlaceError(msg)


def _in_object(here: Json, step: str, rest: tuple[Step, ...], edit: Edit) -> Json:
    if not isinstance(here, Mapping):
        msg = f"{edit.path} passes through a value that is not an object"
        raise NoSuchPlaceError(msg)
    child = here.get(step)
    if isinstance(edit, Remove) and (step not in here or (rest and child is None)):
        return here
    copy = dict(here)
    if not rest and isinstance(edit, Remove):
        del copy[step]
        return copy
    copy[step] = _at({} if rest and child is None else child, rest, edit)
    return copy


def _in_list(here: Json, step: Keyed, rest: tuple[Step, ...], edit: Edit) -> Json:
    values = items(here)
    index = index_of(values, step)
    if index is None:
        if isinstance(edit, Remove):
            return here
        msg = f"{edit.path}: there is no member {step}"
        raise NoSuchPlaceError(msg)
    if not rest and isinstance(edit, Remove):
        return [*values[:index], *values[index + 1 :]]
    return [*values[:index], _at(values[index], rest, edit), *values[index + 1 :]]
