"""Selectors: which services a policy speaks of, and which of their containers."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, Strict, model_validator

from controller.core.policy.problem import Fault, Reason
from controller.core.policy.tags import TagSelector
from controller.core.policy.written import Written, refusal

Glob = Annotated[str, Field(min_length=1)]
"""A pattern: `*` for anything, `?` for one character."""

Globs = Annotated[tuple[Glob, ...], Field(min_length=1)]
"""Patterns of which any may fit."""

LaunchType = Literal["FARGATE", "EC2", "EXTERNAL", "MANAGED_INSTANCES"]
"""What tasks run on [fact 1.21]; that of FARGATE_SPOT is FARGATE."""

SchedulingStrategy = Literal["REPLICA", "DAEMON"]
"""How many tasks a service has: a number, or one on each instance [fact 4.14]."""

DeploymentController = Literal["ECS", "CODE_DEPLOY", "EXTERNAL"]
"""What deploys a service [facts 4.12, 4.13]."""


class _Stating(Written):
    """A selector, which must select by something: one that states nothing is a slip of the pen."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    @model_validator(mode="after")
    def _states_something(self) -> Self:
        keys = {name: str(field.alias) for name, field in type(self).model_fields.items()}
        if not self.model_fields_set:
            *others, last = (f"`{key}`" for key in keys.values())
            first = next(iter(keys.values()))
            hint = f'write {", ".join(others)} or {last}; `{first}: ["*"]` stands for all'
            raise refusal(Fault(Reason.INVALID_VALUE, "this selector selects by nothing", hint))
        if blank := [key for name, key in keys.items() if self._is_blank(name)]:
            message, hint = "nothing is stated here", "state something, or remove the key"
            raise refusal(*(Fault(Reason.INVALID_VALUE, message, hint, (key,)) for key in blank))
        return self

    def _is_blank(self, name: str) -> bool:
        return name in self.model_fields_set and getattr(self, name) is None


class Selector(_Stating):
    """Services that fit everything that is stated here."""

    clusters: Globs = ()
    """Names of clusters, as globs of which any may fit. Without it, any cluster."""

    services: Globs = ()
    """Names of services, as globs of which any may fit. Without it, any service."""

    families: Globs = ()
    """Families of the task definitions that services are set to, as globs of which any may fit.
    Without it, any family."""

    accounts: Globs = ()
    """Account ids, in quotes, as globs of which any may fit. Without it, any account."""

    regions: Globs = ()
    """Regions, such as eu-central-1, as globs of which any may fit. Without it, any Region."""

    launch_types: Annotated[tuple[LaunchType, ...], Field(min_length=1)] = ()
    """What tasks may run on, by launch type or through capacity providers. A service that may run
    on several fits if any of them is listed, because all its tasks share one task definition.
    Without it, anything."""

    platforms: Globs = ()
    """Operating systems as task definitions name them (operatingSystemFamily), such as LINUX or
    WINDOWS_*, as globs of which any may fit. Without it, any platform."""

    scheduling_strategies: Annotated[tuple[SchedulingStrategy, ...], Field(min_length=1)] = ()
    """How services are scheduled. Without it, either way."""

    deployment_controllers: Annotated[tuple[DeploymentController, ...], Field(min_length=1)] = ()
    """What deploys services. Without it, anything."""

    tags: TagSelector | None = None
    """Tags of the service, of which all must be as stated. Without it, any tags."""


class ContainerSelector(_Stating):
    """Containers that fit everything that is stated here."""

    names: Globs = ()
    """Names of containers, as globs of which any may fit. Without it, any name."""

    images: Globs = ()
    """Images as the task definition writes them, registry, tag and digest included, as globs of
    which any may fit: `*/envoy*`. Without it, any image."""

    essential: Annotated[bool, Strict()] | None = None
    """Whether the container is essential; one that does not say is [fact 1.5]. Without it, both."""
