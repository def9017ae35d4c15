"""The task definitions of the corpus: several hundred that nobody here wrote, or a few of our own.

The corpus is where ECS_LOGGING_CORPUS says, else beside the project in `shared/corpus`. Where it is
absent, the tests run over `tests/data/taskdefs`; the ids of the tests say which.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from controller.core.document.json import Document, Json, items, members

_PROJECT = Path(__file__).parent.parent
_OWN = Path(__file__).parent / "data" / "taskdefs"


@dataclass(frozen=True, slots=True)
class Specimen:
    """One task definition, in the shape of register or of describe, and where it was found."""

    name: str
    document: Document = field(repr=False)


def corpus() -> Path | None:
    """Return where the corpus is, or None where there is none."""
    stated = os.environ.get("ECS_LOGGING_CORPUS")
    place = Path(stated) if stated else _PROJECT.parent / "shared" / "corpus"
    return place if (place / "taskdefs").is_dir() else None


@cache
def task_definitions() -> tuple[Specimen, ...]:
    """Return every task definition that is to be found: those of the corpus, and our own."""
    own = tuple(_in_files("own", _OWN))
    place = corpus()
    if place is None:
        return own
    folders = (place / "taskdefs", place / "containerdefs", place / "api")
    return (*(one for folder in folders for one in _in_files("corpus", folder)), *own)


def _in_files(source: str, folder: Path) -> Iterator[Specimen]:
    for file in sorted(folder.glob("*.json")):
        found = tuple(_inside(json.loads(file.read_text(encoding="utf-8"))))
        for number, document in enumerate(found):
            suffix = f"#{number}" if len(found) > 1 else ""
            yield Specimen(f"{source}:{folder.name}/{file.stem}{suffix}", document)


def _inside(value: Json) -> Iterator[Document]:
    """Yield the task definitions in a file: itself, a list of containers, or within an answer."""
    if items(value) and all("name" in members(one) for one in items(value)):
        yield {"family": "wrapped", "containerDefinitions": value}
    elif "containerDefinitions" in members(value):
        yield members(value)
    else:
        for child in members(value).values():
            if isinstance(child, dict):
                yield from _inside(child)


EVERY_TASK_DEFINITION = pytest.mark.parametrize(
    "document", [pytest.param(one.document, id=one.name) for one in task_definitions()]
)
"""Runs a test once for each task definition, as its argument `document`."""
