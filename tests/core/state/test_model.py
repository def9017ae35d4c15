"""What a cluster remembers, as it stands in its tags."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.state.model import (
    ACKNOWLEDGED,
    APPROVED_POLICY,
    APPROVED_WAVE,
    PAUSED,
    POLICY_DIGEST,
    UNKNOWN_MEMBER,
    ClusterState,
    Unknown,
    in_force,
    state_of,
)
from controller.core.state.said import Said, written
from tests.core.state.given import NEW, OLD

NOON = datetime(2027, 3, 31, 12, tzinfo=UTC)
TAKEN_BY_ECS = re.compile(r"[\w .:/=+\-@]{0,256}")


def test_a_cluster_without_tags_of_ours_remembers_nothing() -> None:
    assert state_of({"team": "shop"}) == ClusterState()


@given(
    digest=st.text("0123456789abcdef", min_size=16, max_size=16),
    governed=st.integers(0, 999_999),
)
def test_what_is_remembered_is_read_back(digest: str, governed: int) -> None:
    written = in_force(digest, governed)

    assert TAKEN_BY_ECS.fullmatch(written)
    assert state_of({POLICY_DIGEST: written}) == ClusterState(digest, governed)


def test_what_people_have_said_is_read_back() -> None:
    people = {
        APPROVED_POLICY: NEW,
        PAUSED: written(Said(NOON, "user/anna")),
        ACKNOWLEDGED: written(Said(NOON)),
        f"{APPROVED_WAVE}production": f"second wave {NEW}",
        UNKNOWN_MEMBER: "web:12",
    }

    state = state_of({**people, POLICY_DIGEST: in_force(OLD, 3)})
    assert state == ClusterState(
        policy_digest=OLD,
        governed=3,
        approved_policy=NEW,
        acknowledged=NOON,
        paused=NOON,
        paused_by="user/anna",
        approved_waves={"production": f"second wave {NEW}"},
        unknown_member="web:12",
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (POLICY_DIGEST, ""),
        (POLICY_DIGEST, OLD),
        (POLICY_DIGEST, f"{OLD} governed=-1"),
        (POLICY_DIGEST, f"{OLD} governed=٣"),
        (POLICY_DIGEST, f"{OLD} governed=3\n"),
        (POLICY_DIGEST, f"{OLD[:-1]} governed=3"),
        (APPROVED_POLICY, "yes"),
        (APPROVED_POLICY, "A" * 16),
        (PAUSED, "until Monday"),
        (PAUSED, "true"),
        (PAUSED, ""),
        (ACKNOWLEDGED, "2027-03-31"),
        (ACKNOWLEDGED, "2027-03-31T12:00:00"),
        (f"{APPROVED_WAVE}production", "second"),
        (f"{APPROVED_WAVE}production", f" {NEW}"),
        (UNKNOWN_MEMBER, "web"),
        (UNKNOWN_MEMBER, "web:twelve"),
    ],
)
def test_a_tag_that_is_not_as_we_write_it_makes_all_unknown(key: str, value: str) -> None:
    state = state_of({POLICY_DIGEST: in_force(OLD, 3), key: value})

    assert isinstance(state, Unknown)
    assert key in state.reason.message
    assert state.reason.remedy
