"""SIGKILL for the real process at a chosen call: before AWS carries it out, or right after."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from controller.core.service.registration import OUTPUT_ONLY
from controller.sandbox import Sandbox, SandboxServer
from controller.sandbox.faults import Fault
from controller.sandbox.reads import is_write
from controller.sandbox.request import Request
from tests.e2e import world
from tests.e2e.process import Program, program

ONCE: Final = ("run", "--once", "--enforce", "--output", "json")
FOREVER: Final = ("run", "--enforce", "--probe-port", "0", "--resync", "1s")
"""A process that never ends of its own accord makes its n-th call, whatever n is."""

LIFETIME: Final = 120.0
"""Seconds until the n-th call must have come."""


@dataclass(frozen=True, slots=True)
class Point:
    """Where a process dies: of its call with this number, the first being 1."""

    number: int
    when: Literal["before", "after"]


@dataclass(slots=True)
class Killer:
    """What befalls the calls of one process: all pass, but for the one of which it dies.

    When AWS goes on with that call the process is gone already, so nobody hears its answer.
    """

    point: Point
    process: subprocess.Popen[str] | None = None
    came: threading.Event = field(default_factory=threading.Event)
    _calls: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def befalls(self, request: Request) -> Fault | None:
        """Count a call, and kill the process if that is the fatal one."""
        with self._lock:
            self._calls += 1
            fatal = self._calls == self.point.number
        if not fatal:
            return None
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.came.set()
        return Fault(executes=self.point.when == "after", cut="close")


def points(requests: Sequence[Request]) -> tuple[Point, ...]:
    """Return where a rollout that made these calls may be killed.

    After a read is before the next call; after a write is another thing: nobody heard the answer.
    """
    numbered = tuple(enumerate(requests, start=1))
    before = [Point(number, "before") for number, _ in numbered]
    after = [Point(number, "after") for number, request in numbered if is_write(request)]
    return (*before, *after)


@dataclass(frozen=True, slots=True)
class Rollout:
    """A fleet of one service that is to be corrected, and the program that does it."""

    sandbox: Sandbox
    ecs_logging: Program
    policy: str

    def finishes(self) -> None:
        """Run one process until nothing is left to do."""
        ended = self.ecs_logging.run(*ONCE, "--policy", self.policy, seconds=LIFETIME)
        assert ended.code == 0, ended.err
        assert ended.report["summary"]["compliant"] == 2

    def is_killed(self, point: Point) -> bool:
        """Start a process and kill it there; tell whether that is what it died of."""
        killer = Killer(point)
        self.sandbox.fault = killer.befalls
        process = killer.process = self.ecs_logging.start(*FOREVER, "--policy", self.policy)
        came = killer.came.wait(LIFETIME)
        process.kill()
        process.communicate(timeout=LIFETIME)
        self.sandbox.fault = None
        return came and process.returncode == -signal.SIGKILL

    def end_state(self) -> dict[str, Any]:
        """Return all that is left of a rollout, save times and the names of deployments."""
        (service,) = self.sandbox.region().services.values()
        deployments = [(one.revision.task_definition, one.rollout) for one in service.deployments]
        return {
            "runs": service.task_definition,
            "deployments": deployments,
            "history": [(one.target.task_definition, one.status) for one in service.history],
            "revisions": [_lasting(one) for one in self._revisions()],
            "tags": [self._keys(one) for one in self._revisions()],
        }

    def orphans(self) -> list[str]:
        """Return the ACTIVE revisions, beside the first, that no service runs."""
        used = {one.task_definition for one in self.sandbox.region().services.values()}
        made = self._revisions()[1:]
        arns = [str(one["taskDefinitionArn"]) for one in made if one["status"] == "ACTIVE"]
        return [arn for arn in arns if arn not in used]

    def _revisions(self) -> list[dict[str, Any]]:
        return [one.document for one in self.sandbox.region().families["web"]]

    def _keys(self, revision: dict[str, Any]) -> list[str]:
        return sorted(tag["key"] for tag in self.sandbox.tags(revision["taskDefinitionArn"]))


def _lasting(revision: dict[str, Any]) -> dict[str, Any]:
    lasting = {key: revision[key] for key in revision.keys() - OUTPUT_ONLY}
    return {**lasting, "status": revision["status"]}


@contextmanager
def rollout(folder: Path) -> Iterator[Rollout]:
    """A rollout yet to come, in an AWS of its own whose scheduler looks five times a second."""
    sandbox = Sandbox(clock=time.time)
    world.cluster(sandbox)
    world.service(sandbox, "web")
    stop = sandbox.run(0.2)
    try:
        with SandboxServer(sandbox) as server:
            yield Rollout(sandbox, program(server.url, folder), world.policy(folder))
    finally:
        stop()
    assert sandbox.unimplemented == []
