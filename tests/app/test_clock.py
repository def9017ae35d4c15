"""The clock: put right by AWS's, where the difference is one, and is theirs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from controller.app.clock import SystemClock, correction


@pytest.mark.parametrize(
    ("behind", "corrected"),
    [
        pytest.param(-240, -240, id="it is ahead"),
        pytest.param(240, 240, id="it is behind"),
        pytest.param(-10, 0, id="an answer was on its way"),
        pytest.param(86_400, 0, id="no AWS would have heeded us"),
    ],
)
def test_a_clock_is_corrected_by_what_can_be_its_fault(behind: int, corrected: int) -> None:
    assert correction(timedelta(seconds=behind)) == timedelta(seconds=corrected)


def test_the_clock_goes_by_what_it_heard_last() -> None:
    clock, off = SystemClock(), timedelta(minutes=4)

    clock.heard(datetime.now(UTC) - off)
    assert abs(datetime.now(UTC) - off - clock.now()) < timedelta(minutes=1)

    clock.heard(datetime.now(UTC))
    assert abs(datetime.now(UTC) - clock.now()) < timedelta(minutes=1)
