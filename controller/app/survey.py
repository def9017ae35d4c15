"""One look at the whole fleet, which writes nothing: what `audit` and `plan` show."""

from __future__ import annotations

from collections.abc import Callable

from controller.app.clock import SystemClock
from controller.app.connect import OpenSession, connect
from controller.app.look_over import look_over
from controller.aws.session import AwsSession
from controller.core.outcome import Outcome
from controller.core.policy.policy_set import PolicySet
from controller.core.report import Report
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
        return await look_over(connection, settings, policies, clock, tell)
