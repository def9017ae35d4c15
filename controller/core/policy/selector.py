"""Selectors: which services a policy speaks of, and which of their containers."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from controller.core.policy.problem import Fault, Reason
from controller.core.policy.written import Written, refusal

Glob = Annotated[str, Field(min_length=1)]
"""A pattern: `*` for anything, `?` for one character."""

Globs = Annotated[tuple[Glob, ...], Field(min_length=1)]
"""Patterns of which any may fit."""


class _Stating(Written):
    """A selector, which must select by something: one that states nothing is a slip of the pen."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    @model_validator(mode="after")
    def _states_something(self) -> Self:
        if not self.model_fields_set:
            keys = " or ".join(f"`{field.alias}`" for field in type(self).model_fields.values())
            hint = f'write {keys}; "*" stands for all of them'
            raise refusal(Fault(Reason.INVALID_VALUE, "this selector selects by nothing", hint))
        return self


class Selector(_Stating):
    """Services that fit everything that is stated here."""

    clusters: Globs = ()
    """Names of clusters, as globs of which any may fit. Without it, any cluster."""

    services: Globs = ()
    """Names of services, as globs of which any may fit. Without it, any service."""


class ContainerSelector(_Stating):
    """Containers that fit everything that is stated here."""

    names: Globs = ()
    """Names of containers, as globs of which any may fit. Without it, any name."""

    images: Globs = ()
    """Images as the task definition writes them, registry, tag and digest included, as globs of
    which any may fit: `*/envoy*`. Without it, any image."""
