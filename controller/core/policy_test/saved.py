"""A service of an inventory as what is given to a case."""

from __future__ import annotations

from typing import get_args

from controller.core.document.json import Document
from controller.core.inventory_file.listing import listing
from controller.core.inventory_file.model import InventoryFile, Key, Known
from controller.core.inventory_file.questions import DEFAULT_DELIVERY_MODE
from controller.core.policy.destination import DeliveryMode
from controller.core.policy_test.model import Given
from controller.core.refs import ServiceRef


def saved(given: Given, inventory: InventoryFile) -> tuple[Given, Document] | str:
    """Return what the inventory knows of the service that *given* names, and what it runs.

    What *given* states goes before it. Where there is no such service, or more than one, the
    answer says so.
    """
    found = [(ref, service) for ref, service in inventory.services if _is_meant(ref, given)]
    if len(found) != 1:
        which = "no such service" if not found else "more than one such service"
        return f"the inventory holds {which}: name it by cluster and service"
    ((ref, service),) = found
    revision = inventory.revision(ref.region, service.task_definition)
    if revision is None:
        return f"the inventory does not hold what {ref.cluster}/{ref.name} runs"
    placed_on = {one.ref: one.launch_types for one in listing(inventory)}[ref]
    known = Given.model_construct(
        account=ref.account,
        region=ref.region,
        partition=ref.partition,
        cluster=ref.cluster,
        service=ref.name,
        family=revision.family,
        launch_types=placed_on,
        scheduling_strategy=service.scheduling_strategy,
        deployment_controller=service.controller,
        tags=service.tags,
        created_at=service.created_at,
        default_log_driver_mode=_default_mode(inventory, ref.region),
    )
    return given.over(known), revision.document


def _is_meant(ref: ServiceRef, given: Given) -> bool:
    stated = {
        "account": ref.account,
        "region": ref.region,
        "cluster": ref.cluster,
        "service": ref.name,
    }
    return all(getattr(given, name) in {None, value} for name, value in stated.items())


def _default_mode(inventory: InventoryFile, region: str) -> DeliveryMode | None:
    answer = inventory.answers.get(Key(region, DEFAULT_DELIVERY_MODE.name, ""))
    mode = answer.answer if isinstance(answer, Known) else None
    return next((one for one in get_args(DeliveryMode) if one == mode), None)
