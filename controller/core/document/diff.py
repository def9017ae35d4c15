"""What edits change in a document, leaf by leaf, as a person reads it.

Values are shown only where the caller says that the path is public: an environment value or a
secret never reaches a diff.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from controller.core.document.edit import Edit, Insert, apply
from controller.core.document.json import MISSING, Document, Json, Missing
from controller.core.document.path import Path, read

HIDDEN = "(not shown)"


@dataclass(frozen=True, slots=True)
class Change:
    """One leaf that differs: `old` or `new` is None where there is no such leaf."""

    path: Path
    old: str | None
    new: str | None


def diff(
    document: Document, edits: Iterable[Edit], *, public: Callable[[Path], bool]
) -> tuple[Change, ...]:
    """Return the leaves of *document* that *edits* change, in the order of the edits.

    *public* tells whether the value at a path may be shown; any other reads `(not shown)`.
    """
    edits = tuple(edits)
    edited = apply(document, edits)
    changes: dict[Path, Change] = {}
    for edit in edits:
        old = dict(_leaves(edit.path, read(document, edit.path)))
        new = dict(_leaves(edit.path, read(edited, edit.path)))
        for path in (*old, *(path for path in new if path not in old)):
            before, after = old.get(path, MISSING), new.get(path, MISSING)
            if before is MISSING or after is MISSING or before != after or isinstance(edit, Insert):
                changes[path] = _change(path, before, after, show=public(path))
    return tuple(change for change in changes.values() if change.old != change.new or _hid(change))


def _hid(change: Change) -> bool:
    return HIDDEN in (change.old, change.new)


def _change(path: Path, before: Json | Missing, after: Json | Missing, *, show: bool) -> Change:
    def shown(value: Json | Missing) -> str | None:
        if isinstance(value, Missing):
            return None
        return str(value) if show else HIDDEN

    return Change(path, shown(before), shown(after))


def _leaves(path: Path, value: Json | Missing) -> Iterator[tuple[Path, Json]]:
    if isinstance(value, Missing):
        return
    if isinstance(value, Mapping) and value:
        for key, child in value.items():
            yield from _leaves(path / key, child)
    else:
        yield path, value
