"""Nodes: the values of a YAML document, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from controller.core.policy.problem import Fault


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a text; line and column count from 1, in characters.

    `file` names the text, where values of several meet.
    """

    line: int
    column: int
    file: str = ""


@dataclass(frozen=True, slots=True)
class Defect:
    """A fault and the place where it stands."""

    mark: Mark
    fault: Fault


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A single value, with the text that it was written as."""

    mark: Mark
    text: str
    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list."""

    mark: Mark
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a mapping, with the place of its key."""

    mark: Mark
    node: Node


@dataclass(frozen=True, slots=True)
class MappingNode:
    """A mapping; keys are text, whatever they look like."""

    mark: Mark
    entries: Mapping[str, Entry]
    is_flow: bool


Node = ScalarNode | SequenceNode | MappingNode


def plain(node: Node) -> object:
    """Return the value of a node without its places: dict, list, or a scalar."""
    match node:
        case ScalarNode():
            return node.value
        case SequenceNode():
            return [plain(item) for item in node.items]
        case MappingNode():
            return {key: plain(entry.node) for key, entry in node.entries.items()}


def height(node: Node) -> int:
    """Return how deep a node goes: 1 for a scalar."""
    match node:
        case ScalarNode():
            return 1
        case SequenceNode():
            return 1 + max((height(item) for item in node.items), default=0)
        case MappingNode():
            return 1 + max((height(entry.node) for entry in node.entries.values()), default=0)


def follow(node: Node, path: Iterable[str | int]) -> Entry:
    """Return what stands at a path, with the mark of its key; of a path that ends early, its end.

    An index into a mapping is the mapping itself: where a list is wanted, a mapping may stand for
    the list of it alone.
    """
    found = Entry(node.mark, node)
    for step in path:
        match found.node, step:
            case MappingNode(entries=entries), str() if step in entries:
                found = entries[step]
            case SequenceNode(items=items), int() if step < len(items):
                found = Entry(items[step].mark, items[step])
            case MappingNode(), int():
                continue
            case _:
                break
    return found
