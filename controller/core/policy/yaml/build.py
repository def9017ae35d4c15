"""Build: the events of a YAML parser to nodes, within bounds, so that no text can exhaust memory.

Working on events keeps the bounds before the damage: ruamel.yaml's own composer recurses as deep as
the text goes, and knows no limit on what aliases multiply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from controller.core.policy.problem import Fault, Reason
from controller.core.policy.yaml.node import (
    Defect,
    Entry,
    MappingNode,
    Mark,
    Node,
    ScalarNode,
    SequenceNode,
    height,
)
from controller.core.policy.yaml.scalar import resolve

MAX_DEPTH = 50
MAX_NODES = 50_000  # in a file, counting what an alias stands for each time that it is used
MERGE_KEY = "<<"
_SURROGATE = re.compile("[\ud800-\udfff]")


class Stop(Exception):
    """Ends the reading of a text that goes beyond a bound."""

    def __init__(self, defect: Defect) -> None:
        super().__init__(defect.fault.message)
        self.defect = defect


class Builder:
    """Builds the documents of one text; defects are added to the list that is handed in.

    `file` is what the marks of its values call the text.
    """

    def __init__(self, events: Iterator[Event], defects: list[Defect], file: str = "") -> None:
        self._events = events
        self._file = file
        self._defects = defects
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._nodes = 0

    def documents(self) -> Iterator[Node]:
        """Yield each document when it is complete.

        Raises:
            Stop: a bound is exceeded.
        """
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                if event.version not in (None, (1, 2)):
                    message = "policies are written in YAML 1.2"
                    self._defect(self._mark(event), Reason.SYNTAX, message)
                self._anchors = {}
                yield self._node(next(self._events), 1)

    def _node(self, event: Event, depth: int) -> Node:
        match event:
            case AliasEvent():
                return self._alias(event, depth)
            case ScalarEvent() | CollectionStartEvent():
                return self._content(event, depth)
            case _:
                raise AssertionError(f"no value begins with {event}")

    def _content(self, event: ScalarEvent | CollectionStartEvent, depth: int) -> Node:
        before = self._nodes
        self._bound(event, depth, 1)
        if event.ctag is not None:
            message = f"a policy has no tags such as {event.tag}"
            hint = "remove it; a value in quotes is a text"
            self._defect(self._mark(event), Reason.TAG_REFUSED, message, hint)
        node = self._bare(event, depth)
        if event.anchor:
            self._anchors[event.anchor] = (node, self._nodes - before)
        return node

    def _bare(self, event: ScalarEvent | CollectionStartEvent, depth: int) -> Node:
        mark = self._mark(event)
        match event:
            case ScalarEvent():
                text = self._text(event)
                return ScalarNode(mark, text, resolve(text) if event.style is None else text)
            case SequenceStartEvent():
                return SequenceNode(mark, tuple(self._items(depth + 1)))
            case _:
                return MappingNode(mark, self._entries(depth + 1), bool(event.flow_style))

    def _text(self, event: ScalarEvent) -> str:
        """Return the text of a value; JSON writes characters beyond the first 65,536 as a pair."""
        text: str = event.value
        if not _SURROGATE.search(text):
            return text
        try:
            return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            message = "half of a pair of \\u escapes is no character"
            self._defect(self._mark(event), Reason.SYNTAX, message, "write the character itself")
            return _SURROGATE.sub("\ufffd", text)

    def _alias(self, event: AliasEvent, depth: int) -> Node:
        if event.anchor not in self._anchors:
            alias = f"*{event.anchor}"
            message = f"`{alias}` repeats `&{event.anchor}`, which is not above it"
            self._defect(self._mark(event), Reason.SYNTAX, message)
            return ScalarNode(self._mark(event), alias, None)
        node, nodes = self._anchors[event.anchor]
        self._bound(event, depth, nodes)
        self._bound(event, depth + height(node) - 1, 0)
        return node

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), SequenceEndEvent):
            yield self._node(event, depth)

    def _entries(self, depth: int) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        donors: list[MappingNode] = []
        while not isinstance(event := next(self._events), MappingEndEvent):
            key = self._node(event, depth)
            value = self._node(next(self._events), depth)
            if not isinstance(key, ScalarNode):
                hint = "put it in quotes, if it is meant as a text"
                self._defect(key.mark, Reason.SYNTAX, "a key must be a text", hint)
            elif _merges(event):
                donors.extend(self._donors(value))
            elif key.text in entries:
                self._duplicate(key, entries[key.text])
            else:
                entries[key.text] = Entry(key.mark, _placed(value, key.mark))
        for donor in donors:
            entries = {**donor.entries, **entries}
        return entries

    def _donors(self, value: Node) -> Iterator[MappingNode]:
        for donor in value.items if isinstance(value, SequenceNode) else (value,):
            if isinstance(donor, MappingNode):
                yield donor
            else:
                self._defect(donor.mark, Reason.SYNTAX, "only a mapping can be merged")

    def _duplicate(self, key: ScalarNode, first: Entry) -> None:
        place = f"line {first.mark.line}, column {first.mark.column}"
        message = f"`{key.text}` is already given at {place}"
        self._defect(key.mark, Reason.DUPLICATE_KEY, message, "keep one of them")

    def _bound(self, event: Event, depth: int, nodes: int) -> None:
        self._nodes += nodes
        if depth > MAX_DEPTH:
            raise self._beyond(event, f"values are nested deeper than {MAX_DEPTH}")
        if self._nodes > MAX_NODES:
            message = f"the file holds more than {MAX_NODES} values, aliases repeated"
            raise self._beyond(event, message)

    def _defect(self, mark: Mark, reason: Reason, message: str, hint: str | None = None) -> None:
        self._defects.append(Defect(mark, Fault(reason, message, hint)))

    def _beyond(self, event: Event, message: str) -> Stop:
        return Stop(Defect(self._mark(event), Fault(Reason.TOO_LARGE, message, "split it")))

    def _mark(self, event: Event) -> Mark:
        return Mark(event.start_mark.line + 1, event.start_mark.column + 1, self._file)


def _merges(key: Event) -> bool:
    return isinstance(key, ScalarEvent) and key.style is None and key.value == MERGE_KEY


def _placed(value: Node, key: Mark) -> Node:
    """Place a value that was left out at its key: the parser sees it where the next one begins."""
    is_left_out = isinstance(value, ScalarNode) and value.value is None and not value.text
    return replace(value, mark=key) if is_left_out else value
