"""Containers: which of a policy's destinations is a container's, and which it leaves alone."""

from __future__ import annotations

from collections.abc import Iterable

from controller.core.policy.destination import Destination
from controller.core.policy.glob import matches_any
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.selector import ContainerSelector


def is_excluded(policy: LoggingPolicy, container_name: str, image: str) -> bool:
    """Say whether a policy leaves a container alone."""
    return _any_fits(policy.containers.exclude, container_name, image)


def destination_for(policy: LoggingPolicy, container_name: str, image: str) -> Destination:
    """Return the first destination that selects a container; the last selects all that are left."""
    *earlier, last = policy.destinations
    for destination in earlier:
        if _any_fits(destination.containers or (), container_name, image):
            return destination
    return last


def _any_fits(selectors: Iterable[ContainerSelector], name: str, image: str) -> bool:
    return any(
        (not selector.names or matches_any(selector.names, name))
        and (not selector.images or matches_any(selector.images, image))
        for selector in selectors
    )
