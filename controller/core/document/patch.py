"""Edits as a JSON Patch (RFC 6902): new values only, neither `test` operations nor old values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from controller.core.document.edit import Edit, Insert, NoSuchPlaceError, Remove, apply
from controller.core.document.json import Document, Json, Missing, items
from controller.core.document.path import ROOT, Keyed, Path, index_of, read

Operation: TypeAlias = dict[str, Json]


def json_patch(document: Document, edits: Iterable[Edit]) -> tuple[Operation, ...]:
    """Return the operations that turn *document* into the one that *edits* make of it.

    JSON Patch addresses list members by position, so each edit is resolved against the document
    as the edits before it left it. An edit that changes nothing yields no operation.
    """
    operations: list[Operation] = []
    for edit in edits:
        operations.extend(_operations(document, edit))
        document = apply(document, (edit,))
    return tuple(operations)


def _operations(document: Document, edit: Edit) -> Iterable[Operation]:
    here = read(document, edit.path)
    if isinstance(edit, Remove):
        if not isinstance(here, Missing):
            yield {"op": "remove", "path": pointer(document, edit.path)}
        return
    yield from _missing_parents(document, edit.path)
    if isinstance(edit, Insert):
        if isinstance(here, Missing) or here is None:
            yield {"op": "add", "path": pointer(document, edit.path), "value": [edit.value]}
        else:
            yield {"op": "add", "path": pointer(document, edit.path) + "/-", "value": edit.value}
    else:
        verb = "add" if isinstance(here, Missing) else "replace"
        yield {"op": verb, "path": pointer(document, edit.path), "value": edit.value}


def _missing_parents(document: Document, path: Path) -> Iterable[Operation]:
    way = ROOT
    for step in path.steps[:-1]:
        way = way / step
        here = read(document, way)
        if isinstance(here, Missing) or here is None:
            yield {"op": "add", "path": pointer(document, way), "value": {}}


def pointer(document: Document, path: Path) -> str:
    """Return *path* as a JSON Pointer (RFC 6901) into *document*.

    Raises NoSuchPlaceError where the path names a list member that the document lacks.
    """
    shown, here = "", ROOT
    for step in path.steps:
        if isinstance(step, Keyed):
            shown += f"/{_position(document, here, step)}"
        else:
            shown += "/" + step.replace("~", "~0").replace("/", "~1")
        here = here / step
    return shown


def _position(document: Document, here: Path, step: Keyed) -> int:
    index = index_of(items(read(document, here)), step)
    if index is None:
        msg = f"{here}: there is no member {step}"
        raise NoSuchPlaceError(msg)
    return index
