"""Holds an answer of the sandbox against botocore's model: members, types and enumerations."""

from __future__ import annotations

import functools
import json
from typing import Any

import botocore.session
from botocore.model import ListShape, ServiceModel, Shape, StringShape, StructureShape
from botocore.validate import ParamValidator


@functools.cache
def service_model(service: str) -> ServiceModel:
    return botocore.session.get_session().get_service_model(service)


def problems_of_answer(service: str, operation: str, body: bytes) -> list[str]:
    """What of a raw JSON answer the model does not allow; empty where all is well."""
    shape = service_model(service).operation_model(operation).output_shape
    answer = json.loads(body or b"{}")
    if shape is None:
        return [] if answer == {} else [f"{operation} answers nothing, not {answer}"]
    report = ParamValidator().validate(answer, shape)
    found = [report.generate_report()] if report.has_errors() else []
    return found + list(_outside_enumerations(answer, shape, operation))


def _outside_enumerations(value: Any, shape: Shape, place: str) -> list[str]:
    if isinstance(shape, StructureShape):
        return [
            problem
            for name, member in value.items()
            if name in shape.members
            for problem in _outside_enumerations(member, shape.members[name], f"{place}.{name}")
        ]
    if isinstance(shape, ListShape):
        return [
            problem
            for item in value
            for problem in _outside_enumerations(item, shape.member, place)
        ]
    allowed = shape.enum if isinstance(shape, StringShape) else []
    return [f"{place}: {value}"] if allowed and value not in allowed else []
