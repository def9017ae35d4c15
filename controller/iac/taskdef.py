"""Task definitions in files of their own, JSON or YAML, in the shape of register or of describe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from controller.core.document.json import Document, Json
from controller.core.document.path import ROOT, Path, named
from controller.core.document.unresolved import Span
from controller.core.policy.located import problems
from controller.core.policy.problem import Fault, Problem, Reason, Source
from controller.core.policy.yaml import json, read
from controller.core.policy.yaml.node import Defect, MappingNode, Mark, Node, SequenceNode

_YAML = (".yaml", ".yml")
_DEEPER = re.compile(r"[.\[]")


@dataclass(frozen=True, slots=True)
class TaskDefinitionText:
    """A task definition as it stands in a file."""

    file: str
    node: MappingNode
    document: Document

    def span(self, path: str) -> Span:
        """Return where *path* stands, or the nearest to it that is there.

        *path* is written as findings write it: `containerDefinitions[name=web].image`.
        """
        mark = _nearest(self.node, ROOT, path)
        return Span(self.file, mark.line, mark.column)


def task_definitions(source: Source) -> tuple[TaskDefinitionText, ...] | tuple[Problem, ...]:
    """Return the task definition that a text holds, or all that is wrong with the text.

    The answer is empty for a text that is well-formed and no task definition. No problem shows a
    line of the text: environment values may stand there.
    """
    is_yaml = PurePath(source.name).suffix in _YAML
    reading = read.read(source.text) if is_yaml else json.read(source.text)
    if reading.defects:
        found = problems(source, (_reworded(one) for one in reading.defects))
        return tuple(replace(one, shown="") for one in found)
    nodes = (_unwrapped(node) for node in reading.documents)
    return tuple(
        TaskDefinitionText(source.name, node, _document(node))
        for node in nodes
        if isinstance(node, MappingNode) and "containerDefinitions" in node.entries
    )


def _reworded(defect: Defect) -> Defect:
    """Say in YAML's words what the reader of policies says in those of policies."""
    if defect.fault.reason is not Reason.TAG_REFUSED:
        return defect
    message = "a value with a tag cannot be read in a plain task definition"
    return replace(defect, fault=Fault(Reason.TAG_REFUSED, message, defect.fault.hint))


def _unwrapped(node: Node) -> Node:
    """Return the task definition inside of an answer of DescribeTaskDefinition."""
    if isinstance(node, MappingNode) and "taskDefinition" in node.entries:
        return node.entries["taskDefinition"].node
    return node


def _document(node: MappingNode) -> Document:
    return {key: _value(entry.node) for key, entry in node.entries.items()}


def _value(node: Node) -> Json:
    match node:
        case MappingNode():
            return _document(node)
        case SequenceNode(items=items):
            return [_value(item) for item in items]
        case _:
            return node.value


def _nearest(node: Node, here: Path, path: str) -> Mark:
    for there, key, child in _children(node, here):
        shown = str(there)
        if path == shown:
            return child.mark
        if path.startswith(shown) and _DEEPER.match(path, len(shown)):
            deeper = _nearest(child, there, path)
            return key if deeper == child.mark else deeper
    return node.mark


def _children(node: Node, here: Path) -> Iterator[tuple[Path, Mark, Node]]:
    """Yield the path of each child that a path can name, the place of its key, and the child."""
    if isinstance(node, MappingNode):
        for key, entry in node.entries.items():
            yield here / key, entry.mark, entry.node
    elif isinstance(node, SequenceNode):
        for item in node.items:
            name = item.entries.get("name") if isinstance(item, MappingNode) else None
            if name is not None and isinstance(value := _value(name.node), str):
                yield here / named(value), item.mark, item
