"""One process of the controller before the in-memory AWS: its real parts, behind ports of ours."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from structlog import wrap_logger
from structlog.testing import LogCapture

from controller.act import Writers
from controller.app.connection import Connection
from controller.app.controller import Controller
from controller.app.passes import passes_over
from controller.core.consent import Always
from controller.core.outcome import Outcome
from controller.core.policy.parse import Parsed
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.problem import Source
from controller.core.refs import Ref
from controller.core.service.revision import Identity, principal
from controller.inventory import take_inventory
from controller.loop import run
from controller.policy_source import InForce, Reading
from controller.settings import Settings
from tests.fleet.given import REGION
from tests.model.ports.alarms import ModelAlarmsReader
from tests.model.ports.code_deploy import ModelCodeDeployReader, ModelCodeDeployWriter
from tests.model.ports.ecs_reader import ModelEcsReader
from tests.model.ports.ecs_writer import ModelEcsWriter
from tests.model.ports.kms import ModelKmsReader
from tests.model.ports.line import Death, Line
from tests.model.ports.logs import ModelLogsReader, ModelLogsWriter
from tests.model.ports.state import ModelStateReader, ModelStateWriter
from tests.model.witness import ROLE, Witness
from tests.virtual_time import VirtualClock

SETTINGS = Settings(
    policies=(),
    regions=(REGION,),
    enforce=True,
    workers=2,
    resync=timedelta(minutes=20),
    policy_poll=timedelta(seconds=60),
)


class SkewedClock(VirtualClock):
    """The clock of one machine, whose time of day is off by `skew`."""

    def __init__(self) -> None:
        self.skew = timedelta()

    def now(self) -> datetime:
        return super().now() + self.skew


Eyes: TypeAlias = Callable[[Connection], Connection]
"""What becomes of the connection of a process, where something is wrong with it."""


def sound(connection: Connection) -> Connection:
    """Leave a connection as it is."""
    return connection


@dataclass(slots=True)
class Written:
    """The policies as they are written for everybody to read."""

    policies: PolicySet

    async def read(self) -> Reading:
        return (Source("policies", self.policies.digest),)

    async def parse(self, reading: Reading) -> Parsed:
        return Parsed(self.policies, ())


@dataclass(slots=True)
class Process:
    """A controller that enforces, from its start to its end; it has no memory but AWS."""

    instance: str
    line: Line
    witness: Witness
    written: Written
    eyes: Eyes = sound
    clock: SkewedClock = field(default_factory=SkewedClock)
    log: LogCapture = field(default_factory=LogCapture)
    _task: asyncio.Task[None] | None = None

    def connection(self) -> Connection:
        """Return what the process sees and moves."""
        account, line, witness = self.witness.ledger.account, self.line, self.witness
        by = f"{ROLE}/{self.witness.process}"
        connection = Connection(
            identity=Identity(self.instance, frozenset({principal(by)})),
            ecs={REGION: ModelEcsReader(account, line, witness)},
            logs=ModelLogsReader(account, line),
            kms=ModelKmsReader(line),
            alarms=ModelAlarmsReader(line),
            code_deploy={REGION: ModelCodeDeployReader(line)},
            state=ModelStateReader(account, line),
            writers=Writers(
                {REGION: ModelEcsWriter(account, line, witness, by)},
                ModelLogsWriter(account, line, witness),
                ModelStateWriter(account, line, witness),
                {REGION: ModelCodeDeployWriter(line)},
            ),
        )
        return self.eyes(connection)

    async def starts(self) -> None:
        """Start, and go on until `dies` or a fault ends it."""
        settings = replace(SETTINGS, instance=self.instance)
        logger = wrap_logger(None, [self.log])
        parts = Controller(
            settings,
            InForce(self.written.policies),
            self.written,
            self.connection(),
            self.clock,
            logger,
        )
        going = run(
            parts.stages(), stop=asyncio.Event(), clock=self.clock, heartbeats=parts.heartbeats
        )
        self._task = asyncio.create_task(going, name=self.witness.process)

    async def dies(self) -> None:
        """End at once: no call of it takes effect any more, whatever it still does."""
        if self.line.death is None:
            self.line.death = Death(0, "before")
        self.line.death.came.set()
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    @property
    def end(self) -> object:
        """How it came to an end though nobody asked it to; None while it goes on."""
        if self._task is None or not self._task.done():
            return None
        return "it was cancelled" if self._task.cancelled() else self._task.exception()

    @property
    def faults(self) -> list[object]:
        """What it logged of faults of its own: there must be none, whatever the weather."""
        return [one["exc_info"] for one in self.log.entries if one["log_level"] == "error"]

    async def looks(self) -> dict[Ref, Outcome]:
        """Look at everything as a process that has just started does, twice; what came of it."""
        connection = self.connection()
        inventory = await take_inventory(connection.ecs)
        passes = passes_over(
            replace(connection, writers=None),
            inventory,
            replace(SETTINGS, instance=self.instance),
            self.written.policies,
            Always(),
            self.clock,
            lambda _: None,
        )
        await passes.once(inventory.services)
        await passes.once(inventory.services)
        return passes.outcomes
