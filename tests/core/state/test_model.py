"""What a cluster remembers, as it stands in its tags."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.state.model import (
    ACKNOWLEDGED,
    APPROVED_POLICY,
    PAUSED,
    POLICY_DIGEST,
    ClusterState,
    Unknown,
    in_force,
    state_of,
)
from tests.core.state.given import NEW, OLD

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


def test_what_people_have_said_is_read_as_it_stands() -> None:
    said = {APPROVED_POLICY: NEW, PAUSED: "until Monday", ACKNOWLEDGED: "failure-1"}

    state = state_of({**said, POLICY_DIGEST: in_force(OLD, 3)})
    assert state == ClusterState(OLD, 3, NEW, "failure-1", "until Monday")


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
    ],
)
def test_a_tag_that_is_not_as_we_write_it_makes_all_unknown(key: str, value: str) -> None:
    state = state_of({POLICY_DIGEST: in_force(OLD, 3), key: value})

    assert isinstance(state, Unknown)
    assert key in state.reason.message
    assert state.reason.remedy
