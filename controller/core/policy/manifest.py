"""Manifest: a document of a file to the policy that it states, or to all that is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pydantic import ValidationError

from controller.core.policy.document import LoggingPolicyDocument
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.not_yet import KINDS
from controller.core.policy.problem import Fault, Reason
from controller.core.policy.refusals import defects
from controller.core.policy.suggest import nearest
from controller.core.policy.yaml.node import Defect, MappingNode, Node, ScalarNode, follow, plain

KIND = "LoggingPolicy"


def policy_of(node: Node, known_rules: Collection[str]) -> LoggingPolicy | tuple[Defect, ...]:
    """Return the policy that a document states, or everything that is wrong with it."""
    if not isinstance(node, MappingNode):
        message = "a policy is a mapping with apiVersion, kind, metadata and spec"
        return (Defect(node.mark, Fault(Reason.INVALID_VALUE, message)),)
    if wrong := _wrong_kind(node):
        return (wrong,)
    found = [*_unknown_rules(node, known_rules)]
    try:
        document = LoggingPolicyDocument.model_validate(plain(node), by_alias=True, by_name=False)
    except ValidationError as error:
        return (*found, *defects(error, node))
    return tuple(found) if found else document.policy


def _wrong_kind(node: MappingNode) -> Defect | None:
    kind = node.entries["kind"].node if "kind" in node.entries else None
    if not isinstance(kind, ScalarNode) or kind.text in ("", KIND):
        return None  # what is missing here is found with the rest
    if kind.text in KINDS:
        message = f"the kind {kind.text} is part of the language, but this version has none yet"
        return Defect(kind.mark, Fault(Reason.NOT_YET, message, "take the document out for now"))
    meant = nearest(kind.text, (KIND, *KINDS)) or KIND
    message = f"`{kind.text}` is no kind of document"
    return Defect(kind.mark, Fault(Reason.INVALID_VALUE, message, f"did you mean {meant}?"))


def _unknown_rules(node: Node, known_rules: Collection[str]) -> Iterator[Defect]:
    rules = follow(node, ("spec", "rules")).node
    if rules is follow(node, ("spec",)).node or not isinstance(rules, MappingNode):
        return
    for rule, entry in rules.entries.items():
        if rule not in known_rules:
            meant = nearest(rule, known_rules)
            listed = ", ".join(sorted(known_rules))
            hint = f"did you mean `{meant}`?" if meant else f"the rules are: {listed}"
            yield Defect(entry.mark, Fault(Reason.UNKNOWN_RULE, f"there is no rule `{rule}`", hint))
