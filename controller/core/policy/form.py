"""Form: what may stand as the value of a key, in words, read from its JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from controller.core.policy.day import Day
from controller.core.policy.kms_key import KmsKey
from controller.core.policy.metadata import PolicyName
from controller.core.policy.quantities import BufferSize, Duration, Share, WholePercent
from controller.core.policy.retention import Retention
from controller.core.policy.window import Clock, Cron

Part = Mapping[str, Any]
"""A part of a JSON Schema."""


@dataclass(frozen=True, slots=True)
class Form:
    """What may stand in a place, in Markdown; `mapping` is the definition of what it may hold."""

    words: str
    mapping: str | None = None


@cache
def named_forms() -> Mapping[str, str]:
    """Return what people call the values that have a form of their own, by their schema."""
    called: dict[Any, str] = {  # types, as an Annotated is one
        Duration: "duration",
        Share: "percentage",
        WholePercent: "whole percentage",
        BufferSize: "size",
        Day: "day",
        KmsKey: "ARN or alias",
        PolicyName: "name",
        Retention: "days, or a variable",
        Clock: "time of day",
        Cron: "cron",
    }
    return {_bare(TypeAdapter(one).json_schema()): words for one, words in called.items()}


def form_of(part: Part, known: Mapping[str, Part]) -> Form:
    """Return the form of a part of a schema whose definitions are *known*."""
    alternatives = [one for one in part.get("anyOf", ()) if one != {"type": "null"}]
    if len(alternatives) == 1:
        return form_of(alternatives[0], known)
    bare = {"anyOf": alternatives} if alternatives else part
    if (called := named_forms().get(_bare(bare))) is not None:
        return Form(called)
    if alternatives:
        several = [form_of(one, known) for one in alternatives]
        mapping = next((one.mapping for one in several if one.mapping is not None), None)
        return Form(" or ".join(one.words for one in several), mapping)
    return _single(part, known)


def default_of(part: Part) -> str | None:
    """Return the default of a part as people write it; None where there is none to be shown."""
    match part.get("default"):
        case None:
            return None
        case str(text):
            return text
        case [*several]:
            return f"[{', '.join(map(str, several))}]"
        case other:
            return json.dumps(other)


def _single(part: Part, known: Mapping[str, Part]) -> Form:
    match part:
        case {"$ref": str(reference)}:
            name = reference.rpartition("/")[2]
            is_mapping = "enum" not in known[name]
            return Form("mapping", name) if is_mapping else form_of(known[name], known)
        case {"const": value}:
            return Form(f"`{value}`")
        case {"enum": [*values]}:
            return Form(_one_of(values))
        case {"type": "array", "items": items}:
            held = form_of(items, known)
            return Form(f"list of {_several(held.words)}", held.mapping)
        case {"type": "object", "additionalProperties": Mapping() as values}:
            held = form_of(values, known)
            comma = "," if " or " in held.words else ""
            return Form(f"{_several(held.words)}{comma} by key", held.mapping)
        case {"type": kind}:
            return Form(_kinds(part)[kind])
        case _:
            raise AssertionError(f"no words for {part}")


def _kinds(part: Part) -> Mapping[str, str]:
    return {
        "boolean": "`true` or `false`",
        "integer": "whole number",
        "object": "mapping",
        "string": "day, or moment" if part.get("format") == "date-time" else "text",
    }


def _one_of(values: list[object]) -> str:
    *others, last = (f"`{value}`" for value in values)
    return f"{', '.join(others)} or {last}" if others else last


def _several(words: str) -> str:
    return f"{words}s" if words in ("text", "mapping", "duration") else words


def _bare(part: Part) -> str:
    """Return a part as a text, without what is told of the one key in which it stands."""
    return json.dumps(dict(_constraints(part)), sort_keys=True)


def _constraints(part: Part) -> Iterator[tuple[str, object]]:
    return ((key, one) for key, one in part.items() if key not in ("description", "default"))
