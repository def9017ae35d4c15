"""What a cluster remembers of conflicts, as tags that ECS takes."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.state.conflicts import (
    REASONS,
    Conflict,
    conflict_of,
    conflict_tag,
    conflict_value,
)
from controller.core.state.model import ClusterState, Unknown, state_of

WEB = "arn:aws:ecs:eu-central-1:111122223333:service/prod/web"
TAKEN_BY_ECS = re.compile(r"[\w .:/=+\-@]{0,256}")


@given(
    at=st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # hypothesis wants them bare
    because=st.sampled_from(sorted(REASONS)),
)
def test_what_is_remembered_is_read_back_to_the_millisecond(at: datetime, because: str) -> None:
    value = conflict_value(Conflict(at, because))

    assert TAKEN_BY_ECS.fullmatch(value)
    read = conflict_of(value)
    assert read == Conflict(at.replace(microsecond=at.microsecond // 1000 * 1000), because)
    assert state_of({conflict_tag(WEB): value}) == ClusterState(conflicts={conflict_tag(WEB): read})


def test_each_service_has_a_tag_of_its_own_that_ecs_takes() -> None:
    assert re.fullmatch(r"ecs-logging/conflict-[0-9a-f]{12}", conflict_tag(WEB))
    assert conflict_tag(WEB) != conflict_tag(f"{WEB}-two")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "ConflictingManager",
        "2027-03-31T09:30:00.000Z",
        "2027-03-31T09:30:00.000Z Paused",
        "2027-03-31T09:30:00 ConflictingManager",
        "2027-03-31T09:30:00.000Z ConflictingManager by user/anna",
        "yesterday ConflictingManager",
    ],
)
def test_a_tag_that_is_not_as_we_write_it_makes_all_unknown(value: str) -> None:
    assert conflict_of(value) is None
    state = state_of({conflict_tag(WEB): value})
    assert isinstance(state, Unknown)
    assert conflict_tag(WEB) in state.reason.message
