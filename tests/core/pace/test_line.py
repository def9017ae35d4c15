"""Stopping the line: so many failures in a row, or such a share of the last rolls, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.pace.line import stopped
from controller.core.pace.traffic import RollResult, Sighting
from controller.core.policy.model import LoggingPolicy
from controller.core.reason import Reason
from controller.core.refs import ClusterRef
from tests.core.pace.fleet import drifted, named, rolled
from tests.core.service.given import NOW, ago, policy

TWO = policy(rollout={"maxFailures": {"inARow": 2}})


def seen(rolls: Iterable[RollResult], name: str = "web", **more: object) -> Sighting:
    return replace(drifted(name), rolls=tuple(rolls), **more)  # type: ignore[arg-type]  # as stated


def halted(
    *sightings: Sighting,
    by: LoggingPolicy = TWO,
    acknowledged: dict[ClusterRef, datetime] | None = None,
) -> Reason | None:
    """Return why the line is stopped, if it is."""
    return stopped(by, {one.ref: one for one in sightings}, acknowledged or {})


def in_order(outcomes: str) -> list[Sighting]:
    """Return services that were rolled one after the other: `F` failed, `s` succeeded."""
    return [
        seen([rolled(10 * (len(outcomes) - place), failed=one == "F")], f"web-{place}")
        for place, one in enumerate(outcomes)
    ]


@pytest.mark.parametrize(
    ("outcomes", "stops"),
    [
        ("", False),
        ("s", False),
        ("F", False),
        ("FF", True),
        ("FsF", False),
        ("FFs", False),
        ("sFF", True),
        ("FFsF", False),
        ("sFFF", True),
    ],
)
def test_two_failures_in_a_row_stop_the_line(outcomes: str, *, stops: bool) -> None:
    assert (halted(*in_order(outcomes)) is not None) is stops


@pytest.mark.parametrize(
    ("outcomes", "stops"),
    [
        pytest.param("sFssF", True, id="two of five are forty percent"),
        pytest.param("ssssF", False, id="one of five is less"),
        pytest.param("FsFs", False, id="there were not as many yet"),
        pytest.param("FsFsssss", False, id="they are long ago"),
        pytest.param("sssFsFss", True, id="the last five hold both"),
    ],
)
def test_a_share_of_the_last_rolls_stops_the_line(outcomes: str, *, stops: bool) -> None:
    shared = policy(rollout={"maxFailures": {"inARow": 9, "share": "40%", "ofLast": 5}})

    assert (halted(*in_order(outcomes), by=shared) is not None) is stops


def test_a_share_is_rounded_down_and_at_least_one() -> None:
    strict = policy(rollout={"maxFailures": {"inARow": 9, "share": "1%", "ofLast": 5}})
    half = policy(rollout={"maxFailures": {"inARow": 9, "share": "50%", "ofLast": 5}})

    assert halted(*in_order("ssssF"), by=strict)
    assert not halted(*in_order("sssss"), by=strict)
    assert halted(*in_order("sFsFs"), by=half)


def test_it_is_told_who_failed_and_when_and_what_to_say() -> None:
    told = halted(*in_order("sFF"))

    assert told is not None
    assert told.code == "LineStopped"
    assert told.message == (
        "the last 2 rolls failed: prod/web-2 at 2026-11-22 11:50 UTC, "
        "prod/web-1 at 2026-11-22 11:40 UTC"
    )
    assert told.remedy.endswith(": ecs-logging resume --line --cluster prod")


def test_of_many_failures_the_newest_are_told() -> None:
    told = halted(*in_order("F" * 9))

    assert told is not None
    assert "web-8" in told.message
    assert "web-0" not in told.message
    assert told.message.endswith("and 4 more")


def test_one_service_that_fails_again_and_again_stops_the_line() -> None:
    assert halted(seen([rolled(90, failed=True), rolled(10, failed=True)]))


def test_what_goes_on_counts_for_nothing_until_it_has_failed() -> None:
    failed = seen([rolled(30, failed=True)], "one")
    going_on = RollResult(ago(10), None, failed=False)

    assert not halted(failed, seen([going_on], "two"))
    assert halted(failed, seen([replace(going_on, failed=True)], "two"))


def test_others_failures_are_theirs() -> None:
    failed, other = (rolled(at, failed=True) for at in (10, 20))

    assert not halted(seen([failed], "one"), seen([other], "two", policy="other"))
    assert not halted(seen([failed], "one"), seen([other], "two", policy=None))


def test_what_a_person_has_acknowledged_counts_no_more() -> None:
    one, two = seen([rolled(30, failed=True)], "one"), seen([rolled(20, failed=True)], "two")
    here = one.ref.cluster_ref

    assert halted(one, two, acknowledged={here: ago(31)})
    assert not halted(one, two, acknowledged={here: ago(30)})
    assert not halted(one, two, acknowledged={here: NOW})


def test_each_cluster_is_acknowledged_for_itself() -> None:
    elsewhere = replace(seen([rolled(30, failed=True)]), ref=named("web", cluster="batch"))
    here = [seen([rolled(at, failed=True)], f"web-{at}") for at in (20, 10)]

    assert halted(elsewhere, *here, acknowledged={elsewhere.ref.cluster_ref: NOW})
    assert not halted(elsewhere, *here, acknowledged={here[0].ref.cluster_ref: NOW})


def test_a_failure_after_the_acknowledgement_counts_with_those_elsewhere() -> None:
    old, new = seen([rolled(30, failed=True)], "one"), seen([rolled(10, failed=True)], "two")
    newest = seen([rolled(5, failed=True)], "three")
    acknowledged = {old.ref.cluster_ref: ago(20)}

    assert not halted(old, new, acknowledged=acknowledged)
    assert halted(old, new, newest, acknowledged=acknowledged)


@given(outcomes=st.text("Fs", max_size=30), most=st.integers(1, 5))
def test_a_success_more_never_stops_and_a_failure_more_never_frees(
    outcomes: str, most: int
) -> None:
    by = policy(rollout={"maxFailures": most})
    stops = halted(*in_order(outcomes), by=by) is not None

    assert stops is outcomes.endswith("F" * most)
    assert halted(*in_order(outcomes + "s"), by=by) is None
    if stops:
        assert halted(*in_order(outcomes + "F"), by=by)
