"""JSON Patch (RFC 6902), as its readers apply it: a second opinion on the patches that we write."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any


def applied(document: object, operations: Iterable[Mapping[str, Any]]) -> Any:
    """Return a copy of *document* with *operations* applied; what the RFC calls an error raises."""
    whole = {"": copy.deepcopy(document)}
    for operation in operations:
        tokens = ["", *_tokens(str(operation["path"]))]
        parent: object = whole
        for token in tokens[:-1]:
            parent = parent[int(token)] if isinstance(parent, list) else _member(parent, token)
        _apply(parent, tokens[-1], operation)
    return whole[""]


def _tokens(pointer: str) -> list[str]:
    assert pointer == "" or pointer.startswith("/"), pointer
    return [one.replace("~1", "/").replace("~0", "~") for one in pointer.split("/")[1:]]


def _member(value: object, key: str) -> object:
    assert isinstance(value, dict), f"{key} of {value!r}"
    return value[key]


def _apply(parent: object, token: str, operation: Mapping[str, Any]) -> None:
    verb = operation["op"]
    value = copy.deepcopy(operation.get("value"))
    if isinstance(parent, list):
        index = len(parent) if token == "-" else int(token)
        if verb == "add":
            assert index <= len(parent)
            parent.insert(index, value)
        elif verb == "replace":
            parent[index] = value
        else:
            assert verb == "remove"
            del parent[index]
        return
    assert isinstance(parent, dict), f"{operation} on {parent!r}"
    if verb == "remove":
        del parent[token]
        return
    assert verb == "add" or (verb == "replace" and token in parent), operation
    assert "value" in operation
    parent[token] = value
