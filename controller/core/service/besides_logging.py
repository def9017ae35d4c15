"""A task definition taken apart: how its containers log, and all the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from controller.core.document.json import Document, Json, items, members, text
from controller.core.service.registration import registrable, without_defaults

LOGGING: Final = frozenset({"logConfiguration", "firelensConfiguration"})


def logging_of(document: Document) -> Mapping[str, Document]:
    """Return, by the names of containers, the members by which each of them logs."""
    return {
        text(one.get("name")) or "": {key: value for key, value in one.items() if key in LOGGING}
        for one in _containers(document)
    }


def besides_logging(document: Document) -> Document:
    """Return the document without logging, and without what ECS adds or fills in of its own."""
    rest: list[Json] = [
        {key: value for key, value in one.items() if key not in LOGGING}
        for one in _containers(document)
    ]
    return without_defaults({**registrable(document), "containerDefinitions": rest})


def _containers(document: Document) -> list[Document]:
    return [members(one) for one in items(document.get("containerDefinitions"))]
