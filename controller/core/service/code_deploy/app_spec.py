"""The AppSpec of a deployment: a text that is kept as it is, save the one value that we change."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

MAX_BYTES: Final = 256 * 1024
MAX_DEPTH: Final = 30
_ARN: Final = re.compile(r"arn:[a-z0-9-]+:ecs:[a-z0-9-]+:[0-9]+:task-definition/[\w-]+:[0-9]+")

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Unusable:
    """An AppSpec that cannot be read, or not surely enough to deploy what it would become."""

    because: str


@dataclass(frozen=True, slots=True)
class AppSpec:
    """A text in JSON or YAML that names one task definition, an ARN, at `start` to `end`."""

    content: str = field(repr=False)
    task_definition: str
    start: int
    end: int

    def naming(self, task_definition: str) -> str:
        """Return the text with another ARN in that place, and every other character as it was."""
        return self.content[: self.start] + task_definition + self.content[self.end :]


def sha256_of(content: str) -> str:
    """Return the hash by which CodeDeploy knows an AppSpec: that of its UTF-8, in hexadecimal."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def parse_app_spec(content: str, sha256: str | None) -> AppSpec | Unusable:
    """Return the AppSpec, or why it is not deployed anew; *sha256* is what CodeDeploy states.

    Its TaskDefinition stands in the properties of its only resource [fact 4.12]; names are read in
    any case, as AWS's own action for GitHub reads them.
    """
    if sha256 is None or sha256.lower() != sha256_of(content):
        stated = "CodeDeploy states no hash of it" if sha256 is None else "its hash is another"
        return Unusable(f"{stated}, so it may not be what was deployed")
    if len(content) > MAX_BYTES:
        return Unusable(f"it has more than {MAX_BYTES} characters")
    try:
        values = list(_values(content))
    except _UnreadableError as error:
        return Unusable(str(error))
    except (YAMLError, ArithmeticError, LookupError, ValueError):
        # ruamel.yaml lets a few of Python's own errors through.
        return Unusable("it is neither JSON nor YAML")
    return _of(content, values)


def _of(content: str, values: list[tuple[Path, ScalarEvent]]) -> AppSpec | Unusable:
    resources = {path[:2] for path, _ in values if path[0] == "resources"}
    named = [value for path, value in values if _is_task_definition(path)]
    if len(resources) > 1 or len(named) > 1:
        return Unusable("it has several resources or task definitions")
    if not named:
        return Unusable("it names no task definition")
    return _at(content, named[0])


def _is_task_definition(path: Path) -> bool:
    match path:
        case ("resources", int(), str(), "properties", "taskdefinition"):
            return True
        case _:
            return False


def _at(content: str, value: ScalarEvent) -> AppSpec | Unusable:
    """Return the AppSpec whose task definition is written as *value*, on one line and literally."""
    arn: str = value.value
    if not _ARN.fullmatch(arn):
        return Unusable("its task definition is not the ARN of a revision")
    written = content[value.start_mark.index : value.end_mark.index]
    quote = "" if value.style is None else value.style
    if written.rstrip() != f"{quote}{arn}{quote}":
        return Unusable("its task definition is written in a way that is not simply replaced")
    start = value.start_mark.index + len(quote)
    return AppSpec(content, arn, start, start + len(arn))


class _UnreadableError(Exception):
    """The text is YAML, but more than an AppSpec needs."""


def _values(content: str) -> Iterator[tuple[Path, ScalarEvent]]:
    """Yield each single value with its path; the names of members are in lower case."""
    events: Iterator[Event] = YAML(typ="safe", pure=True).parse(content)
    documents = 0
    for event in events:
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _UnreadableError("it has several documents")
            yield from _below(next(events), (), events)


def _below(event: Event, path: Path, events: Iterator[Event]) -> Iterator[tuple[Path, ScalarEvent]]:
    if not _is_plain(event) or len(path) > MAX_DEPTH:
        raise _UnreadableError("it has anchors, aliases or tags, or is nested too deep")
    match event:
        case ScalarEvent():
            if path:
                yield path, event
        case MappingStartEvent():
            while not isinstance(key := next(events), MappingEndEvent):
                if not isinstance(key, ScalarEvent) or not _is_plain(key):
                    raise _UnreadableError("a name in it is not a text")
                yield from _below(next(events), (*path, key.value.lower()), events)
        case CollectionStartEvent():
            number = 0
            while not isinstance(item := next(events), SequenceEndEvent):
                yield from _below(item, (*path, number), events)
                number += 1
        case _:
            raise _UnreadableError("it ends too early")


def _is_plain(event: Event) -> bool:
    if not isinstance(event, ScalarEvent | CollectionStartEvent):
        return False
    return event.anchor is None and event.ctag is None
