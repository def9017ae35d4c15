"""Manifest: a document of a file to what it states, or to all that is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pydantic import ValidationError

from controller.core.policy.document import DOCUMENTS, Statement
from controller.core.policy.exception import EVERY_RULE
from controller.core.policy.not_yet import KINDS
from controller.core.policy.problem import Fault, Reason
from controller.core.policy.refusals import defects
from controller.core.policy.suggest import nearest
from controller.core.policy.yaml.node import (
    Defect,
    Entry,
    MappingNode,
    Mark,
    Node,
    ScalarNode,
    SequenceNode,
    follow,
    plain,
)

POLICY = "LoggingPolicy"
_TEST = "PolicyTest"


def kind_of(node: Node) -> str | None:
    """Return the kind of a document; of one that does not say, LoggingPolicy; else None."""
    if not isinstance(node, MappingNode):
        return None
    if "kind" not in node.entries:
        return POLICY  # what is missing here is found with the rest
    kind = node.entries["kind"].node
    return kind.text if isinstance(kind, ScalarNode) and kind.text in DOCUMENTS else None


def statement_of(
    node: Node, known_rules: Collection[str], of_log_groups: Collection[str]
) -> Statement | tuple[Defect, ...]:
    """Return what a document states, or everything that is wrong with it."""
    kind = kind_of(node)
    if kind is None:
        return (_no_kind(node),)
    found = [*_unknown_rules(node, known_rules), *_for_no_container(node, of_log_groups)]
    model = DOCUMENTS[kind]
    try:
        document = model.model_validate(plain(node), by_alias=True, by_name=False)
    except ValidationError as error:
        return (*found, *defects(error, node, model))
    return tuple(found) if found else document.stated


def _no_kind(node: Node) -> Defect:
    if not isinstance(node, MappingNode):
        message = "a document is a mapping with apiVersion, kind, metadata and spec"
        return Defect(node.mark, Fault(Reason.INVALID_VALUE, message))
    kind = node.entries["kind"].node
    written = kind.text if isinstance(kind, ScalarNode) and kind.value is not None else ""
    listed = f"write one of: {', '.join(DOCUMENTS)}"
    if not written:
        return Defect(kind.mark, Fault(Reason.INVALID_VALUE, "a kind is wanted here", listed))
    if written == _TEST:
        message = f"a {_TEST} is a test of policies, and no policy"
        hint = "name its file *.test.yaml; `policy test` runs it"
        return Defect(kind.mark, Fault(Reason.INVALID_VALUE, message, hint))
    if written in KINDS:
        message = f"the kind {written} is part of the language, but this version has none yet"
        return Defect(kind.mark, Fault(Reason.NOT_YET, message, "take the document out for now"))
    meant = nearest(written, (*DOCUMENTS, *KINDS))
    message = f"`{written}` is no kind of document"
    hint = f"did you mean {meant}?" if meant else listed
    return Defect(kind.mark, Fault(Reason.INVALID_VALUE, message, hint))


def _unknown_rules(node: Node, known_rules: Collection[str]) -> Iterator[Defect]:
    for rule, mark in _named_rules(node):
        if rule not in known_rules:
            meant = nearest(rule, known_rules)
            listed = ", ".join(sorted(known_rules))
            hint = f"did you mean `{meant}`?" if meant else f"the rules are: {listed}"
            yield Defect(mark, Fault(Reason.UNKNOWN_RULE, f"there is no rule `{rule}`", hint))


def _for_no_container(node: Node, of_log_groups: Collection[str]) -> Iterator[Defect]:
    """Yield what is wrong with an exception for containers from rules that look at none."""
    match _spec(node), kind_of(node):
        case (
            MappingNode(
                entries={
                    "containers": Entry(mark=mark, node=SequenceNode() | MappingNode()),
                    "rules": Entry(node=SequenceNode(items=items)),
                }
            ),
            "PolicyException",
        ):
            named = {one.text for one in items if isinstance(one, ScalarNode)}
            if named and named.issubset(of_log_groups):
                told = "rules of log groups are of no container, so nothing would be exempt"
                hint = "leave `containers` out, or name rules that look at containers"
                yield Defect(mark, Fault(Reason.INVALID_VALUE, told, hint))
        case _:
            pass  # for the whole service, or a shape that is refused by itself


def _named_rules(node: Node) -> Iterator[tuple[str, Mark]]:
    """Yield each rule that a policy names by a key, or an exception in a list."""
    rules = follow(node, ("spec", "rules")).node
    match rules, kind_of(node):
        case MappingNode(entries=entries), "LoggingPolicy" if rules is not _spec(node):
            yield from ((rule, entry.mark) for rule, entry in entries.items())
        case SequenceNode(items=items), "PolicyException":
            texts = (item for item in items if isinstance(item, ScalarNode))
            yield from ((item.text, item.mark) for item in texts if item.text != EVERY_RULE)
        case _:
            pass  # another kind, or a shape that is refused by itself


def _spec(node: Node) -> Node:
    return follow(node, ("spec",)).node
