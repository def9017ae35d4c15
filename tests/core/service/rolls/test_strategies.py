"""A roll at every stage of every strategy: what may take its time, and what is a hang."""

from __future__ import annotations

from datetime import timedelta

import pytest

from controller.core.document.json import Json
from controller.core.move import Wait
from controller.core.reason import Health
from controller.core.service.observed import NOT_ASKED
from controller.core.service.rolls.in_flight import is_in_flight
from controller.core.service.rolls.phases import AwaitingPerson, Rolling
from tests.core.service.given import NOW, ago, minutes
from tests.core.service.rolls.given import (
    deadline_of,
    hook,
    kind_of,
    phase_of,
    rolling,
    seen,
    task,
)
from tests.core.service.scene import UNREADABLE

BLUE_GREEN: dict[str, Json] = {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 20}
LINEAR: dict[str, Json] = {"strategy": "LINEAR", "bakeTimeInMinutes": 20}
CANARY: dict[str, Json] = {"strategy": "CANARY", "bakeTimeInMinutes": 20}
HOOKED: dict[str, Json] = {"lifecycleHooks": [{"lifecycleStages": ["POST_SCALE_UP"]}]}
SHIFT = "PRODUCTION_TRAFFIC_SHIFT"


@pytest.mark.parametrize(
    "configured", [BLUE_GREEN, LINEAR, CANARY], ids=lambda one: one["strategy"]
)
@pytest.mark.parametrize("stage", ["RECONCILE_SERVICE", "PRE_SCALE_UP", "SCALE_UP"])
def test_new_tasks_must_start_within_the_deadline(configured: dict[str, Json], stage: str) -> None:
    begun = rolling(started=10, configured=configured, stage=stage)

    assert deadline_of(begun) == NOW + minutes(5)
    assert kind_of(rolling(started=15, configured=configured, stage=stage)) == "Failed"


@pytest.mark.parametrize(
    ("configured", "stage", "may_take"),
    [
        pytest.param(BLUE_GREEN, SHIFT, 20, id="blue-green: no steps, then the bake"),
        pytest.param(BLUE_GREEN, "BAKE_TIME", 20, id="blue-green: the bake"),
        pytest.param(BLUE_GREEN, "CLEAN_UP", 20, id="blue-green: the end"),
        pytest.param(LINEAR, SHIFT, 60, id="linear: ten steps of six minutes"),
        pytest.param(LINEAR, "BAKE_TIME", 20, id="linear: the bake"),
        pytest.param(CANARY, SHIFT, 20, id="canary: ten minutes, and the bake is longer"),
        pytest.param(CANARY, "TEST_TRAFFIC_SHIFT", 20, id="canary: test traffic"),
        pytest.param({"bakeTimeInMinutes": 30}, None, 30, id="rolling: the bake"),
        pytest.param({"alarms": {"enable": True}}, None, 5, id="rolling: alarms are heeded"),
    ],
)
def test_once_all_tasks_run_steps_and_bake_do_not_count(
    configured: dict[str, Json], stage: str | None, may_take: float
) -> None:
    """The deadline begins to run when what may take its time is over, and not before."""
    scene = rolling(started=300, updated=1, running=2, configured=configured, stage=stage)

    assert deadline_of(scene) == ago(1) + minutes(may_take + 15)
    later = rolling(
        started=300, updated=may_take + 15, running=2, configured=configured, stage=stage
    )
    assert kind_of(later) == "Failed"


@pytest.mark.parametrize("configured", [{}, BLUE_GREEN, LINEAR, CANARY])
def test_a_hook_that_awaits_somebody_is_no_hang(configured: dict[str, Json]) -> None:
    waiting = hook("AWAITING_ACTION", expires=NOW + minutes(60))
    scene = rolling(
        started=900, running=2, configured=configured, stage="POST_SCALE_UP", hooks=(waiting,)
    )

    current = phase_of(scene)

    assert isinstance(current, AwaitingPerson)
    assert "hook-1 at POST_SCALE_UP" in current.reason.message
    assert "ECS takes ROLLBACK at 2026-11-22 13:00 UTC" in current.reason.message
    assert current.reason.remedy is not None
    assert current.reason.remedy.startswith("aws ecs continue-service-deployment ")
    assert "--service-deployment-arn arn:deployment/2 --hook-id hook-1" in current.reason.remedy
    assert is_in_flight(scene.candidate.observed, current)


def test_whoever_waits_for_somebody_makes_no_move_and_looks_again() -> None:
    decision = rolling(started=900, hooks=(hook("AWAITING_ACTION"),)).next

    assert isinstance(decision.step, Wait)
    assert decision.step.reason.code == "AwaitingPerson"
    assert decision.step.until == NOW + timedelta(seconds=15)
    assert decision.health is Health.PROGRESSING


@pytest.mark.parametrize(
    ("status", "expires", "deadline"),
    [
        pytest.param("IN_PROGRESS", 60, 60 + 15, id="until ECS acts itself"),
        pytest.param("IN_PROGRESS", None, 24 * 60 - 1 + 15, id="a day, where nothing is stated"),
        pytest.param("FAILED", None, 14, id="not once it has failed"),
    ],
)
def test_a_hook_that_runs_is_waited_for(
    status: str, expires: float | None, deadline: float
) -> None:
    until = None if expires is None else NOW + minutes(expires)
    scene = rolling(started=60, updated=1, configured=HOOKED, hooks=(hook(status, expires=until),))

    assert deadline_of(scene) == NOW + minutes(deadline)


def test_what_hooks_have_taken_is_not_held_against_the_roll() -> None:
    """How long a hook held it up is not dated: the longest that it may take is allowed for."""
    scene = rolling(
        started=20, running=2, configured=HOOKED, stage=SHIFT, hooks=(hook("SUCCEEDED"),)
    )

    assert deadline_of(scene) == ago(20) + timedelta(days=1) + minutes(15)
    failing = rolling(started=20, failed=1, configured=HOOKED, hooks=(hook("SUCCEEDED"),))
    assert kind_of(failing.but(tasks=seen())) == "Failed"


def test_old_tasks_are_given_time_to_drain() -> None:
    scene = rolling(started=70, updated=50, running=2, old=1)

    assert isinstance(phase_of(scene), Rolling)
    assert deadline_of(scene) == ago(50) + minutes(60 + 15)


def test_old_tasks_that_are_protected_are_waited_for() -> None:
    scene = rolling(started=100, running=2, old=1)
    protected = seen(task("old", of=1, at=5_000, protected_until=NOW + minutes(90)))

    assert kind_of(scene.but(tasks=NOT_ASKED)) == "look at tasks"
    assert deadline_of(scene.but(tasks=protected)) == NOW + minutes(90 + 15)
    assert kind_of(scene.but(tasks=seen(task("old", of=1, at=5_000)))) == "Failed"
    assert kind_of(scene.but(tasks=UNREADABLE)) == "Failed"


@pytest.mark.parametrize(
    ("status", "state", "kind"),
    [
        pytest.param("SUCCESSFUL", None, "Baking", id="ECS says so"),
        pytest.param("IN_PROGRESS", None, "Rolling", id="alone, and yet it goes on"),
        pytest.param("IN_PROGRESS", "COMPLETED", "Rolling", id="a state of rolling updates only"),
    ],
)
def test_of_other_strategies_the_service_deployment_tells_whether_it_is_over(
    status: str, state: str | None, kind: str
) -> None:
    finished = ago(1) if status == "SUCCESSFUL" else None
    scene = rolling(
        started=9,
        running=2,
        state=state,
        configured=BLUE_GREEN,
        status=status,
        finished_at=finished,
    )

    assert kind_of(scene) == kind


def test_of_other_strategies_the_history_is_read_for_as_long_as_one_may_go_on() -> None:
    days = 60 * 24
    scene = rolling(started=5 * days, state=None, running=2, configured=BLUE_GREEN)

    assert kind_of(scene.but(history=NOT_ASKED)) == "look at history"
    old = rolling(started=15 * days, state=None, running=2, configured=BLUE_GREEN)
    assert kind_of(old.but(history=NOT_ASKED)) == "Proven"
