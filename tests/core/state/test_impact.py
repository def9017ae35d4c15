"""How much a policy set would change, and when it is held for that."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.pace.ask import Ask
from controller.core.pace.traffic import Sighting, Traffic
from controller.core.reason import Reason
from controller.core.refs import ClusterRef
from controller.core.state.impact import Measure, NewSet, States, held, measure, withheld
from controller.core.state.model import ClusterState, Unknown
from tests.core.state.given import (
    APPROVED,
    EMPTY,
    NEW,
    OLD,
    ONE,
    OTHER,
    REMEMBERS_NEW,
    REMEMBERS_OLD,
    SET,
    TWO,
    cluster,
    services,
    traffic,
)

UNREADABLE = Unknown(Reason("AccessDenied", "may not be read"))


def code(reason: Reason | None) -> str | None:
    return None if reason is None else reason.code


@pytest.mark.parametrize(
    ("changed", "answer"), [(0, None), (2, None), (3, "PolicyImpact"), (10, "PolicyImpact")]
)
def test_a_set_that_changes_more_than_its_share_is_held(changed: int, answer: str | None) -> None:
    fleet = traffic(services(ONE, 10, changed=changed))

    assert code(held(SET, fleet, {ONE: REMEMBERS_OLD})) == answer
    assert code(withheld(ONE, SET, fleet, {ONE: REMEMBERS_OLD})) == answer


def test_the_share_is_rounded_down() -> None:
    states: States = {ONE: REMEMBERS_OLD}

    assert held(SET, traffic(services(ONE, 14, changed=2)), states) is None
    assert code(held(SET, traffic(services(ONE, 14, changed=3)), states)) == "PolicyImpact"


def test_one_service_may_always_change_unless_none_may() -> None:
    fleet, states = traffic(services(ONE, 3, changed=1)), {ONE: REMEMBERS_OLD}

    assert held(SET, fleet, states) is None
    assert code(held(NewSet(NEW, max_impact=0), fleet, states)) == "PolicyImpact"


def test_it_says_how_much_and_how_to_say_yes() -> None:
    reason = held(SET, traffic(services(ONE, 10, changed=5)), {ONE: REMEMBERS_OLD})

    assert reason is not None
    assert "5 of 10 governed services" in reason.message
    assert f"ecs-logging approve policy {NEW}" in reason.remedy


def test_nobody_is_let_through_before_the_fleet_has_been_seen() -> None:
    fleet = traffic(services(ONE, 10), complete=False)

    assert code(held(SET, fleet, {ONE: REMEMBERS_OLD})) == "FleetNotSeen"
    assert withheld(ONE, SET, fleet, {ONE: EMPTY}) is None


@pytest.mark.parametrize("state", [EMPTY, REMEMBERS_NEW, APPROVED])
def test_a_cluster_that_remembers_no_other_set_or_has_a_yes_holds_nothing(
    state: ClusterState,
) -> None:
    fleet = traffic(services(ONE, 10, changed=10), services(TWO, 10, changed=10))

    assert withheld(ONE, SET, fleet, {ONE: state, TWO: REMEMBERS_OLD}) is None


def test_a_yes_to_another_set_is_none_to_this() -> None:
    state = ClusterState("0" * 16, 10, approved_policy=OTHER)

    fleet = traffic(services(ONE, 10, changed=10))
    assert code(withheld(ONE, SET, fleet, {ONE: state})) == "PolicyImpact"


def test_what_a_cluster_remembers_and_cannot_be_read_is_taken_for_another_set() -> None:
    fleet = traffic(services(ONE, 4), services(TWO, 6, changed=6))
    states: States = {ONE: REMEMBERS_OLD, TWO: UNREADABLE}

    assert code(withheld(ONE, SET, fleet, states)) == "PolicyImpact"
    assert code(withheld(TWO, SET, fleet, states)) == "AccessDenied"
    assert code(withheld(cluster("new"), SET, fleet, states)) == "Unknown"


def test_what_remembers_nothing_neither_counts_nor_hides_what_changes() -> None:
    fleet = traffic(services(ONE, 10, changed=3), services(TWO, 90, changed=0))

    assert code(held(SET, fleet, {ONE: REMEMBERS_OLD, TWO: EMPTY})) == "PolicyImpact"
    assert held(SET, fleet, {ONE: REMEMBERS_OLD, TWO: REMEMBERS_OLD}) is None


def test_a_set_that_lets_go_of_all_in_a_cluster_is_held() -> None:
    fleet = traffic(services(ONE, 10), services(TWO, 4, policy=None))

    reason = held(SET, fleet, {ONE: REMEMBERS_OLD, TWO: REMEMBERS_OLD})
    assert code(reason) == "PolicyImpact"
    assert reason is not None
    assert "govern nothing in the cluster two" in reason.message


@pytest.mark.parametrize("state", [EMPTY, APPROVED, ClusterState("0" * 16, governed=0)])
def test_where_nothing_was_governed_or_a_person_said_so_nothing_is_let_go(
    state: ClusterState,
) -> None:
    fleet = traffic(services(ONE, 10), services(TWO, 4, policy=None))

    assert held(SET, fleet, {ONE: REMEMBERS_OLD, TWO: state}) is None


def test_what_the_set_before_had_asked_for_already_is_no_change() -> None:
    seen = [replace(one, asked_by=frozenset({OLD})) for one in services(ONE, 10, changed=10)]

    assert held(SET, traffic(seen), {ONE: REMEMBERS_OLD}) is None
    before_that = ClusterState(OTHER, governed=10)
    assert code(held(SET, traffic(seen), {ONE: before_that})) == "PolicyImpact"


def undecided(where: ClusterRef, number: int) -> list[Sighting]:
    """Return services of which it cannot be told whether the set governs and changes them."""
    may_be = frozenset({Ask("corrected", held=("Undecided",), is_sure=False)})
    seen = services(where, number, policy=None)
    return [
        replace(one, ref=replace(one.ref, name=f"undecided-{at}"), asks=may_be)
        for at, one in enumerate(seen)
    ]


def test_what_cannot_be_told_counts_as_governed_and_as_changed() -> None:
    fleet = traffic(services(ONE, 6, changed=1), undecided(ONE, 4))
    states: States = {ONE: REMEMBERS_OLD}

    assert measure(SET, fleet, states) == Measure(changed=5, governed=10, most=2, unsure=4)
    reason = held(SET, fleet, states)
    assert reason is not None
    assert "change 5 of 10 governed services (4 of which cannot be told for now)" in reason.message


def test_what_could_not_be_told_of_the_set_before_either_is_no_change() -> None:
    seen = [replace(one, asked_by=frozenset({OLD})) for one in undecided(ONE, 4)]

    assert measure(SET, traffic(seen), {ONE: REMEMBERS_OLD}).changed == 0


FLEETS = st.dictionaries(
    st.sampled_from([cluster(name) for name in "abcd"]),
    st.tuples(st.integers(0, 8), st.integers(0, 8)),
    min_size=1,
)


@given(sizes=FLEETS, order=st.permutations([cluster(name) for name in "abcd"]))
def test_the_answer_stays_while_one_cluster_after_the_other_comes_to_remember_the_set(
    sizes: dict[ClusterRef, tuple[int, int]], order: list[ClusterRef]
) -> None:
    fleet = _fleet(sizes)
    states: dict[ClusterRef, ClusterState | Unknown] = dict.fromkeys(sizes, REMEMBERS_OLD)
    if held(SET, fleet, states) is not None:
        return
    for one in (one for one in order if one in sizes):
        states[one] = REMEMBERS_NEW
        assert held(SET, fleet, states) is None


def _fleet(sizes: dict[ClusterRef, tuple[int, int]]) -> Traffic:
    seen: list[list[Sighting]] = [
        services(where, number, changed=changed) for where, (number, changed) in sizes.items()
    ]
    return traffic(*seen)
