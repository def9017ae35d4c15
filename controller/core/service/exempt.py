"""Which containers of a task definition the exceptions that are in force select."""

from __future__ import annotations

from collections.abc import Iterable

from controller.core.policy.containers import any_fits
from controller.core.policy.exception import PolicyException
from controller.core.service.governed import traits
from controller.core.service.task_definition import TaskDefinition


def exempt_containers(
    exceptions: Iterable[PolicyException], task_definition: TaskDefinition
) -> dict[str, frozenset[str]]:
    """Return, by the exception's name, the names of the containers that it selects.

    An exception that selects no containers, but whole services, has no entry. A container of which
    it cannot be told is not exempt.
    """
    return {
        exception.name: frozenset(
            container.name
            for container in task_definition.containers
            if any_fits(exception.containers, traits(container))
        )
        for exception in exceptions
        if exception.containers is not None
    }
