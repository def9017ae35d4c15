"""Keys: which keys the language knows in a mapping, read from the models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from pydantic.fields import FieldInfo

from controller.core.policy.written import Written


def known_keys(model: type[Written], path: tuple[str | int, ...]) -> tuple[str, ...]:
    """Return the keys that the mapping at a path of a document, of which *model* is that, may have.

    A step that is no key of a model (an index, the id of a rule) stays at the model.
    """
    for step in path:
        field = _fields(model).get(str(step))
        model = next(_models(field.annotation), model) if field else model
    return tuple(_fields(model))


def _fields(model: type[Written]) -> dict[str, FieldInfo]:
    return {str(field.validation_alias): field for field in model.model_fields.values()}


def _models(annotation: object) -> Iterator[type[Written]]:
    if isinstance(annotation, type) and issubclass(annotation, Written):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)
