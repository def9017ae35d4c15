"""Taking an inventory that can be saved: every question that a decision may ask, asked once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from controller.app.clock import SystemClock
from controller.app.connect import OpenSession, connect
from controller.app.connection import Connection
from controller.app.look_over import look_over
from controller.app.offline import remembering
from controller.aws.session import AwsSession
from controller.core.inventory_file.model import InventoryFile
from controller.core.policy.policy_set import PolicySet
from controller.core.refs import ServiceRef
from controller.inventory import take_inventory
from controller.observe.everything import observe_everything
from controller.ports.clock import Clock
from controller.saved.answers import Answers
from controller.settings import Settings


async def save(
    settings: Settings,
    policies: PolicySet | None,
    *,
    clock: Clock | None = None,
    open_session: OpenSession = AwsSession,
) -> InventoryFile:
    """Look at everything as `save_for` does, with policies that are there already, or with none."""
    return await save_for(settings, lambda _: policies, clock=clock, open_session=open_session)


async def save_for(
    settings: Settings,
    policies_for: Callable[[InventoryFile], PolicySet | None],
    *,
    clock: Clock | None = None,
    open_session: OpenSession = AwsSession,
) -> InventoryFile:
    """Look at everything of every service, and return what AWS answered; nothing is written.

    *policies_for* is shown what was answered so far, and may return policies: the fleet is then
    audited, too, and what that asks for besides is in the inventory, such as the log groups to
    which the policies would have the services log. Raises UsageError or AwsError where nothing can
    be seen at all; what single services hide is in the inventory, as it was said.
    """
    clock = clock or SystemClock()
    answers = Answers()
    async with connect(settings, clock, write=False, open_session=open_session) as live:
        connection = remembering(live, answers)
        found = await take_inventory(connection.ecs, clusters=settings.clusters)
        turns = asyncio.Semaphore(settings.workers)
        async with asyncio.TaskGroup() as group:
            for ref in sorted(found.services):
                group.create_task(_one(ref, connection, turns), name=str(ref))
        policies = policies_for(_kept(connection, settings, answers, clock))
        if policies is not None:
            await look_over(connection, settings, policies, clock, lambda _: None)
        return _kept(connection, settings, answers, clock)


def _kept(
    connection: Connection, settings: Settings, answers: Answers, clock: Clock
) -> InventoryFile:
    return InventoryFile(
        taken_at=clock.now(),
        identity=connection.identity,
        regions=tuple(sorted(connection.ecs)),
        clusters=settings.clusters,
        answers=dict(answers.known),
    )


async def _one(ref: ServiceRef, connection: Connection, turns: asyncio.Semaphore) -> None:
    async with turns:
        ecs = connection.ecs[ref.region]
        await observe_everything(
            ref,
            ecs=ecs,
            logs=connection.logs,
            alarms=connection.alarms,
            state=connection.state,
        )
