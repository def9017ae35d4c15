"""Which containers a policy speaks of, and where each of them is to log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from controller.core.document.json import Json, Missing, text
from controller.core.document.unresolved import Unresolved
from controller.core.policy.containers import destination_for, is_excluded
from controller.core.policy.glob import matches, matches_any
from controller.core.policy.model import Accepted, Destination, LoggingPolicy
from controller.core.service.context import ServiceContext
from controller.core.service.task_definition import Container, TaskDefinition


def governed(
    task_definition: TaskDefinition, context: ServiceContext
) -> Iterator[tuple[Container, Destination]]:
    """Yield each container that the policy does not exclude, with its destination.

    A container of which this is not certain is left out: `undecided` tells why.
    """
    for container in task_definition.containers:
        if undecided(container, context.policy) is None and not is_excluded(
            context.policy, container.name, container.image
        ):
            yield container, destination_for(context.policy, container.name, container.image)


def undecided(container: Container, policy: LoggingPolicy) -> Unresolved | None:
    """Return what leaves open how *policy* takes *container*, or None.

    That may be its image, where the policy selects by images; its driver; or what a shape that
    the policy accepts asks of its log configuration.
    """
    image = container.document.get("image")
    if is_excluded(policy, container.name, container.image):
        return None
    if isinstance(image, Unresolved) and _selects_by_image(policy, container.name):
        return image
    if isinstance(container.driver, Unresolved):
        return container.driver
    verdicts = [_fits(container, shape) for shape in policy.accept]
    if any(verdict is True for verdict in verdicts):
        return None
    return next((one for one in verdicts if isinstance(one, Unresolved)), None)


def _selects_by_image(policy: LoggingPolicy, name: str) -> bool:
    selectors = [*policy.containers.exclude]
    for destination in policy.destinations:
        selectors += destination.containers or ()
    return any(one.images and (not one.names or matches_any(one.names, name)) for one in selectors)


def logs_by(container: Container, driver: str) -> bool:
    """Tell whether *container* is known to log by *driver*."""
    return text(container.driver) == driver


def is_accepted(container: Container, policy: LoggingPolicy) -> bool:
    """Tell whether *container* is known to log in a shape that the policy also accepts."""
    return any(_fits(container, shape) is True for shape in policy.accept)


def _fits(container: Container, shape: Accepted) -> bool | Unresolved:
    """Tell whether *container* logs in the shape; Unresolved where that cannot be told."""
    verdicts = tuple(_conditions(container, shape))
    if any(verdict is False for verdict in verdicts):
        return False
    return next((one for one in verdicts if isinstance(one, Unresolved)), True)


def _conditions(container: Container, shape: Accepted) -> Iterable[bool | Unresolved]:
    yield _is(container.driver, shape.driver)
    if shape.output is not None:
        yield _is(container.option("Name"), shape.output)
    for name, pattern in shape.options.items():
        written = container.option(name)
        yield (
            written
            if isinstance(written, Unresolved)
            else isinstance(written, str) and matches(pattern, written)
        )
    names = container.secret_options
    missing = set(shape.secret_options) - {name for name in names if isinstance(name, str)}
    if missing:
        yield next((name for name in names if isinstance(name, Unresolved)), False)


def _is(written: Json | Missing, expected: str) -> bool | Unresolved:
    return written if isinstance(written, Unresolved) else text(written) == expected
