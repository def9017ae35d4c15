"""Selectors: which services a policy speaks of, and which of their containers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, Strict, WithJsonSchema, model_validator

from controller.core.policy.problem import Fault, Reason
from controller.core.policy.tags import TagSelector
from controller.core.policy.written import Written, refusal

Glob = Annotated[str, Field(min_length=1)]
"""A pattern: `*` for anything, `?` for one character."""

Globs = Annotated[tuple[Glob, ...], Field(min_length=1)]
"""Patterns of which any may fit."""

_NAME: Final = r"[A-Za-z0-9_*?-]+"
_ACCOUNT: Final = r"([0-9]{12}|[0-9]*[*?][0-9*?]*)"
_REGION: Final = r"[a-z0-9*?-]+"
_PLATFORM: Final = r"[A-Z0-9_*?]+"
_NO_NAMES: Final = {
    "!": "nothing is negated here: write what is not meant under `exclude`",
    "[": "list each name, or write `?` for any one character",
    "{": "variables are not filled in here: write the name, or `*` for any",
}
"""What people write of names in other languages, and what to write in this one."""


def _name(kind: str) -> Callable[[str], str]:
    """Return what refuses a pattern that no name of a *kind*, such as service, can fit."""

    def check(written: str) -> str:
        if re.fullmatch(_NAME, written):
            return written
        message = f"a {kind}'s name holds letters, digits, - and _, so none fits `{written}`"
        raise refusal(Fault(Reason.INVALID_VALUE, message, _instead(written, kind)))

    return check


def _instead(written: str, kind: str) -> str:
    """Return what to write instead of what is no pattern of names."""
    bare = written.rpartition("/")[2]
    if kind == "family" or written.startswith("arn:"):
        bare = bare.partition(":")[0]  # the revision, which is no part of a family
    alone = f": {bare}" if bare != "arn" and re.fullmatch(_NAME, bare) else ""
    if written.startswith("arn:"):
        return f"an ARN is no name: write its name alone{alone}"
    if kind == "service" and "/" in written:
        return f"write the cluster in `clusters`, and here the service alone{alone}"
    told = (hint for sign, hint in _NO_NAMES.items() if sign in written)
    return next(told, f"write the {kind}'s name alone{alone}")


def _account(written: str) -> str:
    if re.fullmatch(_ACCOUNT, written):
        return written
    message = f"an account id is 12 digits, so none fits `{written}`"
    hint = "write all 12 digits in quotes, or `*` and `?` for those that may be any"
    raise refusal(Fault(Reason.INVALID_VALUE, message, hint))


def _region(written: str) -> str:
    if re.fullmatch(_REGION, written):
        return written
    message = f"a Region's name holds small letters, digits and -, so none fits `{written}`"
    lower = written.lower().replace("_", "-")
    hint = lower if re.fullmatch(_REGION, lower) else "eu-central-1 or eu-*"
    raise refusal(Fault(Reason.INVALID_VALUE, message, f"write it as AWS does: {hint}"))


def _platform(written: str) -> str:
    if re.fullmatch(_PLATFORM, written):
        return written
    message = f"a platform's name holds capital letters, digits and _, so none fits `{written}`"
    upper = written.upper().replace("-", "_")
    hint = upper if re.fullmatch(_PLATFORM, upper) else "LINUX or WINDOWS_*"
    raise refusal(Fault(Reason.INVALID_VALUE, message, f"write it as ECS does: {hint}"))


def _of(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"})


_Cluster = Annotated[Glob, AfterValidator(_name("cluster")), _of(_NAME)]
_Service = Annotated[Glob, AfterValidator(_name("service")), _of(_NAME)]
_Family = Annotated[Glob, AfterValidator(_name("family")), _of(_NAME)]
_Account = Annotated[Glob, AfterValidator(_account), _of(_ACCOUNT)]
_Region = Annotated[Glob, AfterValidator(_region), _of(_REGION)]
_Platform = Annotated[Glob, AfterValidator(_platform), _of(_PLATFORM)]

_Some = Field(min_length=1)

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

    clusters: Annotated[tuple[_Cluster, ...], _Some] = ()
    """Names of clusters, as globs of which any may fit. Without it, any cluster."""

    services: Annotated[tuple[_Service, ...], _Some] = ()
    """Names of services, as globs of which any may fit. Without it, any service."""

    families: Annotated[tuple[_Family, ...], _Some] = ()
    """Families of the task definitions that services are set to, as globs of which any may fit.
    Without it, any family."""

    accounts: Annotated[tuple[_Account, ...], _Some] = ()
    """Account ids, in quotes, as globs of which any may fit. Without it, any account."""

    regions: Annotated[tuple[_Region, ...], _Some] = ()
    """Regions, such as eu-central-1, as globs of which any may fit. Without it, any Region."""

    launch_types: Annotated[tuple[LaunchType, ...], Field(min_length=1)] = ()
    """What tasks may run on, by launch type or through capacity providers. A service that may run
    on several fits if any of them is listed, because all its tasks share one task definition.
    Without it, anything."""

    platforms: Annotated[tuple[_Platform, ...], _Some] = ()
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
