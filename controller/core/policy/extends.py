"""Extends: what a policy takes over from another, joined before anything looks at what is written.

Every value keeps its mark, so that what is wrong with it is told where it is written, and once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from controller.core.policy.manifest import POLICY, kind_of
from controller.core.policy.problem import Fault, Reason
from controller.core.policy.suggest import nearest
from controller.core.policy.yaml.node import (
    Defect,
    Entry,
    MappingNode,
    Node,
    ScalarNode,
    follow,
)

LONGEST: Final = 20
"""Policies in a row, each extending the next: more than anybody could follow."""

_NAME: Final = ("metadata", "name")
_EXTENDS: Final = ("spec", "extends")
_OWN: Final = ("extends", "mode")
"""Keys that nobody takes over: whether to write is said by each policy for itself."""


def inherit(documents: Sequence[Node]) -> tuple[tuple[Node, ...], tuple[Defect, ...]]:
    """Return *documents* with what each takes over, and what is wrong with what they extend.

    Maps are merged; everything else, lists too, is replaced. A policy whose way to the last that
    it extends is not clear stays as it is written.
    """
    named: dict[str, Node] = {}
    for document in documents:
        if kind_of(document) == POLICY and (name := _text(document, _NAME)) is not None:
            named.setdefault(name, document)  # a name that is given twice is told elsewhere
    whole: list[Node] = []
    defects: list[Defect] = []
    for document in documents:
        line = _line(document, named) if kind_of(document) == POLICY else (document,)
        if isinstance(line, Defect):
            defects.append(line)
            line = (document,)
        joined = line[-1]
        for heir in reversed(line[:-1]):
            joined = _joined(joined, heir)
        whole.append(joined)
    return tuple(whole), tuple(defects)


def _line(document: Node, named: Mapping[str, Node]) -> tuple[Node, ...] | Defect:
    """Return *document*, what it extends, what that extends, and so on; or what is wrong there."""
    line = [document]
    while (name := _text(line[-1], _EXTENDS)) is not None:
        base = named.get(name)
        if base is None:
            return _defect(line[-1], _unknown(name, named))
        if (met := next((at for at, one in enumerate(line) if one is base), None)) is not None:
            return _circle(line[met:])
        line.append(base)
        if len(line) > LONGEST:
            message = f"more than {LONGEST} policies extend each other in a row"
            return _defect(document, Fault(Reason.TOO_LARGE, message, "say it in fewer"))
    return tuple(line)


def _unknown(name: str, named: Mapping[str, Node]) -> Fault:
    meant = nearest(name, named)
    hint = f"did you mean `{meant}`?" if meant else "name a LoggingPolicy of the same set"
    return Fault(Reason.UNKNOWN_POLICY, f"there is no policy `{name}` to extend", hint)


def _circle(circle: Sequence[Node]) -> Defect:
    """Return what is wrong with policies in a circle: the same, whichever of them was looked at."""
    names = [_text(one, _NAME) or "" for one in circle]
    first = names.index(min(names))
    names = [*names[first:], *names[:first]]
    shown = " → ".join(f"`{name}`" for name in (*names, names[0]))
    message, hint = f"a policy cannot extend itself: {shown}", "let one of them extend no other"
    return _defect(circle[first - 1], Fault(Reason.EXTENDS_ITSELF, message, hint))


def _defect(document: Node, fault: Fault) -> Defect:
    return Defect(follow(document, _EXTENDS).node.mark, fault)


def _joined(base: Node, heir: Node) -> Node:
    """Return *heir* with what it takes over from *base*: the keys of its `spec`, save a few."""
    below, above = (follow(one, ("spec",)) for one in (base, heir))
    if below.node is base or not (
        isinstance(heir, MappingNode)
        and isinstance(below.node, MappingNode)
        and isinstance(above.node, MappingNode)
    ):
        return heir  # what is wrong with the shape of either is told of it
    kept = {key: entry for key, entry in below.node.entries.items() if key not in _OWN}
    spec = _over(MappingNode(below.node.mark, kept, below.node.is_flow), above.node)
    entries = {**heir.entries, "spec": Entry(above.mark, spec)}
    return MappingNode(heir.mark, entries, heir.is_flow)


def _over(below: Node, above: Node) -> Node:
    if not (isinstance(below, MappingNode) and isinstance(above, MappingNode)):
        return above
    stated = {
        key: Entry(entry.mark, _over(below.entries[key].node, entry.node))
        if key in below.entries
        else entry
        for key, entry in above.entries.items()
    }
    return MappingNode(above.mark, {**below.entries, **stated}, above.is_flow)


def _text(document: Node, path: tuple[str, str]) -> str | None:
    """Return the text at a path, or None where there is none."""
    parent, found = follow(document, path[:1]).node, follow(document, path).node
    if found is parent or not isinstance(found, ScalarNode):
        return None
    return found.value if isinstance(found.value, str) and found.value else None
