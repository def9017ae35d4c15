"""Refusals: what pydantic says of a document, in words for its author and at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from controller.core.policy.behind import all_details
from controller.core.policy.keys import known_keys
from controller.core.policy.not_yet import REPLACES, keys_not_yet
from controller.core.policy.problem import Fault, Reason
from controller.core.policy.suggest import nearest
from controller.core.policy.template import TAG, VAR, VARIABLES
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

_OF_MAPPINGS = ("accept", "containers", "destinations", "exclude", "match")
"""Keys of lists that a single word can never be an item of."""


def defects(error: ValidationError, node: Node, model: type[Written]) -> Iterator[Defect]:
    """Yield what is wrong with the document that a node is the root of; *model* is its kind."""
    details = all_details(error, model, plain(node))
    replaced = {path for detail in details for path in _replaced(detail)} | {*_extended(node)}
    for detail in details:
        path, parent = detail["loc"], detail["loc"][:-1]
        stands_in = parent if detail["type"] in {"missing", "extra_forbidden"} else path
        if template := _template(follow(node, stands_in).node):
            yield Defect(follow(node, stands_in).node.mark, unquoted_template(template))
            continue
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
    key = detail["loc"][-1] if detail["loc"] else ""
    match detail["type"]:
        case "string_type":
            return _no_size(found) if key == "maxBufferSize" else _no_text(found)
        case "frozen_set_type" | "tuple_type" as kind:
            hint = _as_list(found, of_mappings=key in _OF_MAPPINGS)
            return Fault(Reason.INVALID_VALUE, _WANTED[kind], hint)
        case "int_type" | "int_parsing_size" if _is_huge(found):
            return Fault(Reason.INVALID_VALUE, "this number is too large")
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


def _template(found: Node) -> str | None:
    """Return the template for which a mapping such as `{cluster}` was meant, if it was."""
    only = _only_key(found) or ""
    name = only.partition("|")[0]
    return f"{{{only}}}" if name in VARIABLES or name.startswith((TAG, VAR)) else None


def _only_key(found: Node) -> str | None:
    """Return the key of a mapping in braces that holds one, and no value."""
    match found:
        case MappingNode(is_flow=True, entries=entries) if len(entries) == 1:
            ((key, entry),) = entries.items()
            return key if isinstance(entry.node, ScalarNode) and not entry.node.text else None
        case _:
            return None


def _is_huge(found: Node) -> bool:
    return (
        isinstance(found, ScalarNode)
        and isinstance(found.value, int | float)
        and re.fullmatch(r"\+?[0-9]{10,}", found.text) is not None
    )


def _no_size(found: Node) -> Fault:
    """Return what is wrong with a size that is no text, mostly as its unit is missing."""
    written = found.text if isinstance(found, ScalarNode) else ""
    example = f"{written}m" if re.fullmatch(r"[1-9][0-9]{0,3}", written) else "25m"
    message = "a size is wanted here: a whole number and b, k, m or g"
    return Fault(Reason.INVALID_VALUE, message, f"write {example}")


def _as_list(found: Node, *, of_mappings: bool) -> str | None:
    """Return how to make a list of what stands where one is wanted."""
    match found:
        case MappingNode(is_flow=True):
            return "put it in brackets: [{…}]"
        case MappingNode():
            return "begin it with `- `"
        case ScalarNode(text=text) if text and not of_mappings:
            return f"write [{', '.join(_item(one.strip()) for one in text.split(','))}]"
        case _:
            return None


def _item(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z][\w.-]*", text) else f'"{text}"'


def _no_text(found: Node) -> Fault:
    if (key := _only_key(found)) is not None:
        return unquoted_template(f"{{{key}}}")
    match found:
        case ScalarNode(text=text, value=int()) if re.fullmatch(r"[0-9]{12}", text):
            message = f"the account id {text} without quotes is a number"
            return Fault(Reason.UNQUOTED_ACCOUNT_ID, message, f'put it in quotes: "{text}"')
        case ScalarNode(text=text, value=int() | float() | bool()):
            message = f"a text is wanted here, and `{text}` without quotes is none"
            return Fault(Reason.INVALID_VALUE, message, f'put it in quotes: "{text}"')
        case _:
            return Fault(Reason.INVALID_VALUE, "a text is wanted here")
