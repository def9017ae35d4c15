"""Random runs: a fleet, policies, faults, releases, people, restarts, in any order and at any time.

Each step is something that happens, and time that passes then, in which the controllers work. After
every step all laws hold, and at the end of the run it converges.
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Literal

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.model import given
from tests.model.laws import Terms
from tests.model.people import People
from tests.model.world import World
from tests.virtual_time import virtual_time

ANY = st.integers(0, 7)
RARELY = st.sampled_from([False, False, False, True])
DRIFTS = st.sampled_from(["blocking", "blocking", "odd", "silent", "compliant"])
THEN = st.sampled_from([0.0, 1.0, 3.0, 10.0, 30.0, 60.0, 120.0, 400.0, 1_500.0, 5_000.0])
"""Seconds that pass after a step: from within a call to longer than two looks at a service."""

SHARES = st.sampled_from([0.0, 0.0, 0.1, 0.4])
WRITES = ("RegisterTaskDefinition", "UpdateService", "TagResource", "DeregisterTaskDefinition")
READS = ("DescribeServices", "ListServiceDeployments", "ListTaskDefinitions", "DescribeClusters")
DENIED = st.sampled_from([(), (), *((one,) for one in (*WRITES, *READS)), WRITES])


class Fleet(RuleBasedStateMachine):
    """A fleet under one controller, or several by accident; `runs` counts those that have ended."""

    instances: ClassVar[tuple[str, ...]] = ("ecs-logging-controller",)
    runs: ClassVar[int] = 0
    world: World
    people: People

    @initialize(
        drifts=st.lists(DRIFTS, min_size=1, max_size=4),
        breakers=st.integers(0, 15),
        beside=st.booleans(),
        at_once=st.integers(1, 2),
        share=st.sampled_from([25, 50, 100]),
        seed=st.integers(0, 1_000),
    )
    def begins(
        self, drifts: list[str], breakers: int, *, beside: bool, at_once: int, share: int, seed: int
    ) -> None:
        self.runner = virtual_time()
        terms = Terms(at_once, share / 100, timedelta(minutes=40), len(self.instances))
        policies = given.policies(at_once=at_once, share=share)
        loop = self.runner.get_loop()
        self.world = World(loop, policies, terms, self.instances, seed)
        self.people = People(self.world.account)
        for number, drift in enumerate(drifts):
            breaker = bool(breakers >> number & 1)
            self.people.creates(drift, breaker=breaker, beside=beside and number == 1)
        self.runner.run(self.world.begins())

    @invariant()
    def all_laws_hold(self) -> None:
        if hasattr(self, "world"):
            self.world.is_lawful()

    def teardown(self) -> None:
        """Let it converge, and stop all of it."""
        if not hasattr(self, "world"):
            return
        try:
            self.runner.run(self.world.settles())
            type(self).runs += 1
        finally:
            self.runner.run(self.world.ends())
            self.runner.close()

    def passes(self, seconds: float) -> None:
        """Let time pass."""
        self.runner.run(self.world.passes(seconds))

    # ── time, machines and the weather ───────────────────────────────────────────────────────────

    @rule(then=THEN)
    def time_passes(self, then: float) -> None:
        self.passes(then)

    @rule(which=ANY, call=st.integers(0, 25), when=st.sampled_from(["before", "after"]))
    def a_controller_is_killed(
        self, which: int, call: int, when: Literal["before", "after"]
    ) -> None:
        self.runner.run(self.world.restarts(which, call=call, when=when))

    @rule(which=ANY, seconds=st.integers(-240, 240), then=THEN)
    def a_clock_jumps(self, which: int, seconds: int, then: float) -> None:
        skew = timedelta(seconds=seconds)
        self.world.clock_of(which).skew = skew
        self.world.ledger.ahead = max(self.world.ledger.ahead, skew)
        self.passes(then)

    @rule(throttled=SHARES, lost=SHARES, denied=DENIED, then=THEN)
    def the_weather_changes(
        self, throttled: float, lost: float, denied: tuple[str, ...], then: float
    ) -> None:
        self.world.weather.becomes(throttled, lost, denied)
        self.passes(then)

    # ── pipelines ────────────────────────────────────────────────────────────────────────────────

    @rule(which=ANY, drift=DRIFTS, broken=RARELY, then=THEN)
    def a_pipeline_releases(self, which: int, drift: str, then: float, *, broken: bool) -> None:
        self.people.releases_anew(which, drift, broken=broken)
        self.passes(then)

    @rule(which=ANY, then=THEN)
    def a_pipeline_deploys_the_bare_family(self, which: int, then: float) -> None:
        self.people.deploys_the_bare_family(which)
        self.passes(then)

    @rule(drift=DRIFTS, breaker=st.booleans(), beside=RARELY, then=THEN)
    def a_service_is_created(self, drift: str, then: float, *, breaker: bool, beside: bool) -> None:
        self.people.creates(drift, breaker=breaker, beside=beside)
        self.passes(then)

    @rule(which=ANY, then=THEN)
    def a_service_is_deleted(self, which: int, then: float) -> None:
        self.people.deletes(which)
        self.passes(then)

    # ── people ───────────────────────────────────────────────────────────────────────────────────

    @rule(which=ANY, then=THEN)
    def a_person_reverts(self, which: int, then: float) -> None:
        self.people.reverts(which)
        self.passes(then)

    @rule(which=ANY, then=THEN)
    def a_person_redeploys(self, which: int, then: float) -> None:
        self.people.redeploys(which)
        self.passes(then)

    @rule(which=ANY, desired=st.integers(0, 3), then=THEN)
    def a_person_scales(self, which: int, desired: int, then: float) -> None:
        self.people.scales(which, desired)
        self.passes(then)

    @rule(which=ANY, then=THEN)
    def a_person_suspends_or_resumes(self, which: int, then: float) -> None:
        self.people.suspends(which)
        self.passes(then)

    @rule(which=ANY, older=st.integers(0, 3), then=THEN)
    def a_person_deregisters(self, which: int, older: int, then: float) -> None:
        self.people.deregisters(which, older)
        self.passes(then)

    @rule(named=st.sampled_from(["enforce", "buffer", "audit"]), approved=st.booleans(), then=THEN)
    def policies_are_written(self, named: str, then: float, *, approved: bool) -> None:
        self.world.writes_policies(named)
        if approved:
            self.world.approves()
        self.passes(then)

    # ── what becomes of tasks ────────────────────────────────────────────────────────────────────

    @rule(which=ANY, then=THEN)
    def a_host_cannot_log_without_blocking(self, which: int, then: float) -> None:
        self.people.breaks_the_host(which)
        self.passes(then)

    @rule(then=THEN)
    def all_hosts_are_mended(self, then: float) -> None:
        self.people.mends_all_hosts()
        self.passes(then)


class TwoOfOneName(Fleet):
    """Two controllers of one name by accident: a deployment that overlaps, say."""

    instances: ClassVar[tuple[str, ...]] = ("ecs-logging-controller", "ecs-logging-controller")


class TwoNames(Fleet):
    """Two controllers that do not know each other, under one role."""

    instances: ClassVar[tuple[str, ...]] = ("ecs-logging-controller", "another")
