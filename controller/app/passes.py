"""Building what passes over a fleet need, and the report of what they saw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from controller.app.connect import Connection
from controller.core.consent import Consent
from controller.core.outcome import Outcome
from controller.core.policy.policy_set import PolicySet
from controller.core.report import Report
from controller.decide.world import World
from controller.fleet import Fleet
from controller.inventory import Inventory
from controller.passes import Passes
from controller.ports.clock import Clock
from controller.reconcile import Reconciler
from controller.settings import Settings


def passes_over(
    connection: Connection,
    inventory: Inventory,
    settings: Settings,
    policies: PolicySet,
    consent: Consent,
    clock: Clock,
    tell: Callable[[Outcome], None],
) -> Passes:
    """Return the passes over the fleet of *inventory*, none of which has been made yet."""
    fleet = Fleet()
    fleet.expect(inventory.services, whole=inventory.whole)
    world = World(
        ecs=connection.ecs,
        logs=connection.logs,
        identity=connection.identity,
        policies=lambda: policies,
        consent=consent,
        fleet=fleet,
        clock=clock,
    )
    reconciler = Reconciler(world, connection.writers, settings.resync)
    return Passes(reconciler, fleet, clock, settings.workers, tell)


def reported(
    passes: Passes, inventory: Inventory, policies: PolicySet, observed_at: datetime
) -> Report:
    """Return the report of the last pass, with what could not be listed or looked at."""
    failures = (f"{ref}: {one}" for ref, one in passes.failures.items())
    outcomes = sorted(passes.outcomes.values(), key=lambda one: one.ref.arn)
    return Report(
        observed_at=observed_at,
        policy_digest=policies.digest,
        outcomes=tuple(outcomes),
        gaps=(*map(str, inventory.gaps), *failures),
    )
