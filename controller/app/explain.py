"""One look into one service of the fleet, which writes nothing: what `explain` shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from controller.app.clock import SystemClock
from controller.app.connect import OpenSession, connect
from controller.app.look_into import look_into
from controller.aws.session import AwsSession
from controller.core.explained_service import ExplainedService
from controller.core.outcome import Outcome
from controller.core.policy.policy_set import PolicySet
from controller.core.service.named import region_in
from controller.ports.clock import Clock
from controller.settings import Settings


async def explain(
    name: str,
    settings: Settings,
    policies: PolicySet,
    tell: Callable[[Outcome], None],
    *,
    clock: Clock | None = None,
    open_session: OpenSession = AwsSession,
) -> ExplainedService:
    """Look over the fleet, and return why the service *name* stands as it does.

    Where *settings* name no Region and *name* is an ARN, its Region is looked at. *tell* is called
    with each Outcome as it comes. Raises as `connect` and `look_into` do.
    """
    clock = clock or SystemClock()
    region = region_in(name)
    if not settings.regions and region is not None:
        settings = replace(settings, regions=(region,))
    async with connect(settings, clock, write=False, open_session=open_session) as connection:
        return await look_into(name, connection, settings, policies, clock, tell)
