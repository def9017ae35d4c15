"""What a rule for services may know besides the task definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from controller.core.document.json import Json
from controller.core.document.unresolved import Unresolved
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.template import Missing as Unnamed
from controller.core.policy.template import render
from controller.core.service.task_definition import Container

NAMES = ("account", "region", "partition", "cluster", "service", "family")


@dataclass(frozen=True, slots=True)
class ServiceContext:
    """The policy that governs, the names that its templates use, and the account's default.

    A name that is None is not known, as for a file that is checked without its context.
    `default_mode` is the delivery mode that ECS takes where a container states none: the account
    setting defaultLogDriverMode, then non-blocking [fact 2.9]; Unresolved where it could not be
    read.
    """

    policy: LoggingPolicy
    names: Mapping[str, str | None]
    default_mode: Json

    def rendered(self, template: str, container: Container) -> Json:
        """Return *template* with the names of this service and *container* filled in.

        The answer is Unresolved where a name that the template uses is not known.
        """
        shown = render(template, {**self.names, "container": container.name})
        if isinstance(shown, Unnamed):
            return Unresolved(f"the context does not say {', '.join(shown.names)}")
        return shown
