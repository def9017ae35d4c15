"""What a rule for services may know besides the task definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from controller.core.document.json import Json
from controller.core.document.unresolved import Unresolved
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.naming import Naming, objection
from controller.core.policy.retention import variable_of
from controller.core.policy.scope import Scope
from controller.core.policy.template import NotKnown, NoValue, Value
from controller.core.reason import Reason
from controller.core.service.task_definition import Container

NAMES = ("account", "region", "partition", "cluster", "service", "family")

Rendered: TypeAlias = str | Unresolved | Reason
"""A name; or Unresolved, where it is not known here; or why the policy can give none."""


@dataclass(frozen=True, slots=True)
class ServiceContext:
    """The policy that governs, what its templates may name, and the account's default.

    A name that is None is not known, as for a file that is checked without its context; so are
    the tags of the service where `tags` is None. `default_mode` is the delivery mode that ECS
    takes where a container states none: the account setting defaultLogDriverMode, then
    non-blocking [fact 2.9]; Unresolved where it could not be read.
    """

    policy: LoggingPolicy
    names: Mapping[str, str | None]
    default_mode: Json
    tags: Mapping[str, str] | None = None

    def scope(self, container: Container | None = None) -> Scope:
        """Return what templates may name of this service, and of *container*."""
        names = self.names if container is None else {**self.names, "container": container.name}
        return Scope(names, self.tags, self.policy.variables)

    def rendered(self, template: str, container: Container, naming: Naming) -> Rendered:
        """Return the name that *template* gives for *container*, or why it gives none.

        It is `NoValue` where a tag or a variable has no value and the template no default, and
        `InvalidName` where AWS would not take the name.
        """
        name = _told(self.scope(container).render(template))
        if isinstance(name, str) and (wrong := objection(name, naming)):
            return Reason("InvalidName", f"what its template gives is not {naming.noun}: {wrong}")
        return name

    @property
    def retention_in_days(self) -> int | Unresolved | Reason | None:
        """The days for which the policy wants log groups to keep events; None: it says nothing."""
        group = self.policy.log_group
        stated = None if group is None else group.retention_in_days
        if stated is None or isinstance(stated, int):
            return stated
        days = self.scope().variable(variable_of(stated) or "")
        if isinstance(days, int):
            return days
        told = _told(days)
        return Reason("NoValue", f"{stated} is no number") if isinstance(told, str) else told


def _told(value: Value) -> Rendered:
    match value:
        case NotKnown(names=names):
            return Unresolved(f"the context does not say {', '.join(names)}")
        case NoValue(because=because):
            return Reason("NoValue", because)
        case name:
            return name
