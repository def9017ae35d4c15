"""Containers: which of a policy's destinations is a container's, and which it leaves alone.

As with services, whether a selector fits is yes, no, or not to be told (None).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from controller.core.policy.destination import Destination
from controller.core.policy.glob import matches_any
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.selector import ContainerSelector


@dataclass(frozen=True, slots=True)
class Traits:
    """What policies select a container by; None is what is not known."""

    name: str
    image: str | None
    essential: bool | None = True


def is_excluded(policy: LoggingPolicy, container: Traits) -> bool | None:
    """Say whether a policy leaves a container alone."""
    return any_fits(policy.containers.exclude, container)


def destination_for(policy: LoggingPolicy, container: Traits) -> Destination | None:
    """Return the first destination that selects a container; the last selects all that are left.

    None where it cannot be told which that is.
    """
    *earlier, last = policy.destinations
    for destination in earlier:
        fits = any_fits(destination.containers or (), container)
        if fits is not False:
            return destination if fits else None
    return last


def any_fits(selectors: Iterable[ContainerSelector], container: Traits) -> bool | None:
    """Say whether a container fits some selector; of none at all, it fits none."""
    verdicts = {_fits(selector, container) for selector in selectors}
    return True if True in verdicts else None if None in verdicts else False


def _fits(selector: ContainerSelector, container: Traits) -> bool | None:
    verdicts = {
        _glob(selector.names, container.name),
        _glob(selector.images, container.image),
        _same(selector.essential, container.essential),
    }
    return False if False in verdicts else None if None in verdicts else True


def _glob(patterns: tuple[str, ...], value: str | None) -> bool | None:
    if not patterns or "*" in patterns:
        return True
    return None if value is None else matches_any(patterns, value)


def _same(stated: bool | None, actual: bool | None) -> bool | None:  # noqa: FBT001 - three-valued
    if stated is None:
        return True
    return None if actual is None else stated == actual
