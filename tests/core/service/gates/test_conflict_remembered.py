"""What the cluster remembers of a conflict holds the service, whatever its history says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from controller.core.move import Register, RememberConflict, Roll, Wait
from controller.core.policy.model import LoggingPolicy
from controller.core.reason import Health, Reason
from controller.core.service.gates.conflict import conflict
from controller.core.service.gates.settled import settled
from controller.core.service.observed import NOT_ASKED
from controller.core.state.conflicts import MOST, Conflict, conflict_tag
from controller.core.state.model import ClusterState, Unknown
from tests.core.service.gates.asked import asked
from tests.core.service.gates.releases import DAY, approved, released, told
from tests.core.service.given import NOW, REF, SIBLING, policy
from tests.core.service.scene import A_DRIFTED_SERVICE, NOT_ENFORCED, Scene

LONG_AGO = NOW - 30 * DAY
FIGHT = "ConflictingManager"
REPORT = policy(rollout={"on_release": "Report"})
OTHERS = {conflict_tag(f"service/{number}"): Conflict(LONG_AGO, FIGHT) for number in range(MOST)}


def remembering(
    scene: Scene, because: str = FIGHT, at: datetime = LONG_AGO, arn: str = REF.arn
) -> Scene:
    """Return the scene in which the cluster remembers a conflict."""
    state = ClusterState(conflicts={conflict_tag(arn): Conflict(at, because)})
    return scene.but(state={REF.cluster_ref: state})


def message(scene: Scene) -> str:
    """Return what the gate says of the conflict."""
    said = conflict(scene.candidate)
    assert isinstance(said, Wait)
    return said.reason.message


# ── what is remembered holds ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("scene", "answer"),
    [
        pytest.param(A_DRIFTED_SERVICE, None, id="nothing is remembered"),
        pytest.param(remembering(A_DRIFTED_SERVICE), FIGHT, id="a conflict is"),
        pytest.param(remembering(A_DRIFTED_SERVICE, "ReleaseReported"), None, id="a release is"),
        pytest.param(remembering(A_DRIFTED_SERVICE, arn=SIBLING.arn), None, id="of another"),
        pytest.param(A_DRIFTED_SERVICE.but(state=NOT_ASKED), "look at state", id="not asked"),
        pytest.param(
            A_DRIFTED_SERVICE.but(state={REF.cluster_ref: Unknown(Reason("Unknown", "garbled"))}),
            None,
            id="unknown: another gate holds that",
        ),
        pytest.param(
            remembering(A_DRIFTED_SERVICE.but(policy=policy(rollout={"max_recorrections": 99}))),
            FIGHT,
            id="a policy that allows more is no yes",
        ),
    ],
)
def test_a_conflict_that_is_remembered_holds_without_a_history(
    scene: Scene, answer: str | None
) -> None:
    assert asked(conflict, scene) == answer


@pytest.mark.parametrize(
    ("governs", "because", "answer"),
    [
        (REPORT, "ReleaseReported", "ReleaseReported"),
        (REPORT, FIGHT, None),
        (policy(), "ReleaseReported", None),
    ],
)
def test_a_release_that_is_remembered_holds_while_the_policy_only_reports(
    governs: LoggingPolicy, because: str, answer: str | None
) -> None:
    scene = remembering(A_DRIFTED_SERVICE.but(policy=governs), because)

    assert asked(settled, scene) == answer


def test_to_report_it_must_be_seen_what_the_cluster_remembers() -> None:
    scene = A_DRIFTED_SERVICE.but(policy=REPORT, state=NOT_ASKED)

    assert asked(settled, scene) == "look at state"


@pytest.mark.parametrize(
    ("said_at", "answer"),
    [
        pytest.param(LONG_AGO - timedelta(seconds=1), FIGHT, id="before it"),
        pytest.param(LONG_AGO, None, id="at that moment"),
        pytest.param(LONG_AGO + timedelta(seconds=1), None, id="later"),
        pytest.param(NOW + timedelta(seconds=1), FIGHT, id="in the future"),
    ],
)
def test_a_later_yes_wins_over_the_memory(said_at: datetime, answer: str | None) -> None:
    scene = approved(remembering(A_DRIFTED_SERVICE), said_at)

    assert asked(conflict, scene) == answer
    assert asked(conflict, scene.but(policy=policy(owner_tags="Ignore"))) == FIGHT


def test_it_is_told_that_only_the_memory_is_left() -> None:
    assert "the history of the service tells no more of it" in message(
        remembering(A_DRIFTED_SERVICE)
    )
    assert "3 times" in message(remembering(told(released(3))))


# ── it is remembered when it is first seen ────────────────────────────────────────────────────────


def test_a_conflict_is_remembered_by_the_time_of_the_last_undoing() -> None:
    scene = told(released(3))

    decision = scene.next

    assert decision.step == RememberConflict(REF.cluster_ref, REF, NOW, FIGHT)
    assert decision.health is Health.DEGRADED
    assert decision.why is not None
    assert decision.why.code == FIGHT


def test_a_release_that_is_only_reported_is_remembered_too() -> None:
    decision = told(released(1)).but(policy=REPORT).next

    assert decision.step == RememberConflict(REF.cluster_ref, REF, NOW, "ReleaseReported")
    assert decision.health is Health.HEALTHY


@pytest.mark.parametrize(
    "scene",
    [
        pytest.param(remembering(told(released(3))), id="remembered already"),
        pytest.param(remembering(told(released(3)), at=NOW), id="remembered just now"),
        pytest.param(told(released(3)).but(yes=NOT_ENFORCED), id="the process may not write"),
        pytest.param(told(released(3)).but(refused=frozenset({RememberConflict})), id="refused"),
        pytest.param(
            told(released(3)).but(state={REF.cluster_ref: ClusterState(conflicts=OTHERS)}),
            id="the cluster remembers enough",
        ),
        pytest.param(
            told(released(3)).but(state={REF.cluster_ref: Unknown(Reason("Unknown", "garbled"))}),
            id="what it remembers is not known",
        ),
    ],
)
def test_what_need_not_or_cannot_be_remembered_holds_by_the_history(scene: Scene) -> None:
    step = scene.next.step

    assert isinstance(step, Wait)
    assert step.reason.code == FIGHT


def test_a_conflict_after_a_yes_is_written_over_the_one_before() -> None:
    scene = approved(remembering(told(released(3))), NOW - 9 * DAY)

    assert scene.next.step == RememberConflict(REF.cluster_ref, REF, NOW, FIGHT)


def test_a_yes_within_the_millisecond_that_the_tag_cannot_hold_writes_it_only_once() -> None:
    at = NOW.replace(microsecond=900)
    always = policy(rollout={"max_recorrections": 0})
    scene = told(released(1), last=at).but(policy=always, now=NOW + DAY)
    remembered = approved(remembering(scene, at=NOW), NOW.replace(microsecond=500))

    assert isinstance(approved(scene, NOW.replace(microsecond=500)).next.step, RememberConflict)
    assert isinstance(remembered.next.step, Wait)


def test_nothing_is_remembered_of_a_service_that_may_be_corrected() -> None:
    assert isinstance(A_DRIFTED_SERVICE.next.step, Register | Roll)
    assert isinstance(approved(remembering(A_DRIFTED_SERVICE), NOW).next.step, Register | Roll)


@pytest.mark.parametrize(
    ("scene", "why"),
    [
        (told(released(3)), ""),
        (remembering(told(released(3))), ""),
        (told(released(3)).but(refused=frozenset({RememberConflict})), "may not be tagged"),
        (
            told(released(3)).but(state={REF.cluster_ref: ClusterState(conflicts=OTHERS)}),
            f"remembers {MOST} such services already",
        ),
    ],
)
def test_where_it_is_not_remembered_the_reason_says_so(scene: Scene, why: str) -> None:
    assert ("only as long as the history" in message(scene)) is bool(why)
    assert why in message(scene)


def test_a_cluster_that_remembers_this_one_among_many_is_not_full() -> None:
    conflicts = {**OTHERS, conflict_tag(REF.arn): Conflict(LONG_AGO, FIGHT)}
    scene = told(released(3)).but(state={REF.cluster_ref: ClusterState(conflicts=conflicts)})

    again = approved(scene, NOW - 9 * DAY)
    assert isinstance(again.next.step, RememberConflict)
    elsewhere = replace(REF.cluster_ref, name="other")
    other = told(released(3)).but(
        state={REF.cluster_ref: ClusterState(), elsewhere: ClusterState(conflicts=OTHERS)}
    )
    assert isinstance(other.next.step, RememberConflict)
