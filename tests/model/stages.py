"""Two AWSs on which a story may be played: the one in memory, and the simulated one at the wire.

The latter is read and written by the real adapters of `controller/aws`. What both have in common is
the ports, and a few things that people do.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from aiobotocore.config import AioConfig
from aiobotocore.session import AioSession

from controller.app.connect import connect
from controller.app.connection import Connection
from controller.aws.session import AwsSession
from controller.core.refs import ServiceRef
from controller.ports.clock import Clock
from controller.settings import Settings
from tests.fleet.aws import BREAKER, OURS, Aws
from tests.fleet.given import ACCOUNT, REGION, Json
from tests.model.aws.account import Account
from tests.model.given import policies
from tests.model.ports.line import Line, Weather
from tests.model.process import Process, Written
from tests.model.witness import Ledger, Witness
from tests.virtual_time import EPOCH, VirtualClock


class Stage(Protocol):
    """What people do there; `connection` is that of a controller that may write."""

    connection: Connection

    def registers(self, document: Json, tags: Mapping[str, str]) -> str:
        """Register a task definition as the pipeline; return its ARN."""
        ...

    def creates(self, name: str, task: str, *, desired: int, breaker: bool) -> ServiceRef:
        """Create a service, of which nothing runs yet."""
        ...

    def updates(
        self,
        ref: ServiceRef,
        *,
        task: str | None = None,
        desired: int | None = None,
        force: bool = False,
    ) -> None:
        """Update a service as the pipeline. Raises where AWS refuses it."""
        ...

    def ticks(self) -> None:
        """Let ECS's scheduler look once."""
        ...

    def fails(self, predicate: Callable[[Json], bool]) -> None:
        """Let tasks fail whose document the predicate picks."""
        ...


@dataclass(slots=True)
class InMemory:
    """The AWS in memory, through its own ports."""

    connection: Connection
    account: Account

    def registers(self, document: Json, tags: Mapping[str, str]) -> str:
        return self.account.registers(document, tags)

    def creates(self, name: str, task: str, *, desired: int, breaker: bool) -> ServiceRef:
        return self.account.creates(name, task, desired=desired, breaker=breaker)

    def updates(
        self,
        ref: ServiceRef,
        *,
        task: str | None = None,
        desired: int | None = None,
        force: bool = False,
    ) -> None:
        self.account.updates(ref, task=task, desired=desired, force=force)

    def ticks(self) -> None:
        self.account.ticks()

    def fails(self, predicate: Callable[[Json], bool]) -> None:
        self.account.failing.append(predicate)


@dataclass(slots=True)
class Simulated:
    """The simulated AWS, through the real adapters."""

    connection: Connection
    aws: Aws

    def registers(self, document: Json, tags: Mapping[str, str]) -> str:
        listed = [{"key": key, "value": value} for key, value in tags.items()]
        return self.aws.registers({**document, "tags": listed})

    def creates(self, name: str, task: str, *, desired: int, breaker: bool) -> ServiceRef:
        configured = {"deploymentConfiguration": BREAKER} if breaker else {}
        body = {"cluster": "prod", "serviceName": name, "taskDefinition": task}
        self.aws.call(
            "ecs", "CreateService", desiredCount=desired, launchType="EC2", **body, **configured
        )
        return ServiceRef(ACCOUNT, REGION, "aws", "prod", name)

    def updates(
        self,
        ref: ServiceRef,
        *,
        task: str | None = None,
        desired: int | None = None,
        force: bool = False,
    ) -> None:
        asked = {"taskDefinition": task, "desiredCount": desired, "forceNewDeployment": force}
        stated = {key: one for key, one in asked.items() if one is not None and one is not False}
        self.aws.updates(ref, **stated)

    def ticks(self) -> None:
        self.aws.sandbox.tick()

    def fails(self, predicate: Callable[[Json], bool]) -> None:
        self.aws.sandbox.fails(predicate)


@asynccontextmanager
async def in_memory() -> AsyncIterator[Stage]:
    """An AWS in memory, where calls take no time."""
    loop = asyncio.get_running_loop()
    account = Account(lambda: EPOCH + timedelta(seconds=loop.time()))
    witness = Witness(Ledger(account, timedelta()), OURS.rsplit("/", 1)[-1])
    line = Line(Weather(), slow=False)
    written = Written(policies(at_once=1, share=100)["enforce"])
    process = Process("ecs-logging-controller", line, witness, written)
    yield InMemory(process.connection(), account)


@asynccontextmanager
async def simulated() -> AsyncIterator[Stage]:
    """The simulated AWS, whose scheduler looks only when it is told to."""
    aws = Aws()
    models = _models()

    def session(clock: Clock) -> AwsSession:
        return AwsSession(clock, AioConfig(http_session_cls=aws.transport), session=models)

    settings = Settings(policies=(), regions=(REGION,))
    async with connect(settings, VirtualClock(), write=True, open_session=session) as connection:
        yield Simulated(replace(connection), aws)


def _models() -> AioSession:
    session = AioSession()
    session.set_credentials("AKIDCONTROLLER", "none")
    return session
