"""Building what passes over a fleet need, and the report of what they saw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from controller.act import Writers
from controller.app.connection import Connection
from controller.core.consent import Consent
from controller.core.notices import notices
from controller.core.outcome import Outcome
from controller.core.policy.policy_set import PolicySet
from controller.core.reason import Health
from controller.core.refs import ClusterRef
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
    world = world_of(connection, inventory, policies, consent, clock)
    return passes_in(world, connection.writers, settings, tell)


def world_of(
    connection: Connection,
    inventory: Inventory,
    policies: PolicySet,
    consent: Consent,
    clock: Clock,
) -> World:
    """Return the world in which the fleet of *inventory* is decided upon; nothing is seen yet."""
    fleet = Fleet()
    fleet.expect(inventory.services, whole=inventory.whole)
    return World(
        ecs=connection.ecs,
        logs=connection.logs,
        state=connection.state,
        kms=connection.kms,
        code_deploy=connection.code_deploy,
        alarms=connection.alarms,
        identity=connection.identity,
        policies=lambda: policies,
        consent=consent,
        fleet=fleet,
        clock=clock,
        kill_switch=connection.kill_switch,
    )


def passes_in(
    world: World, writers: Writers | None, settings: Settings, tell: Callable[[Outcome], None]
) -> Passes:
    """Return the passes over the fleet of *world*."""
    reconciler = Reconciler(world, writers, settings.resync, tell)
    return Passes(reconciler, world.fleet, world.clock, settings.workers, tell)


def gaps(passes: Passes, inventory: Inventory) -> tuple[str, ...]:
    """Return sentences on what could not be listed, or failed to be looked at, and why."""
    return (*map(str, inventory.gaps), *(f"{ref}: {one}" for ref, one in passes.failures.items()))


def reported(
    passes: Passes, inventory: Inventory, policies: PolicySet, observed_at: datetime
) -> Report:
    """Return the report of the last pass, with what could not be listed or looked at."""
    told = (one for one in passes.outcomes.values() if not _is_quiet(one))
    outcomes = tuple(sorted(told, key=lambda one: one.ref.arn))
    return Report(
        observed_at=observed_at,
        policy_digest=policies.digest,
        outcomes=outcomes,
        gaps=gaps(passes, inventory),
        notices=notices(
            outcomes,
            policies.exceptions,
            whole=inventory.whole and not passes.failures,
            now=observed_at,
        ),
    )


def _is_quiet(outcome: Outcome) -> bool:
    """Tell whether it is of a cluster that holds nothing up: a report has nothing to say of it."""
    at_work = {Health.HEALTHY, Health.PROGRESSING}
    return isinstance(outcome.ref, ClusterRef) and outcome.health in at_work
