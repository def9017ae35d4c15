"""Refusals: what pydantic says of a document, in words for its author and at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from controller.core.policy.keys import known_keys
from controller.core.policy.not_yet import REPLACES, keys_not_yet
from controller.core.policy.problem import Fault, Reason
from controller.core.policy.suggest import nearest
from controller.core.policy.written import Written
from controller.core.policy.yaml.node import Defect, MappingNode, Node, ScalarNode, follow, plain
from controller.core.policy.yaml.syntax import unquoted_template

Path = tuple[str | int, ...]

_WANTED = {
    "bool_type": "true or false is wanted here, without quotes",
    "dict_type": "a mapping is wanted here",
    "frozen_set_type": "a list is wanted here",
    "int_type": "a whole number is wanted here, without quotes",
    "mapping_type": "a mapping is wanted here",
    "model_type": "a mapping is wanted here",
    "string_too_short": "this must not be empty",
    "too_short": "this must not be empty",
    "tuple_type": "a list is wanted here",
}


def defects(error: ValidationError, node: Node, model: type[Written]) -> Iterator[Defect]:
    """Yield what is wrong with the document that a node is the root of; *model* is its kind."""
    details = error.errors(include_url=False)
    replaced = {path for detail in details for path in _replaced(detail)} | {*_extended(node)}
    for detail in details:
        path, parent = detail["loc"], detail["loc"][:-1]
        match detail["type"]:
            case "missing" if path in replaced:
                continue  # such as `awslogs`, where the destination has a `firelens` instead
            case "missing":
                yield Defect(follow(node, parent).mark, _missing(str(path[-1]), parent))
            case "too_short" if plain(follow(node, path).node):
                continue  # items that are refused themselves are not counted
            case "extra_forbidden":
                keys = known_keys(model, parent)
                yield Defect(follow(node, path).mark, _unknown(str(path[-1]), parent, keys))
            case "refused":
                for fault in detail["ctx"]["faults"]:
                    yield Defect(follow(node, (*path, *fault.at)).node.mark, fault)
            case _:
                found = follow(node, path).node
                yield Defect(found.mark, _unwanted(detail, found))


def _replaced(detail: ErrorDetails) -> Iterator[Path]:
    """Yield the keys that are not needed beside a key of a later version."""
    path, parent = detail["loc"], detail["loc"][:-1]
    if detail["type"] == "extra_forbidden" and path[-1] in keys_not_yet(parent):
        yield from ((*parent, key) for key in REPLACES.get(str(path[-1]), ()))


def _extended(node: Node) -> Iterator[Path]:
    """Yield the keys that a policy which extends another need not state: the other must."""
    spec = follow(node, ("spec",)).node
    if isinstance(spec, MappingNode) and "extends" in spec.entries:
        named = plain(spec.entries["extends"].node)
        yield from (("spec", key) for key in ("match", "destinations") if named is not None)


def _missing(key: str, parent: Path) -> Fault:
    where = f"`{parent[-1]}`" if parent and isinstance(parent[-1], str) else "this"
    return Fault(Reason.MISSING_KEY, f"{where} needs the key `{key}`", f"add `{key}:`")


def _unknown(key: str, parent: Path, keys: tuple[str, ...]) -> Fault:
    later = keys_not_yet(parent)
    if key in later:
        message = f"`{key}` is part of the language, but this version cannot honour it yet"
        return Fault(Reason.NOT_YET, message, "remove it only if the policy is right without it")
    meant = nearest(key, (*keys, *later))
    hint = f"did you mean `{meant}`?" if meant else f"known here: {', '.join(keys)}"
    return Fault(Reason.UNKNOWN_KEY, f"`{key}` is no key of this mapping", hint)


def _unwanted(detail: ErrorDetails, found: Node) -> Fault:
    context = detail.get("ctx", {})
    match detail["type"]:
        case "string_type":
            return _no_text(found)
        case "enum" | "literal_error":
            return _no_choice(found, re.findall(r"'([^']*)'", context["expected"]))
        case "greater_than_equal":
            return Fault(Reason.INVALID_VALUE, f"this must be at least {context['ge']}")
        case kind:
            return Fault(Reason.INVALID_VALUE, _WANTED.get(kind, detail["msg"]))


def _no_choice(found: Node, choices: list[str]) -> Fault:
    listed = ", ".join(choices)
    if not isinstance(found, ScalarNode) or not found.text:
        return Fault(Reason.INVALID_VALUE, "a value is wanted here", f"write one of: {listed}")
    meant = nearest(found.text, choices)
    hint = f"did you mean {meant}?" if meant else None
    return Fault(Reason.INVALID_VALUE, f"`{found.text}` is not one of: {listed}", hint)


def _no_text(found: Node) -> Fault:
    match found:
        case MappingNode(is_flow=True, entries=entries) if len(entries) == 1:
            return unquoted_template(f"{{{next(iter(entries))}}}")
        case ScalarNode(text=text, value=int()) if re.fullmatch(r"[0-9]{12}", text):
            message = f"the account id {text} without quotes is a number"
            return Fault(Reason.UNQUOTED_ACCOUNT_ID, message, f'put it in quotes: "{text}"')
        case ScalarNode(text=text, value=int() | float() | bool()):
            message = f"a text is wanted here, and `{text}` without quotes is none"
            return Fault(Reason.INVALID_VALUE, message, f'put it in quotes: "{text}"')
        case _:
            return Fault(Reason.INVALID_VALUE, "a text is wanted here")
