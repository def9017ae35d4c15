"""What a person's pause holds back, and what it does not."""

from __future__ import annotations

import pytest

from controller.core.move import Return
from controller.core.reason import Health, Reason
from controller.core.service.gates.paused import paused
from controller.core.service.observed import NOT_ASKED
from controller.core.state.model import ClusterState, Unknown
from tests.core.service.gates.asked import asked
from tests.core.service.given import NOW, REF
from tests.core.service.scene import A_DRIFTED_SERVICE

CLUSTER = REF.cluster_ref
PAUSED = ClusterState(paused=NOW, paused_by="user/anna")


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        pytest.param(ClusterState(), None, id="goes on"),
        pytest.param(PAUSED, "Paused", id="paused"),
        pytest.param(Unknown(Reason("AccessDenied", "denied")), "AccessDenied", id="unreadable"),
    ],
)
def test_a_paused_cluster_begins_nothing(state: ClusterState | Unknown, answer: str | None) -> None:
    assert asked(paused, A_DRIFTED_SERVICE.but(state={CLUSTER: state})) == answer


def test_another_cluster_is_none_of_its_business() -> None:
    other = type(CLUSTER)(CLUSTER.account, CLUSTER.region, CLUSTER.partition, "other")
    scene = A_DRIFTED_SERVICE.but(state={CLUSTER: ClusterState(), other: PAUSED})

    assert asked(paused, scene) is None


@pytest.mark.parametrize(("state", "answer"), [(NOT_ASKED, "look at state"), ({}, "Unknown")])
def test_what_was_not_read_lets_nothing_through(state: object, answer: str) -> None:
    assert asked(paused, A_DRIFTED_SERVICE.but(state=state)) == answer


def test_it_says_who_and_since_when_and_how_it_ends() -> None:
    decision = A_DRIFTED_SERVICE.but(state={CLUSTER: PAUSED}).next

    assert decision.health is Health.SUSPENDED
    assert not isinstance(decision.step, Return)
    reason = paused(A_DRIFTED_SERVICE.but(state={CLUSTER: PAUSED}).candidate)
    assert reason is not None
    assert "2026-11-22 12:00 UTC by user/anna" in str(reason)
    assert "ecs-logging resume --cluster prod" in str(reason)
