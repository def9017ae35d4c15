"""Durations, shares, sizes and retentions are read exactly, or refused."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.policy.quantities import duration_text, share_text
from controller.core.policy.retention import RETENTION_DAYS
from tests.core.policy.written import SMALLEST, parsed, policy_from


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("90s", timedelta(seconds=90)),
        ("10m", timedelta(minutes=10)),
        ("24h", timedelta(days=1)),
        ("7d", timedelta(days=7)),
        ("0s", timedelta(0)),
        ('"5m"', timedelta(minutes=5)),
    ],
)
def test_a_duration_is_a_whole_number_and_its_unit(text: str, duration: timedelta) -> None:
    assert policy_from(f"  rollout: {{bakeTime: {text}}}").rollout.bake_time == duration


@pytest.mark.parametrize(
    "text", ["10", "1.5h", "-5m", "5 m", "m", "1h30m", "10M", "1w", "PT5M", "9999999d", "[1m]"]
)
def test_anything_else_is_no_duration(text: str) -> None:
    result = parsed(SMALLEST + f"  rollout: {{bakeTime: {text}}}\n")

    assert [problem.hint for problem in result.problems] == [
        "write a whole number and its unit: 90s, 10m, 24h or 7d"
    ]


@pytest.mark.parametrize("where", ["progressDeadline: 0s", "maxPer: {in: 0d}"])
def test_what_would_divide_or_wait_by_nothing_is_refused(where: str) -> None:
    (problem,) = parsed(SMALLEST + f"  rollout: {{{where}}}\n").problems

    assert problem.message == "a duration of nothing"


@given(st.integers(0, 10**6 - 1), st.sampled_from("smhd"))
def test_a_duration_is_shown_as_it_can_be_written(count: int, unit: str) -> None:
    bake_time = policy_from(f"  rollout: {{bakeTime: {count}{unit}}}").rollout.bake_time
    shown = duration_text(bake_time)

    assert policy_from(f"  rollout: {{bakeTime: {shown}}}").rollout.bake_time == bake_time


@pytest.mark.parametrize(
    ("text", "share", "shown"),
    [
        ("10%", Decimal("0.1"), "10%"),
        ("100%", Decimal(1), "100%"),
        ("2.5%", Decimal("0.025"), "2.5%"),
        ("0.0001%", Decimal("0.000001"), "0.0001%"),
    ],
)
def test_a_share_is_exact(text: str, share: Decimal, shown: str) -> None:
    stated = policy_from(f"  rollout: {{maxPer: {{share: {text}}}}}").rollout.max_per.share

    assert stated == share
    assert share_text(stated) == shown


@pytest.mark.parametrize("text", ["10", "0.1", "0%", "101%", "-1%", "'%'", "10 %", "1e2%"])
def test_anything_else_is_no_share(text: str) -> None:
    (problem,) = parsed(SMALLEST + f"  rollout: {{maxPer: {{share: {text}}}}}\n").problems

    assert problem.reason == "InvalidValue"


@pytest.mark.parametrize("days", RETENTION_DAYS)
def test_every_retention_of_cloudwatch_is_taken(days: int) -> None:
    log_group = policy_from(f"  logGroup: {{retentionInDays: {days}}}").log_group

    assert log_group is not None
    assert log_group.retention_in_days == days


@pytest.mark.parametrize(
    ("days", "near"),
    [(100, "90 or 120"), (0, "1"), (-1, "1"), (2, "1 or 3"), (10_000, "3653")],
)
def test_any_other_retention_is_met_with_the_nearest(days: int, near: str) -> None:
    (problem,) = parsed(SMALLEST + f"  logGroup: {{retentionInDays: {days}}}\n").problems

    assert problem.hint == f"the nearest that it knows: {near}"


@pytest.mark.parametrize("text", ['"30"', "30.0", "true", "[30]"])
def test_what_only_looks_like_a_number_of_days_is_refused(text: str) -> None:
    (problem,) = parsed(SMALLEST + f"  logGroup: {{retentionInDays: {text}}}\n").problems

    assert problem.message == "a whole number is wanted here, without quotes"


@pytest.mark.parametrize("size", ["25m", "1g", "512k", "100b", '"1048576"'])
def test_a_buffer_size_is_written_as_docker_reads_it(size: str) -> None:
    text = SMALLEST.replace("{service}", "x").replace('x"', f'x", maxBufferSize: {size}')

    assert parsed(text).problems == ()


@pytest.mark.parametrize("size", ["0m", "25mb", "25 m", "m", "1.5m", "1048576"])
def test_any_other_buffer_size_is_refused(size: str) -> None:
    text = SMALLEST.replace("{service}", "x").replace('x"', f'x", maxBufferSize: {size}')

    assert [problem.reason for problem in parsed(text).problems] == ["InvalidValue"]
