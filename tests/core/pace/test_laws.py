"""Laws of the pace, whatever happens in whatever order: no limit is passed, no wave is jumped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from controller.core.pace.budget import may_start
from controller.core.pace.traffic import RollResult, Sighting, Traffic
from controller.core.pace.waves import Asking, may_begin
from controller.core.policy.model import LoggingPolicy
from controller.core.refs import ServiceRef
from tests.core.pace.fleet import drifted, named, traffic, waves
from tests.core.service.given import NOW, minutes


def limits(most: int) -> st.SearchStrategy[dict[str, int]]:
    """Return limits of rolls at once, up to *most* in all."""
    fewer = st.integers(1, max(1, most - 1))
    total = {"total": st.integers(max(1, most - 1), most)}
    return st.fixed_dictionaries(total, optional={"perAccount": fewer, "perCluster": fewer})


NAMES = ("first", "second", "third")
BAKE = minutes(10)


@st.composite
def policies(draw: st.DrawFn) -> LoggingPolicy:
    """Draw a policy with some waves, some of which have limits of their own."""
    stated = [
        {"name": name, "match": [{"services": [name]}], "bake": "10m", "maxConcurrent": limit}
        for name in NAMES
        if (limit := draw(limits(2) | st.none())) is not None or draw(st.booleans())
    ]
    for one in stated:
        if one["maxConcurrent"] is None:
            del one["maxConcurrent"]
    share = f"{draw(st.sampled_from([1, 30, 50, 100, 100]))}%"
    return waves(*stated, maxConcurrent=draw(limits(5)), maxPer={"share": share, "in": "24h"})


@st.composite
def fleets(draw: st.DrawFn) -> list[Sighting]:
    """Draw services over some clusters, accounts and waves."""
    return [
        replace(
            drifted(f"web-{number}", draw(st.sampled_from([0, 0, 1, 2, 3]))),
            ref=named(
                f"web-{number}",
                cluster=draw(st.sampled_from(["prod", "batch"])),
                account=draw(st.sampled_from(["111122223333", "999999999999"])),
            ),
            canary_eligible=draw(st.sampled_from([True, True, False])),
        )
        for number in range(draw(st.integers(3, 9)))
    ]


EVENTS = st.lists(
    st.tuples(st.sampled_from(["ask", "ask", "ends", "fails", "waits"]), st.integers(0, 8)),
    min_size=20,
    max_size=60,
)


class Rollout:
    """A fleet that is rolled as the pace lets it, one event after the other."""

    def __init__(self, by: LoggingPolicy, fleet: list[Sighting], *, in_waves: bool) -> None:
        self.by, self.in_waves, self.now = by, in_waves, NOW
        self.seen = {one.ref: one for one in fleet}

    def happens(self, events: list[tuple[str, int]]) -> Iterator[tuple[Sighting, Traffic] | None]:
        """Let each event happen, and yield who was let through by it, and what it saw before.

        All ask in turn, beginning with the one that is drawn; of those in flight, one ends.
        """
        for event, number in events:
            if event == "waits":
                self.now += minutes(5)
            elif event == "ask":
                yield from self._all_ask(number)
            elif flying := [one for one in self.seen.values() if one.in_flight]:
                self._ended(flying[number % len(flying)], failed=event == "fails")
            yield None

    def _all_ask(self, number: int) -> Iterator[tuple[Sighting, Traffic]]:
        fleet = list(self.seen.values())
        for one in (*fleet[number:], *fleet[:number]):
            saw = traffic(self.seen.values())
            if one.wants is not None and not one.in_flight and self._may_go(one, saw):
                self._rolls(one)
                yield one, saw

    def _may_go(self, one: Sighting, fleet: Traffic) -> bool:
        asking = Asking(one.ref, self.by, one.wave, one.canary_eligible)
        if self.in_waves and may_begin(asking, fleet, self.now) is not None:
            return False
        return may_start(one.ref, self.by, fleet, self.now, wave=one.wave) is None

    def _rolls(self, one: Sighting) -> None:
        times = (*one.rolled_at, self.now)
        self.seen[one.ref] = replace(one, in_flight=True, rolled_at=times)

    def _ended(self, one: Sighting, *, failed: bool) -> None:
        rolls = (*one.rolls, RollResult(one.rolled_at[-1], self.now, failed))
        at_rest = replace(one, in_flight=False, rolls=rolls)
        good: dict[str, Any] = {"wants": None, "settled": True, "corrected": True}
        if one.canary_eligible:
            good["evidence"] = self.now
        self.seen[one.ref] = at_rest if failed else replace(at_rest, **good)

    def flying(self, **where: Any) -> int:
        """Return how many of a place, an account or a wave are being rolled."""
        return sum(
            one.in_flight
            and all(
                getattr(one.ref, key, getattr(one, key, None)) == it for key, it in where.items()
            )
            for one in self.seen.values()
        )

    def began_within(self, span: timedelta) -> int:
        """Return how many rolls began within the span until now."""
        since = self.now - span
        return sum(at > since for one in self.seen.values() for at in one.rolled_at)


def within(limit: Any, rollout: Rollout, of: Sighting, **where: Any) -> bool:
    """Tell whether a limit holds after a service was let through."""
    here = {"account": of.ref.account}
    there = here | {"cluster": of.ref.cluster}
    counts = (
        (limit.total, rollout.flying(**where)),
        (limit.per_account, rollout.flying(**here, **where)),
        (limit.per_cluster, rollout.flying(**there, **where)),
    )
    return all(most is None or count <= most for most, count in counts)


@given(by=policies(), fleet=fleets(), events=EVENTS)
def test_no_limit_is_ever_passed(
    by: LoggingPolicy, fleet: list[Sighting], events: list[tuple[str, int]]
) -> None:
    rollout, pace = Rollout(by, fleet, in_waves=False), by.rollout
    most = max(1, int(len(fleet) * pace.max_per.share))
    for started in rollout.happens(events):
        assert rollout.began_within(pace.max_per.span) <= most
        if started is None:
            continue
        one, wave = started[0], started[0].wave
        assert within(pace.max_concurrent, rollout, one)
        limit = None if wave is None or wave >= len(pace.waves) else pace.waves[wave].max_concurrent
        assert limit is None or within(limit, rollout, one, wave=wave)


IN_WAVES = waves(
    *({"name": name, "match": [{"services": [name]}], "bake": "10m"} for name in NAMES),
    maxConcurrent={"total": 3},
    maxPer={"share": "100%", "in": "1m"},
)


def ended(one: Sighting) -> datetime:
    return max((roll.ended or NOW for roll in one.rolls), default=NOW - timedelta(days=1))


@given(fleet=fleets(), events=EVENTS)
def test_no_wave_begins_before_those_before_are_done_and_baked(
    fleet: list[Sighting], events: list[tuple[str, int]]
) -> None:
    rollout = Rollout(IN_WAVES, fleet, in_waves=True)
    for started in rollout.happens(events):
        if started is None:
            continue
        one, saw = started
        before = [other for other in saw.sightings.values() if (other.wave or 0) < (one.wave or 0)]
        assert all(other.settled and not other.in_flight for other in before)
        assert all(ended(other) + BAKE <= rollout.now for other in before)


@given(fleet=fleets(), events=EVENTS)
def test_until_one_has_proven_the_change_only_one_flies_and_it_is_of_the_first_that_has_any(
    fleet: list[Sighting], events: list[tuple[str, int]]
) -> None:
    rollout = Rollout(IN_WAVES, fleet, in_waves=True)
    for started in rollout.happens(events):
        if started is None:
            continue
        one, saw = started
        evidence = [other.evidence for other in saw.sightings.values() if other.evidence]
        if not any(at + BAKE <= rollout.now for at in evidence):
            wanting = [other for other in saw.sightings.values() if other.rollable and other.wants]
            assert one.canary_eligible
            assert all((one.wave or 0) <= (other.wave or 0) for other in wanting)
            assert rollout.flying() == 1


@given(fleet=fleets(), place=st.integers(0, 8), asking=st.integers(0, 8))
def test_nobody_who_may_begin_must_wait_because_another_is_done(
    fleet: list[Sighting], place: int, asking: int
) -> None:
    one = fleet[asking % len(fleet)]
    other = fleet[place % len(fleet)]
    asks = Asking(one.ref, IN_WAVES, one.wave, one.canary_eligible)
    by_then = replace(
        other,
        wants=None,
        settled=True,
        corrected=True,
        evidence=NOW - BAKE if other.canary_eligible else None,
        rolls=(RollResult(NOW - 2 * BAKE, NOW - BAKE, failed=False),),
    )
    known = {each.ref: each for each in fleet}

    def may(sightings: dict[ServiceRef, Sighting]) -> bool:
        return may_begin(asks, traffic(sightings.values()), NOW) is None

    if other.ref != one.ref and may(known):
        assert may(known | {other.ref: by_then})
