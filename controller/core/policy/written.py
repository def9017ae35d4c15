"""Written: what every model of something that people write has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from controller.core.policy.problem import Fault


class Written(BaseModel):
    """Something that people write: camelCase on the wire, immutable, and nothing unknown in it."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
        validate_by_alias=True,
        validate_by_name=True,
    )


def refusal(*faults: Fault) -> PydanticCustomError:
    """Return what a validator raises to refuse a value, carrying each fault that it found."""
    message = "; ".join(fault.message for fault in faults)
    return PydanticCustomError("refused", "{message}", {"message": message, "faults": faults})
