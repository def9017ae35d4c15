"""What a person said, as the value of a tag."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.state.said import Said, said, speaker, written

TAKEN_BY_ECS = re.compile(r"[A-Za-z0-9 _.:/=+\-@]{1,256}")
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
)


@given(at=MOMENTS, by=st.none() | st.text(min_size=1))
def test_a_tag_can_hold_it_whoever_spoke(at: datetime, by: str | None) -> None:
    value = written(Said(at, by))

    assert TAKEN_BY_ECS.fullmatch(value)
    assert (read := said(value)) is not None
    assert read.at == at


@given(at=MOMENTS, by=st.from_regex(r"[A-Za-z0-9_.:/=+\-@]{1,200}", fullmatch=True))
def test_it_is_read_back(at: datetime, by: str) -> None:
    assert said(written(Said(at, by))) == Said(at, by)


def test_a_moment_in_another_zone_is_read_in_utc() -> None:
    noon = datetime(2027, 3, 31, 12, tzinfo=UTC)

    assert said("2027-03-31T14:00:00+02:00") == Said(noon)
    assert written(Said(noon.astimezone(timezone(timedelta(hours=2))))) == (
        "2027-03-31T12:00:00.000Z"
    )


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yes",
        "2027-03-31",
        "2027-03-31T12:00:00",
        "2027-02-30T12:00:00Z",
        "2027-03-31T24:30:00Z",
        "٢٠٢٧-03-31T12:00:00Z",
        "2027-03-31T12:00:00Z by",
        "2027-03-31T12:00:00Z by two words",
        "2027-03-31T12:00:00Z\n",
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_what_is_no_moment_says_nothing(value: str) -> None:
    assert said(value) is None


@pytest.mark.parametrize(
    ("arn", "short"),
    [
        ("arn:aws:iam::111122223333:user/anna", "user/anna"),
        ("arn:aws:sts::111122223333:assumed-role/Ops/anna@x.org", "assumed-role/Ops/anna@x.org"),
        ("arn:aws:iam::111122223333:root", "root"),
    ],
)
def test_a_person_is_named_in_short(arn: str, short: str) -> None:
    assert speaker(arn) == short
