"""The vocabulary of tests of what people say: a simulated AWS, and the program at a keyboard."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from click.testing import CliRunner, Result

from controller.app.say import say
from controller.cli import program
from controller.core.refs import ClusterRef, ServiceRef
from controller.ports.clock import Clock
from controller.sandbox import Sandbox
from tests.aws.opened import ACCOUNT, REGION, WEB, run_service, sandboxed
from tests.cli.program import Fleet
from tests.virtual_time import VirtualClock

NOON: Final = datetime(2027, 3, 31, 12, tzinfo=UTC)
PROD: Final = WEB.cluster_ref
TWO: Final = replace(PROD, name="prod-two")


class AtNoon(VirtualClock):
    """A clock that stands still at noon."""

    def now(self) -> datetime:
        """Return noon."""
        return NOON


class _Keyboard(CliRunner):
    """Runs the program as if somebody sat before it."""

    @contextmanager
    def isolation(self, *given: Any, **stated: Any) -> Iterator[Any]:
        with super().isolation(*given, **stated) as streams:
            sys.stdin.isatty = lambda: True  # type: ignore[method-assign]  # the runner's own
            yield streams


@dataclass(slots=True)
class Account:
    """An account with the clusters `prod` and `prod-two`, and the service `prod/web`."""

    sandbox: Sandbox = field(default_factory=Sandbox)
    clock: Clock = field(default_factory=AtNoon)

    def __post_init__(self) -> None:
        asyncio.run(self._fill())
        self.sandbox.clear_requests()

    async def _fill(self) -> None:
        async with sandboxed(self.sandbox) as session:
            ecs = session.api("ecs", REGION)
            await run_service(ecs)
            await ecs.call("CreateCluster", {"clusterName": "prod-two"})

    def says(self, *arguments: str, types: str | None = None, by_a_script: bool = False) -> Result:
        """Run the program: with --yes, or at a keyboard where something is typed when it asks.

        *by_a_script*: with neither.
        """
        app = replace(
            Fleet().app,
            say=partial(say, clock=self.clock, open_session=lambda _: sandboxed(self.sandbox)),
        )
        runner = CliRunner() if types is None else _Keyboard()
        unasked = ["--yes"] if types is None and not by_a_script else []
        stated = [*arguments, "--region", REGION, *unasked]
        return runner.invoke(
            program(), stated, input=types, obj=app, prog_name="ecs-logging", catch_exceptions=False
        )

    def tags(self, ref: ClusterRef | ServiceRef) -> dict[str, str]:
        """Return the tags of a cluster or a service."""
        return {one["key"]: one["value"] for one in self.sandbox.tags(ref.arn)}

    def tagged(self, ref: ClusterRef | ServiceRef, tag: str, value: str) -> None:
        """Let somebody set a tag."""

        async def call() -> None:
            async with sandboxed(self.sandbox) as session:
                tags = [{"key": tag, "value": value}]
                asked = {"resourceArn": ref.arn, "tags": tags}
                await session.api("ecs", REGION).call("TagResource", asked)

        asyncio.run(call())
        self.sandbox.clear_requests()

    def written(self) -> list[str]:
        """Return what the program has written: operation, and of what."""
        return [
            f"{one.operation} {str((one.body or {})['resourceArn']).rsplit(':', 1)[-1]}"
            for one in self.sandbox.writes()
        ]


__all__ = ["ACCOUNT", "NOON", "PROD", "REGION", "TWO", "WEB", "Account"]
