"""The services of an inventory as a person asks for them: where they run, and how they log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from controller.core.document.json import Json, Missing, text
from controller.core.inventory_file.model import InventoryFile, Key, Known
from controller.core.inventory_file.questions import LAUNCH_TYPES
from controller.core.refs import LogGroupRef, ServiceRef
from controller.core.service.capacity import launch_types
from controller.core.service.in_use import groups_in_use
from controller.core.service.observed import Service
from controller.core.service.task_definition import TaskDefinition


@dataclass(frozen=True, slots=True)
class Listed:
    """One service. `drivers` are those of its containers by name; None is no log configuration.

    `task_definition` and `launch_types` are None where they are not known.
    """

    ref: ServiceRef
    task_definition: str | None
    launch_types: tuple[str, ...] | None
    drivers: Mapping[str, str | None]
    log_groups: tuple[LogGroupRef, ...]


def listing(inventory: InventoryFile) -> Iterator[Listed]:
    """Yield the services of *inventory*, in the order of their ARNs."""
    providers = _providers(inventory)
    for ref, service in inventory.services:
        yield _listed(ref, service, inventory, providers.get(ref.region, {}))


def _listed(
    ref: ServiceRef, service: Service, inventory: InventoryFile, providers: Mapping[str, str]
) -> Listed:
    revision = inventory.revision(ref.region, service.task_definition)
    placed_on = launch_types(service.document, providers)
    containers = () if revision is None else TaskDefinition(revision.document).containers
    return Listed(
        ref=ref,
        task_definition=service.task_definition,
        launch_types=None if placed_on is None else tuple(sorted(placed_on)),
        drivers={one.name: _driver(one.driver) for one in containers},
        log_groups=() if revision is None else groups_in_use(ref, revision),
    )


def _driver(written: Json | Missing) -> str | None:
    return None if isinstance(written, Missing) else text(written)


def _providers(inventory: InventoryFile) -> dict[str, dict[str, str]]:
    """Return the launch types of capacity providers that were asked for, by Region and name."""
    found: dict[str, dict[str, str]] = {}
    for key, answer in inventory.answers.items():
        known = _known(key, answer) if isinstance(answer, Known) else {}
        found.setdefault(key.region, {}).update(known)
    return found


def _known(key: Key, answer: Known) -> Mapping[str, str]:
    named = answer.answer if key.question == LAUNCH_TYPES.name else None
    return named if isinstance(named, Mapping) else {}
