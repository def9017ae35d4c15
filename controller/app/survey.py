"""One look at the whole fleet, which writes nothing: what `audit` and `plan` show."""

from __future__ import annotations

from collections.abc import Callable

from controller.app.clock import SystemClock
from controller.app.connect import OpenSession, connect
from controller.app.passes import passes_over, reported
from controller.aws.session import AwsSession
from controller.core.consent import Never
from controller.core.outcome import Outcome
from controller.core.policy.policy_set import PolicySet
from controller.core.report import Report
from controller.inventory import take_inventory
from controller.ports.clock import Clock
from controller.settings import Settings


async def survey(
    settings: Settings,
    policies: PolicySet,
    tell: Callable[[Outcome], None],
    *,
    clock: Clock | None = None,
    open_session: OpenSession = AwsSession,
) -> Report:
    """Look once at every service and log group, and return the report.

    *tell* is called with each Outcome as it comes. Raises UsageError or AwsError where nothing
    can be seen at all; what single targets hide is told in the report.
    """
    clock = clock or SystemClock()
    async with connect(settings, clock, write=False, open_session=open_session) as connection:
        inventory = await take_inventory(connection.ecs, clusters=settings.clusters)
        passes = passes_over(connection, inventory, settings, policies, Never(), clock, tell)
        await passes.once(inventory.services)
        return reported(passes, inventory, policies, clock.now())
