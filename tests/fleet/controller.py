"""A controller that looks after a simulated AWS: what its verbs are made of, started at will.

Each call is a process of its own, with nothing in its memory: to call again is to restart it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from aiobotocore.config import AioConfig
from aiobotocore.session import AioSession
from structlog import wrap_logger
from structlog.testing import LogCapture

from controller.app.connect import connect
from controller.app.controller import Controller as Parts
from controller.app.explain import explain
from controller.app.logging import with_digest
from controller.app.passes import passes_over
from controller.app.settle import settle
from controller.app.survey import survey
from controller.aws.session import AwsSession
from controller.core.consent import Always
from controller.core.explained_service import ExplainedService
from controller.core.outcome import Outcome
from controller.core.policy.parse import Parsed
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.problem import Problem, Source
from controller.core.refs import Ref, ServiceRef
from controller.core.report import Report
from controller.inventory import take_inventory
from controller.loop import run
from controller.passes import Passes
from controller.policy_source import InForce, Reading
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


@dataclass(frozen=True, slots=True)
class Running:
    """A process that goes on by itself, and the lines of its log."""

    parts: Parts
    log: Sequence[Mapping[str, Any]]

    @property
    def complaints(self) -> list[str]:
        """What its probes complain about."""
        parts = self.parts
        checks = (parts.heartbeats.complaint, *parts.readiness().values())
        said = [check() for check in checks]
        return [one for one in said if one is not None]


class Controller:
    """Starts processes; `told` is what they have told so far, in its order.

    `policies` are what is written; a process that runs watches them, and `bad` is what else is.
    `tell` is called with each Outcome as it comes.
    """

    def __init__(self, aws: Aws, models: AioSession) -> None:
        self._aws = aws
        self._models = models
        self.clock: Clock = VirtualClock()
        self.policies: PolicySet = POLICY
        self.bad: tuple[Problem, ...] = ()
        self.settings = Settings(policies=(), regions=(REGION,))
        self.told: list[Outcome] = []
        self.tell: Callable[[Outcome], None] = self.told.append

    async def audits(self) -> Report:
        """Look once at everything, without the right to write."""
        return await survey(
            self.settings,
            self.policies,
            self.tell,
            clock=self.clock,
            open_session=self.session,
        )

    async def explains(self, name: str) -> ExplainedService:
        """Look once at everything, without the right to write, and into one service."""
        return await explain(
            name,
            self.settings,
            self.policies,
            self.tell,
            clock=self.clock,
            open_session=self.session,
        )

    async def settles(self) -> Report:
        """Enforce until nothing is left to do now."""
        return await settle(
            self.settings,
            self.policies,
            Always(),
            self.tell,
            clock=self.clock,
            open_session=self.session,
        )

    @asynccontextmanager
    async def process(self) -> AsyncIterator[Process]:
        """Start a process that enforces, pass by pass, as it is told."""
        async with connect(
            self.settings, self.clock, write=True, open_session=self.session
        ) as connection:
            inventory = await take_inventory(connection.ecs)
            passes = passes_over(
                connection,
                inventory,
                self.settings,
                self.policies,
                Always(),
                self.clock,
                self.tell,
            )
            yield Process(passes, inventory.services)

    @asynccontextmanager
    async def runs(self, *, enforce: bool = True) -> AsyncIterator[Running]:
        """Run as a process does that goes on until it is stopped, and then stop it."""
        settings = replace(self.settings, enforce=enforce)
        log = LogCapture()
        async with connect(
            settings, self.clock, write=enforce, open_session=self.session
        ) as connection:
            in_force = InForce(self.policies)
            logger = wrap_logger(None, [with_digest(in_force), log])
            parts = Parts(settings, in_force, self, connection, self.clock, logger)
            stop = asyncio.Event()
            process = asyncio.create_task(
                run(parts.stages(), stop=stop, clock=self.clock, heartbeats=parts.heartbeats)
            )
            yield Running(parts, log.entries)
            stop.set()
            await process

    async def read(self) -> Reading:
        """Return what is written now, as the process that watches it sees it."""
        return (Source("policies", self.policies.digest), *self.bad)

    async def parse(self, reading: Reading) -> Parsed:
        """Return the policies that are written, or what is bad."""
        return Parsed(None if self.bad else self.policies, self.bad)

    def looks_at(self, *clusters: str) -> None:
        """Look at these clusters only."""
        self.settings = replace(self.settings, clusters=clusters)

    def session(self, clock: Clock) -> AwsSession:
        """Open a session with the simulated AWS."""
        config = AioConfig(http_session_cls=self._aws.transport)
        return AwsSession(clock, config, session=self._models)
