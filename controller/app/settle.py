"""Reconciling the fleet until nothing is left to do now: what `apply` and `run --once` do."""

from __future__ import annotations

from collections.abc import Callable

from controller.app.clock import SystemClock
from controller.app.connect import OpenSession, connect
from controller.app.passes import passes_over, reported
from controller.aws.session import AwsSession
from controller.core.consent import Consent
from controller.core.outcome import Outcome
from controller.core.policy.policy_set import PolicySet
from controller.core.report import Report
from controller.inventory import take_inventory
from controller.ports.clock import Clock
from controller.settings import Settings


async def settle(
    settings: Settings,
    policies: PolicySet,
    consent: Consent,
    tell: Callable[[Outcome], None],
    *,
    clock: Clock | None = None,
    open_session: OpenSession = AwsSession,
) -> Report:
    """Reconcile until nothing is in flight and a pass finds no move; report the last pass.

    *consent* answers for the process. Raises UsageError or AwsError where nothing can be seen.
    """
    clock = clock or SystemClock()
    async with connect(settings, clock, write=True, open_session=open_session) as connection:
        inventory = await take_inventory(connection.ecs, clusters=settings.clusters)
        passes = passes_over(connection, inventory, settings, policies, consent, clock, tell)
        await passes.until_settled(inventory.services)
        return reported(passes, inventory, policies, clock.now())
