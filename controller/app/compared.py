"""Judging one fleet by two sets of policies: that of AWS, or of a saved inventory.

A connection that remembers what it was asked shows both sets the fleet of one moment; what only one
of them needs to know is asked for it alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from controller.app.connection import Connection
from controller.app.offline import AsOf, narrowed
from controller.app.passes import passes_over, reported
from controller.core.consent import Never
from controller.core.inventory_file.model import InventoryFile
from controller.core.outcome import Outcome
from controller.core.pace.traffic import Traffic
from controller.core.policy.policy_set import PolicySet
from controller.core.policy_impact.compare import compare
from controller.core.policy_impact.model import Impact, Judged, Pair
from controller.core.refs import ServiceRef
from controller.core.service.logs_to import logs_to
from controller.core.service.observed import Service
from controller.core.service.subject import needs_capacity
from controller.decide.judged import judge_service
from controller.errors import AwsError
from controller.inventory import take_inventory
from controller.observe.clusters import observe_states
from controller.observe.service import look_at_capacity, observe_service
from controller.settings import Settings

Tell: TypeAlias = Callable[[Outcome], None]


async def impact_offline(
    inventory: InventoryFile, settings: Settings, policies: Pair[PolicySet], tell: Tell
) -> Impact:
    """Return what the new set would have changed of the fleet when the inventory was taken.

    Regions and clusters of *settings* narrow what is looked at. Raises UsageError for a Region that
    the inventory does not cover.
    """
    connection, looking = narrowed(inventory, settings)
    return await compared(connection, looking, policies, AsOf(inventory.taken_at), tell)


async def judged_offline(
    inventory: InventoryFile, settings: Settings, policies: PolicySet, tell: Tell
) -> Judged:
    """Return how *policies* would have judged the fleet when the inventory was taken.

    Narrows, and raises, as `impact_offline` does.
    """
    connection, looking = narrowed(inventory, settings)
    return await _judged(connection, looking, policies, AsOf(inventory.taken_at), tell)


async def compared(
    connection: Connection, settings: Settings, policies: Pair[PolicySet], clock: AsOf, tell: Tell
) -> Impact:
    """Return what the new set would change of the fleet that *connection* shows.

    Raises an AwsError where nothing can be listed; what single targets hide is told as a gap.
    """
    old = await _judged(connection, settings, policies.old, clock, tell)
    new = await _judged(connection, settings, policies.new, clock, tell)
    clusters = old.traffic.clusters | new.traffic.clusters
    return compare(old, new, await observe_states(clusters, connection.state))


async def _judged(
    connection: Connection, settings: Settings, policies: PolicySet, clock: AsOf, tell: Tell
) -> Judged:
    inventory = await take_inventory(connection.ecs, clusters=settings.clusters)
    passes = passes_over(connection, inventory, settings, policies, Never(), clock, tell)
    await passes.once(inventory.services)
    services = sorted(inventory.services)
    seen = (passes.fleet.traffic(ref) for ref in services)
    return Judged(
        policies=policies,
        report=reported(passes, inventory, policies, clock.now()),
        traffic=next(seen, Traffic(complete=True, whole=inventory.whole)),
        logs_to={ref: await _logs_to(ref, connection, policies, clock) for ref in services},
    )


async def _logs_to(
    ref: ServiceRef, connection: Connection, policies: PolicySet, clock: AsOf
) -> dict[str, str]:
    """Return where the containers of a service would log; nothing where it cannot be seen."""
    ecs = connection.ecs[ref.region]
    try:
        observed = await observe_service(ref, connection.identity, ecs)
        if observed is None or isinstance(observed, Service):
            return {}
        while needs_capacity(observed, policies):
            observed = await look_at_capacity(observed, ecs)
    except AwsError:  # which the report tells as a gap, or of the service
        return {}
    judged = judge_service(observed, policies, now=clock.now())
    return logs_to(judged.verdict.proposed, ref)
