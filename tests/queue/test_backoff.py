"""The backoff: from a second to a quarter of an hour, never in step."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from controller.queue.backoff import Backoff

failures = st.integers(min_value=1, max_value=5_000)
draws = st.floats(min_value=0.0, max_value=1.0, exclude_max=True)


@given(failures, draws)
def test_a_delay_is_never_below_the_first_nor_above_the_cap(failed: int, drawn: float) -> None:
    assert 1.0 <= Backoff().delay(failed, lambda: drawn) <= 900.0


@given(failures)
def test_the_longest_wait_doubles_until_it_reaches_the_cap(failed: int) -> None:
    backoff = Backoff()

    assert backoff.ceiling(failed + 1) == min(900.0, 2 * backoff.ceiling(failed))


@given(failures, draws, draws)
def test_the_draw_spreads_delays_over_the_whole_range(failed: int, one: float, two: float) -> None:
    low, high = sorted((one, two))
    backoff = Backoff(first=2.0, cap=64.0)

    assert backoff.delay(failed, lambda: 0.0) == 2.0
    assert backoff.delay(failed, lambda: low) <= backoff.delay(failed, lambda: high)
    assert backoff.delay(failed, lambda: 0.5) == (2.0 + backoff.ceiling(failed)) / 2


def test_the_first_failures_wait_for_seconds_and_the_tenth_for_minutes() -> None:
    backoff = Backoff()

    assert [backoff.ceiling(failed) for failed in (1, 2, 3, 10, 11)] == [2, 4, 8, 900, 900]
