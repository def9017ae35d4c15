"""What a change of policies would change of the fleet in AWS: looked at once, judged twice."""

from __future__ import annotations

from collections.abc import Callable

from controller.app.clock import SystemClock
from controller.app.compared import compared
from controller.app.connect import OpenSession, connect
from controller.app.offline import AsOf, remembering
from controller.aws.session import AwsSession
from controller.core.outcome import Outcome
from controller.core.policy.policy_set import PolicySet
from controller.core.policy_impact.model import Impact, Pair
from controller.ports.clock import Clock
from controller.saved.answers import Answers
from controller.settings import Settings


async def impact(
    settings: Settings,
    policies: Pair[PolicySet],
    tell: Callable[[Outcome], None],
    *,
    clock: Clock | None = None,
    open_session: OpenSession = AwsSession,
) -> Impact:
    """Look once at the fleet, and return what the new set would change of it; nothing is written.

    *tell* is called with each Outcome as it comes, under the old set and under the new one. Raises
    UsageError or AwsError where nothing can be seen at all.
    """
    clock = clock or SystemClock()
    async with connect(settings, clock, write=False, open_session=open_session) as live:
        seen = remembering(live, Answers())
        return await compared(seen, settings, policies, AsOf(clock.now()), tell)
