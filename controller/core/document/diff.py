"""What edits change in a document, leaf by leaf, as a person reads it.

Values are shown only where the caller says that the path is public: an environment value or a
secret never reaches a diff.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from controller.core.document.digest import plain
from controller.core.document.edit import Edit, apply
from controller.core.document.json import MISSING, Document, Json, Missing, same, unresolved_in
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
            if not same(before, after):
                change = _change if public(path) else _hidden
                changes[path] = change(path, before, after)
    return tuple(changes.values())


def _hidden(path: Path, before: Json | Missing, after: Json | Missing) -> Change:
    old, new = (None if isinstance(one, Missing) else HIDDEN for one in (before, after))
    return Change(path, old, new)


def _change(path: Path, before: Json | Missing, after: Json | Missing) -> Change:
    """Show strings as they are; where that would make two values look alike, all as JSON."""
    old, new = _shown(before), _shown(after)
    if old == new:
        old, new = _shown(before, quoted=True), _shown(after, quoted=True)
    return Change(path, old, new)


def _shown(value: Json | Missing, *, quoted: bool = False) -> str | None:
    if isinstance(value, Missing):
        return None
    if (hole := unresolved_in(value)) is not None:
        return f"({hole.because})"
    if isinstance(value, str) and not quoted:
        return value
    return json.dumps(plain(value), ensure_ascii=False)


def _leaves(path: Path, value: Json | Missing) -> Iterator[tuple[Path, Json]]:
    if isinstance(value, Missing):
        return
    if isinstance(value, Mapping) and value:
        for key, child in value.items():
            yield from _leaves(path / key, child)
    else:
        yield path, value
