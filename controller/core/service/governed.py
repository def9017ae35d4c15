"""Which containers a policy speaks of, and where each of them is to log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from controller.core.document.json import Json, Missing, text
from controller.core.document.unresolved import Unresolved
from controller.core.policy.containers import Traits, destination_for, is_excluded
from controller.core.policy.glob import matches
from controller.core.policy.model import Accepted, Destination, LoggingPolicy
from controller.core.service.context import ServiceContext
from controller.core.service.task_definition import Container, TaskDefinition


def governed(
    task_definition: TaskDefinition, context: ServiceContext
) -> Iterator[tuple[Container, Destination]]:
    """Yield each container that the policy does not exclude, with its destination.

    A container of which this is not certain is left out: `undecided` tells why.
    """
    policy = context.policy
    for container in task_definition.containers:
        if undecided(container, policy) is not None or is_excluded(policy, traits(container)):
            continue
        if (destination := destination_for(policy, traits(container))) is not None:
            yield container, destination


def traits(container: Container) -> Traits:
    """Return what policies select *container* by; what stands there as a hole is not known."""
    image = container.document.get("image")
    essential = container.essential
    return Traits(
        container.name,
        None if isinstance(image, Unresolved) else container.image,
        essential if isinstance(essential, bool) else None,
    )


def undecided(container: Container, policy: LoggingPolicy) -> Unresolved | None:
    """Return what leaves open how *policy* takes *container*, or None.

    That may be its image, or whether it is essential, where the policy selects by it; its driver;
    or what a shape that the policy accepts asks of its log configuration.
    """
    excluded = is_excluded(policy, traits(container))
    if excluded:
        return None
    if excluded is None or destination_for(policy, traits(container)) is None:
        return _unknown_trait(container)
    if isinstance(container.driver, Unresolved):
        return container.driver
    verdicts = [_fits(container, shape) for shape in policy.accept]
    if any(verdict is True for verdict in verdicts):
        return None
    return next((one for one in verdicts if isinstance(one, Unresolved)), None)


def _unknown_trait(container: Container) -> Unresolved:
    written = (container.document.get("image"), container.essential)
    holes = (one for one in written if isinstance(one, Unresolved))
    return next(holes, Unresolved("`essential` is neither true nor false"))


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
        yield _outputs_to(container, shape.output)
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


def _outputs_to(container: Container, plugin: str) -> bool | Unresolved:
    """Tell whether FireLens is told to use *plugin*, by the key of either router [fact 3.17]."""
    verdicts = [_is(container.option(key), plugin) for key in ("Name", "@type")]
    if any(verdict is True for verdict in verdicts):
        return True
    return next((one for one in verdicts if isinstance(one, Unresolved)), False)


def _is(written: Json | Missing, expected: str) -> bool | Unresolved:
    return written if isinstance(written, Unresolved) else text(written) == expected
