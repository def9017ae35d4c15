"""Which containers a policy speaks of, and where each of them is to log."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from controller.core.document.json import text
from controller.core.policy.containers import destination_for, is_excluded
from controller.core.policy.model import Accepted, Destination, LoggingPolicy
from controller.core.service.context import ServiceContext
from controller.core.service.task_definition import Container, TaskDefinition


def governed(
    task_definition: TaskDefinition, context: ServiceContext
) -> Iterator[tuple[Container, Destination]]:
    """Yield each container that the policy does not exclude, with its destination."""
    for container in task_definition.containers:
        if not is_excluded(context.policy, container.name, container.image):
            yield container, destination_for(context.policy, container.name, container.image)


def logs_by(container: Container, driver: str) -> bool:
    """Tell whether *container* is known to log by *driver*."""
    return text(container.driver) == driver


def is_accepted(container: Container, policy: LoggingPolicy) -> bool:
    """Tell whether *container* logs in a shape that the policy also accepts."""
    return any(_fits(container, shape) for shape in policy.accept)


def _fits(container: Container, shape: Accepted) -> bool:
    if not logs_by(container, shape.driver):
        return False
    if shape.output is not None and text(container.options.get("Name")) != shape.output:
        return False
    options = (
        (written := text(container.options.get(name))) is not None and fnmatchcase(written, pattern)
        for name, pattern in shape.options.items()
    )
    return all(options) and set(shape.secret_options) <= set(container.secret_options)
