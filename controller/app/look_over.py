"""Looking once over all that a connection shows: AWS, or a saved inventory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from controller.app.connection import Connection
from controller.app.passes import passes_in, reported, world_of
from controller.core.consent import Never
from controller.core.outcome import Outcome
from controller.core.policy.policy_set import PolicySet
from controller.core.refs import ServiceRef
from controller.core.report import Report
from controller.core.service.candidate import Candidate
from controller.decide.gates import all_answered
from controller.decide.world import World
from controller.errors import AwsError
from controller.inventory import take_inventory
from controller.passes import Failure
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

    See `looked_over`.
    """
    report, _ = await looked_over(connection, settings, policies, clock, tell)
    return report


async def looked_over(
    connection: Connection,
    settings: Settings,
    policies: PolicySet,
    clock: Clock,
    tell: Callable[[Outcome], None],
) -> tuple[Report, World]:
    """Look once at every service and log group, and return the report, and what was seen for it.

    Of what would be rolled, every gate is asked: the report tells all that holds it.

    *tell* is called with each Outcome as it comes. Raises an AwsError where nothing can be listed.
    """
    inventory = await take_inventory(connection.ecs, clusters=settings.clusters)
    held: dict[ServiceRef, Candidate] = {}
    world = replace(world_of(connection, inventory, policies, Never(), clock), held=held)
    passes = passes_in(world, None, settings, tell)
    await passes.once(inventory.services)
    said = await all_answered(held, world, at_once=settings.workers)
    for ref, one in said.items():
        if isinstance(one, AwsError):
            passes.failures[ref] = Failure(1, one)
        else:
            passes.outcomes[ref] = replace(passes.outcomes[ref], gates=one)
    return reported(passes, inventory, policies, clock.now()), world
