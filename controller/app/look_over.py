"""Looking once over all that a connection shows: AWS, or a saved inventory."""

from __future__ import annotations

from collections.abc import Callable

from controller.app.connection import Connection
from controller.app.passes import passes_over, reported
from controller.core.consent import Never
from controller.core.outcome import Outcome
from controller.core.policy.policy_set import PolicySet
from controller.core.report import Report
from controller.inventory import take_inventory
from controller.ports.clock import Clock
from controller.settings import Settings


async def look_over(
    connection: Connection,
    settings: Settings,
    policies: PolicySet,
    clock: Clock,
    tell: Callable[[Outcome], None],
) -> Report:
    """Look once at every service and log group, and return the report; nothing is moved.

    *tell* is called with each Outcome as it comes. Raises an AwsError where nothing can be listed.
    """
    inventory = await take_inventory(connection.ecs, clusters=settings.clusters)
    passes = passes_over(connection, inventory, settings, policies, Never(), clock, tell)
    await passes.once(inventory.services)
    return reported(passes, inventory, policies, clock.now())
