"""One run: an AWS in memory, people who work on it, and the controllers that look after it."""

from __future__ import annotations

import asyncio
import itertools
import random
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Literal

from controller.core.policy.policy_set import SHOWN, PolicySet
from controller.core.refs import ServiceRef
from controller.core.state.model import APPROVED_POLICY
from tests.model import given
from tests.model.aws.account import Account
from tests.model.excuses import is_in_order
from tests.model.laws import (
    ALWAYS,
    Terms,
    at_most_one_orphan,
    it_is_quiet,
    no_service_left_on_a_revision_that_failed,
)
from tests.model.ports.line import Death, Line, Weather
from tests.model.process import Eyes, Process, SkewedClock, Written, sound
from tests.model.witness import Ledger, Witness
from tests.virtual_time import EPOCH

LONG_ENOUGH: Final = timedelta(hours=7)
"""Longer than all budgets, cooldowns and refusals of a run hold anything up, and then some."""

AT_LAST: Final = timedelta(hours=1.5)
LIFETIME: Final = 600.0


@dataclass(slots=True)
class World:
    """Everything of one run. `instances` are the names of the controllers that run at once."""

    loop: asyncio.AbstractEventLoop
    policies: dict[str, PolicySet]
    terms: Terms
    instances: tuple[str, ...]
    seed: int
    eyes: Eyes = sound
    account: Account = field(init=False)
    ledger: Ledger = field(init=False)
    weather: Weather = field(default_factory=Weather)
    written: Written = field(init=False)
    controllers: list[Process] = field(default_factory=list)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)
    _scheduler: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        self.account = Account(lambda: EPOCH + timedelta(seconds=self.loop.time()))
        self.account.failing.append(given.is_broken)
        self.ledger = Ledger(self.account, timedelta(minutes=1))
        self.written = Written(self.policies["enforce"])

    async def begins(self, death: Death | None = None) -> None:
        """Let AWS live, and the controllers start; the first of them dies by *death*, if any."""
        random.seed(self.seed)  # by which controllers spread their looks: the same each time
        self.terms.enforced.append((self.account.now(), True))
        self._scheduler = asyncio.create_task(self.account.lives(), name="ECS")
        self.controllers = [self._process(instance) for instance in self.instances]
        self.controllers[0].line.death = death
        for one in self.controllers:
            await one.starts()

    def _process(self, instance: str) -> Process:
        number = next(self._numbers)
        witness = Witness(self.ledger, f"{instance}-{number}")
        line = Line(self.weather, self.seed + number)
        return Process(instance, line, witness, self.written, self.eyes)

    async def passes(self, seconds: float) -> None:
        """Let time pass."""
        await asyncio.sleep(seconds)

    async def restarts(self, which: int, *, call: int, when: Literal["before", "after"]) -> None:
        """Kill a controller before or after its `call`th call from now, and start it anew.

        With `call` 0, or where it does not make as many, it is killed where it is.
        """
        old = self.controllers[which % len(self.controllers)]
        if call:
            death = old.line.death = Death(len(old.line.calls) + call, when)
            with suppress(TimeoutError):
                await asyncio.wait_for(death.came.wait(), LIFETIME)
        await old.dies()
        new = self._process(old.instance)
        new.clock = old.clock
        self.controllers[self.controllers.index(old)] = new
        await new.starts()

    def clock_of(self, which: int) -> SkewedClock:
        """Return the clock of a controller's machine."""
        return self.controllers[which % len(self.controllers)].clock

    def writes_policies(self, named: str) -> None:
        """Write another set of policies, for all controllers to read."""
        self.written.policies = self.policies[named]
        self.terms.enforced.append((self.account.now(), named != "audit"))

    def approves(self) -> None:
        """Say yes to the set that is written, whatever it changes."""
        self.account.cluster_tags[APPROVED_POLICY] = self.written.policies.digest[:SHOWN]

    # ── what must hold ───────────────────────────────────────────────────────────────────────────

    def is_lawful(self) -> None:
        """Check every law, and that no controller has come to an end."""
        for law in ALWAYS:
            law(self.ledger, self.terms)
        for one in self.controllers:
            assert one.end is None, f"{one.witness.process} has ended: {one.end!r}"
            assert not one.faults, f"{one.witness.process} has a fault: {one.faults}"

    async def settles(self) -> None:
        """Let faults end and time pass; then all is in order, and stays as it is."""
        self.weather.clears()
        for one in self.controllers:
            one.clock.skew = timedelta()
        await asyncio.sleep((LONG_ENOUGH - AT_LAST).total_seconds())
        since = self.account.now()
        await asyncio.sleep(AT_LAST.total_seconds())
        self.is_lawful()
        it_is_quiet(self.ledger, since=since)
        no_service_left_on_a_revision_that_failed(self.ledger)
        at_most_one_orphan(self.ledger, self.terms)
        for instance in dict.fromkeys(self.instances):
            await self._is_in_order(self._process(instance))

    async def _is_in_order(self, fresh: Process) -> None:
        outcomes = await fresh.looks()
        for ref, outcome in outcomes.items():
            if isinstance(ref, ServiceRef):
                service = self.account.service(ref)
                excused = is_in_order(outcome, service, self.ledger, asked=fresh.instance)
                assert excused, f"{ref}: {outcome.reason}"

    async def ends(self) -> None:
        """Stop everything."""
        for one in self.controllers:
            await one.dies()
        if self._scheduler is not None:
            self._scheduler.cancel()
            await asyncio.wait({self._scheduler})
