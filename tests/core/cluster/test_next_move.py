"""A cluster remembers the set of policies that has come in force, and no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from controller.core.cluster.next_move import next_move
from controller.core.cluster.observed import Cluster
from controller.core.consent import Yes
from controller.core.move import Decision, Done, RememberPolicy, Wait
from controller.core.pace.traffic import Traffic
from controller.core.reason import Health, Reason
from controller.core.state.model import ClusterState, Unknown
from tests.core.state.given import (
    APPROVED,
    EMPTY,
    NEW,
    ONE,
    REMEMBERS_NEW,
    REMEMBERS_OLD,
    SET,
    TWO,
    services,
    traffic,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
YES = Yes(given=True, writes=True, otherwise=Reason("AuditOnly", "not enforced"))
NO = Yes(given=False, writes=False, otherwise=Reason("AuditOnly", "not enforced"))
UNREADABLE = Unknown(Reason("AccessDenied", "may not be read"))
REMEMBER = Decision(RememberPolicy(ONE, NEW, 10), Health.PROGRESSING)


def decided(
    state: ClusterState | Unknown, seen: Traffic, *, yes: Yes = YES, two: ClusterState = EMPTY
) -> Decision:
    return next_move(Cluster(ONE, {ONE: state, TWO: two}), SET, seen, yes=yes, now=NOW)


def code(decision: Decision) -> str | None:
    step = decision.step
    assert isinstance(step, Wait | Done)
    return None if step.reason is None else step.reason.code


@pytest.mark.parametrize("state", [EMPTY, REMEMBERS_OLD])
def test_a_set_that_changes_little_is_remembered_with_what_it_governs(state: ClusterState) -> None:
    assert decided(state, traffic(services(ONE, 10, changed=2))) == REMEMBER


def test_a_set_is_remembered_once() -> None:
    assert decided(REMEMBERS_NEW, traffic(services(ONE, 10))) == Decision(Done())


def test_the_first_set_is_remembered_whatever_it_changes() -> None:
    assert decided(EMPTY, traffic(services(ONE, 10, changed=10))) == REMEMBER


def test_a_set_that_changes_much_waits_for_a_person() -> None:
    seen = traffic(services(ONE, 10, changed=5))

    decision = decided(REMEMBERS_OLD, seen)
    assert (code(decision), decision.health) == ("PolicyImpact", Health.SUSPENDED)
    assert decided(APPROVED, seen) == REMEMBER


def test_nothing_is_remembered_anywhere_while_the_set_is_held_somewhere() -> None:
    seen = traffic(services(ONE, 10), services(TWO, 10, changed=5))

    decision = decided(EMPTY, seen, two=REMEMBERS_OLD)
    assert (code(decision), decision.health) == ("PolicyImpact", Health.HEALTHY)


def test_nothing_is_remembered_before_the_fleet_has_been_seen() -> None:
    decision = decided(EMPTY, traffic(services(ONE, 10), complete=False))

    assert code(decision) == "FleetNotSeen"
    assert isinstance(decision.step, Wait)
    assert decision.step.until is not None


def test_nothing_is_remembered_where_no_policy_enforces() -> None:
    seen = traffic(services(ONE, 10, policy=None))

    assert decided(EMPTY, seen) == Decision(Done())


def test_a_person_may_let_go_of_all_that_was_governed() -> None:
    seen = traffic(services(ONE, 10, policy=None))

    assert code(decided(REMEMBERS_OLD, seen)) == "PolicyImpact"
    assert decided(APPROVED, seen).step == RememberPolicy(ONE, NEW, 0)


def test_a_process_that_does_not_enforce_learns_what_would_hold_it() -> None:
    assert code(decided(REMEMBERS_OLD, traffic(services(ONE, 10)), yes=NO)) == "AuditOnly"
    much = traffic(services(ONE, 10, changed=5))
    assert code(decided(REMEMBERS_OLD, much, yes=NO)) == "PolicyImpact"


@pytest.mark.parametrize(("yes", "health"), [(YES, Health.DEGRADED), (NO, Health.HEALTHY)])
def test_what_cannot_be_read_holds_up_only_who_would_write(yes: Yes, health: Health) -> None:
    decision = decided(UNREADABLE, traffic(services(ONE, 10)), yes=yes)

    assert (code(decision), decision.health) == ("AccessDenied", health)


def test_what_holds_back_all_that_is_new_in_a_cluster_is_told_of_it() -> None:
    paused = replace(REMEMBERS_NEW, paused=NOW)
    stopped = replace(REMEMBERS_NEW, unknown_member="web:2")

    for state, code in ((paused, "Paused"), (stopped, "UnknownMember")):
        said = decided(state, traffic(services(ONE, 2)))
        assert isinstance(said.step, Wait)
        assert (said.step.reason.code, said.health) == (code, Health.SUSPENDED)
