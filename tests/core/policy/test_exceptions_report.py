"""What people are told of exceptions themselves: over, soon over, of no use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from controller.core.policy.exceptions_report import notices_on, unused
from tests.core.policy.test_standing import exception

ENDS = datetime(2027, 4, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "codes"),
    [
        pytest.param(ENDS - timedelta(days=14) - TICK, [], id="far away"),
        pytest.param(ENDS - timedelta(days=14), ["ExceptionExpiresSoon"], id="14 days before"),
        pytest.param(ENDS - TICK, ["ExceptionExpiresSoon"], id="the last moment"),
        pytest.param(ENDS, ["ExceptionExpired"], id="over"),
        pytest.param(ENDS + timedelta(days=999), ["ExceptionExpired"], id="long over"),
    ],
)
def test_an_exception_is_told_of_when_its_end_comes_near(now: datetime, codes: list[str]) -> None:
    assert [one.code for one in notices_on([exception()], now)] == codes


def test_a_notice_says_which_when_and_who() -> None:
    one = exception().model_copy(update={"owner": "payments", "ticket": "LOG-12"})
    [notice] = notices_on([one], ENDS - timedelta(days=9))

    assert notice.message == "the exception spared ends with 2027-03-31, in 9 days"
    assert "(payments, LOG-12)" in notice.remedy


def test_an_exception_that_exempted_nothing_is_of_no_use() -> None:
    several = (exception("used"), exception("idle"), exception("over", expires="2026-01-01"))
    told = [*unused(several, {"used"}, datetime(2027, 1, 1, tzinfo=UTC))]

    assert [(one.code, "idle" in one.message) for one in told] == [("ExceptionUnused", True)]
