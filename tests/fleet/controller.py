"""A controller that looks after a simulated AWS: what its verbs are made of, started at will.

Each call is a process of its own, with nothing in its memory: to call again is to restart it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiobotocore.config import AioConfig
from aiobotocore.session import AioSession

from controller.app.connect import connect
from controller.app.passes import passes_over
from controller.app.settle import settle
from controller.app.survey import survey
from controller.aws.session import AwsSession
from controller.core.consent import Always
from controller.core.outcome import Outcome
from controller.core.refs import Ref, ServiceRef
from controller.core.report import Report
from controller.inventory import take_inventory
from controller.passes import Passes
from controller.ports.clock import Clock
from controller.settings import Settings
from tests.fleet.aws import Aws
from tests.fleet.given import POLICY, REGION
from tests.virtual_time import VirtualClock


@dataclass(frozen=True, slots=True)
class Process:
    """One process that enforces, and what it has found to look after."""

    passes: Passes
    services: frozenset[ServiceRef]

    async def looks(self) -> None:
        """Make one pass over everything."""
        await self.passes.once(self.services)

    def outcome(self, ref: Ref) -> Outcome:
        """Return what came of the last look at a target."""
        return self.passes.outcomes[ref]


class Controller:
    """Starts processes; `told` is what they have told so far, in its order.

    `tell` is called with each Outcome as it comes.
    """

    def __init__(self, aws: Aws, models: AioSession) -> None:
        self._aws = aws
        self._models = models
        self._clock = VirtualClock()
        self.policies = POLICY
        self.settings = Settings(policies=(), regions=(REGION,))
        self.told: list[Outcome] = []
        self.tell: Callable[[Outcome], None] = self.told.append

    async def audits(self) -> Report:
        """Look once at everything, without the right to write."""
        return await survey(
            self.settings,
            self.policies,
            self.tell,
            clock=self._clock,
            open_session=self.session,
        )

    async def settles(self) -> Report:
        """Enforce until nothing is left to do now."""
        return await settle(
            self.settings,
            self.policies,
            Always(),
            self.tell,
            clock=self._clock,
            open_session=self.session,
        )

    @asynccontextmanager
    async def process(self) -> AsyncIterator[Process]:
        """Start a process that enforces, pass by pass, as it is told."""
        async with connect(
            self.settings, self._clock, write=True, open_session=self.session
        ) as connection:
            inventory = await take_inventory(connection.ecs)
            passes = passes_over(
                connection,
                inventory,
                self.settings,
                self.policies,
                Always(),
                self._clock,
                self.tell,
            )
            yield Process(passes, inventory.services)

    def session(self, clock: Clock) -> AwsSession:
        """Open a session with the simulated AWS."""
        config = AioConfig(http_session_cls=self._aws.transport)
        return AwsSession(clock, config, session=self._models)
