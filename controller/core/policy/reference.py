"""Reference: the language as mappings and their keys, for people to look things up in.

It is read from the JSON Schema, so that a page and an editor say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from controller.core.policy.form import Part, default_of, form_of
from controller.core.policy.manifest import POLICY
from controller.core.policy.not_yet import keys_not_yet
from controller.core.policy.schema import definitions
from controller.core.policy.written import Written

Path: TypeAlias = tuple[str, ...]
"""The keys that lead to a mapping, the kind of the document first."""

Places: TypeAlias = dict[str, list[Path]]
"""Where each mapping stands, by its definition, in the order in which a reader meets them."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a mapping. `at` is where the mappings are told that may stand in it, if any may.

    `required` may be unless another key, `unless`, is there.
    """

    name: str
    form: str
    says: str
    at: Path | None = None
    default: str | None = None
    required: bool = False
    unless: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A mapping, told where it stands first; `also` are the other places of such mappings.

    `not_yet` are keys of it that a later version will know.
    """

    path: Path
    says: str
    keys: tuple[Key, ...]
    also: tuple[Path, ...] = ()
    not_yet: tuple[str, ...] = ()


def reference(documents: Mapping[str, type[Written]]) -> tuple[Told, ...]:
    """Return every mapping of documents, given by their kinds, each below the one that holds it."""
    known = definitions(documents.values())
    places: Places = {}
    for kind, model in documents.items():
        _place(model.__name__, (kind,), known, places)
    return tuple(_told(name, known, places) for name in places)


def _place(name: str, path: Path, known: Mapping[str, Part], places: Places) -> None:
    """Note where a mapping stands, and, where it stands first, the mappings in it."""
    places.setdefault(name, []).append(path)
    if places[name] == [path]:
        for key, part in known[name].get("properties", {}).items():
            if (held := form_of(part, known).mapping) is not None:
                _place(held, (*path, key), known, places)


def _told(name: str, known: Mapping[str, Part], places: Places) -> Told:
    mapping = known[name]
    first, *also = places[name]
    kind, *path = first
    return Told(
        path=first,
        says=mapping.get("description", ""),
        keys=tuple(_keys(mapping, known, places)),
        also=tuple(also),
        not_yet=keys_not_yet(tuple(path)) if kind == POLICY else (),
    )


def _keys(mapping: Part, known: Mapping[str, Part], places: Places) -> Iterator[Key]:
    for name, part in mapping.get("properties", {}).items():
        form = form_of(part, known)
        required, unless = _required(name, mapping)
        yield Key(
            name=name,
            form=form.words,
            says=part.get("description", ""),
            at=None if form.mapping is None else places[form.mapping][0],
            default=default_of(part),
            required=required,
            unless=unless,
        )


def _required(key: str, mapping: Part) -> tuple[bool, str | None]:
    """Tell whether a key is required, and the key because of which it may be missing."""
    match mapping:
        case {"required": [*wanted]} if key in wanted:
            return True, None
        case {"anyOf": [{"required": [*wanted]}, {"required": [str(other)]}]} if key in wanted:
            return True, other
        case _:
            return False, None
