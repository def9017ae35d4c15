"""A roll that ECS gives up, and the way back: who takes it, and that it is watched to its end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.core.move import MarkFailed, Return, Stop, Wait
from controller.core.reason import Health
from controller.core.service.observed import Family
from controller.core.service.rolls.in_flight import is_in_flight
from tests.core.service.given import REF, ago
from tests.core.service.rolls.given import TWO, broken, kind_of, phase_of, rolling, seen
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    NOT_ENFORCED,
    Scene,
    arn_of,
    deployment,
    family,
    history,
    inactive,
    marked,
    past,
)

CANNOT_LOG = seen(broken("a"), broken("b"))


def failing(**shown: object) -> Scene:
    """Return a roll that goes on, and is known to have failed; the failure is marked."""
    scene = rolling(started=3, failed=2, **shown)  # type: ignore[arg-type]  # handed on
    return scene.but(tasks=CANNOT_LOG, revision=marked(TWO))


@pytest.mark.parametrize("status", ["STOP_REQUESTED", "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS"])
def test_while_ecs_takes_the_service_back_the_failure_is_marked_and_nothing_else(
    status: str,
) -> None:
    scene = rolling(started=5, status=status, reason="it was told to")

    assert kind_of(scene) == "GoingBack"
    assert isinstance(scene.next.step, MarkFailed)
    step = scene.but(revision=marked(TWO)).next.step
    assert isinstance(step, Wait)
    assert "it was told to" in step.reason.message
    assert step.until is not None
    assert is_in_flight(scene.candidate.observed, phase_of(scene))


def test_a_process_that_may_not_write_only_watches_it_go_back() -> None:
    scene = rolling(started=5, status="ROLLBACK_IN_PROGRESS").but(yes=NOT_ENFORCED)

    assert isinstance(scene.next.step, Wait)
    assert scene.next.health is Health.DEGRADED


def test_where_ecs_could_not_take_it_back_it_is_said_and_nothing_more_is_tried() -> None:
    decision = rolling(started=5, status="ROLLBACK_FAILED").but(revision=marked(TWO)).next

    assert isinstance(decision.step, Wait)
    assert decision.step.reason.code == "ReturnFailed"
    assert decision.step.until is None
    assert decision.health is Health.DEGRADED


def test_alarms_that_went_off_are_named() -> None:
    scene = rolling(started=5, state="FAILED", status="STOPPED", triggered=("errors",), failed=1)
    decision = scene.next

    assert decision.why is not None
    assert decision.why.code == "DeploymentFailed"
    assert "alarms: errors" in decision.why.message


def test_a_deployment_that_is_not_listed_yet_is_not_judged_by_the_one_before() -> None:
    scene = rolling(started=5, status="STOPPED", finished_at=ago(6))

    assert kind_of(scene) == "Unclear"
    assert kind_of(rolling(started=5, status="STOPPED", finished_at=ago(4))) == "Failed"


# ── the move ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", ["PENDING", "IN_PROGRESS"])
def test_a_deployment_that_goes_on_is_stopped_by_its_name(status: str) -> None:
    assert failing(status=status).next.step == Stop(REF, "arn:deployment/2")


def test_what_ecs_knows_better_needs_no_base() -> None:
    assert isinstance(failing().but(base=inactive(BASE_REVISION)).next.step, Stop)


def test_one_that_cannot_be_stopped_is_left_by_setting_the_service_back() -> None:
    assert failing().but(refused=frozenset({Stop})).next.step == Return(REF, arn_of(1))
    over = rolling(started=5, status="STOPPED", finished_at=ago(1)).but(revision=marked(TWO))
    assert over.next.step == Return(REF, arn_of(1))


def test_somebody_elses_deployment_of_our_revision_is_never_stopped() -> None:
    scene = failing(came_from=arn_of(7))

    assert kind_of(scene) == "Overtaken"
    assert isinstance(scene.next.step, Wait)


# ── the way back ──────────────────────────────────────────────────────────────────────────────────


def returning(state: str | None, status: str, *, also: bool = False) -> Scene:
    """Return a service that ECS takes back to the revision that ran before."""
    home = deployment(BASE_REVISION, started=ago(2), state=state)
    leaving = replace(deployment(TWO, started=ago(9), status="ACTIVE"), running=1)
    back = past(TWO, status, created_at=ago(9), failed=True, revision=marked(TWO))
    known: Family = family(BASE_REVISION, marked(TWO))
    return A_DRIFTED_SERVICE.but(family=known, history=history(back)).with_service(
        deployments=(home, leaving) if also else (home,)
    )


@pytest.mark.parametrize(
    ("scene", "code"),
    [
        pytest.param(
            returning("IN_PROGRESS", "ROLLBACK_IN_PROGRESS", also=True),
            "Returning",
            id="on its way",
        ),
        pytest.param(returning(None, "ROLLBACK_IN_PROGRESS"), "Returning", id="without a state"),
        pytest.param(returning("FAILED", "ROLLBACK_FAILED"), "ReturnFailed", id="it has failed"),
        pytest.param(returning("FAILED", "STOPPED"), "ReturnFailed", id="ours has failed"),
    ],
)
def test_a_return_is_watched_to_its_end(scene: Scene, code: str) -> None:
    decision = scene.next

    assert isinstance(decision.step, Wait)
    assert decision.step.reason.code == code
    assert decision.health is Health.DEGRADED
