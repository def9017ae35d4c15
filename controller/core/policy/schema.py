"""Schema: the policy language as JSON Schema, for editors and for people who read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from controller.core.policy.document import DOCUMENTS
from controller.core.policy.quantities import duration_text, share_text
from controller.core.policy.written import Written

_CITATION = re.compile(r"\s*\[facts? [0-9., ]+\]")  # for those who read the code


def schema(kinds: Iterable[type[Written]] = tuple(DOCUMENTS.values())) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a document, which is of one of *kinds*.

    It tells an editor what may stand where. What it cannot say, such as that priorities must not
    tie, `parse` finds.
    """
    kinds = tuple(kinds)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ecs-logging",
        "description": "A document of the policy language of ecs-logging-controller.",
        "oneOf": [{"$ref": f"#/$defs/{model.__name__}"} for model in kinds],
        "$defs": definitions(kinds),
    }


def definitions(models: Iterable[type[Written]]) -> dict[str, dict[str, Any]]:
    """Return the schema of each of *models*, and of all that they are made of, by its name."""
    wanted: list[tuple[type[Written], JsonSchemaMode]] = [(one, "validation") for one in models]
    _, generated = models_json_schema(wanted, schema_generator=_AsWritten)
    made: dict[str, dict[str, Any]] = _tidied(generated)["$defs"]
    return made


def schema_text(kinds: Iterable[type[Written]] = tuple(DOCUMENTS.values())) -> str:
    """Return the schema as the text of the file that is published."""
    return json.dumps(schema(kinds), indent=2, ensure_ascii=False) + "\n"


class _AsWritten(GenerateJsonSchema):
    """Shows defaults as people write them."""

    def encode_default(self, dft: object) -> object:
        match dft:
            case timedelta():
                return duration_text(dft)
            case Decimal():
                return share_text(dft)
            case _:
                return super().encode_default(dft)


def _tidied(schema: dict[str, Any]) -> dict[str, Any]:
    """Set descriptions on one line, and drop what says nothing new: titles, which repeat the keys,
    and defaults that are empty or made of the defaults inside.
    """
    tidied: dict[str, Any] = {}
    for key, value in schema.items():
        match key, value:
            case ("title", _) | ("default", None | [] | {}):
                continue
            case "description", str():
                tidied[key] = " ".join(_CITATION.sub("", value).split())
            case "properties" | "$defs", dict():
                tidied[key] = {name: _tidied(one) for name, one in value.items()}
            case "items" | "additionalProperties", dict():
                tidied[key] = _tidied(value)
            case "anyOf" | "oneOf", list():
                tidied[key] = [_tidied(one) for one in value]
            case _:
                tidied[key] = value
    return tidied
