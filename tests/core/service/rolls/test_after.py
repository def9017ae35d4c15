"""A roll that has completed: what its tasks tell, and until when a death is the roll's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.core.service.observed import NOT_ASKED
from controller.core.service.revision import UNPROVEN, proof_tag
from controller.core.service.tasks import SCHEDULER, Task
from tests.core.service.given import REF, ago
from tests.core.service.rolls.given import TWO, broken, kind_of, phase_of, seen, task
from tests.core.service.scene import A_DRIFTED_SERVICE, UNREADABLE, Scene

A_DAY = 24 * 60


def completed(at: float, *tasks: Task, running: int = 0, desired: int = 2) -> Scene:
    """Return our roll, which completed so many minutes ago: 5 of bake, then 15 of patience."""
    scene = A_DRIFTED_SERVICE.set_to(TWO, started=ago(at + 3), updated=ago(at))
    return scene.with_service(running=running, desired=desired).but(tasks=seen(*tasks))


def up(since: float, name: str = "up") -> Task:
    """Return a task that has run for so many minutes."""
    return task(name, at=since)


def crashed(at: float, name: str = "crashed") -> Task:
    """Return a task that ran, and ended by itself so many minutes ago."""
    return task(name, status="STOPPED", at=at, stop_code="EssentialContainerExited")


def taken_away(at: float) -> Task:
    """Return a task that the scheduler had no more use for."""
    reason = "Scaling activity initiated by (deployment ecs-svc/2)"
    return task("in", status="STOPPED", at=at, stop_code=SCHEDULER, stopped_reason=reason)


@pytest.mark.parametrize(
    ("scene", "kind"),
    [
        pytest.param(completed(4, crashed(3)), "Baking", id="in the bake"),
        pytest.param(completed(6, crashed(5)), "Unsteady", id="it may yet be made up for"),
        pytest.param(completed(21, crashed(20.5), crashed(1)), "Failed", id="it was not"),
        pytest.param(completed(21, broken("a", at=20.5)), "Failed", id="none starts again"),
        pytest.param(
            completed(21, crashed(20.5), up(20), running=1),
            "Unsteady",
            id="one is missing",
        ),
        pytest.param(
            completed(21, crashed(20.5), up(20), up(9, "b"), running=2), "Proven", id="all did"
        ),
        pytest.param(
            completed(21, up(24), crashed(20.5), crashed(1), running=1),
            "Failed",
            id="one was well all the time, the other dies again and again",
        ),
        pytest.param(
            completed(21, crashed(20.5), crashed(1), up(0.5), up(0.2, "b"), running=2),
            "Failed",
            id="all run at this moment, and die again and again",
        ),
        pytest.param(
            completed(21, up(24), crashed(1), up(0.5, "b"), running=2),
            "Unsteady",
            id="one has just been replaced",
        ),
        pytest.param(completed(21, taken_away(20), running=1), "Unsteady", id="scaled in and out"),
        pytest.param(completed(21, up(24), running=1), "Unsteady", id="being scaled out"),
        pytest.param(completed(36, up(39), running=1), "Proven", id="scaled out, for long"),
        pytest.param(completed(36), "Unsteady", id="nothing runs, for long"),
        pytest.param(completed(50, crashed(49), crashed(1)), "Failed", id="nobody saw it"),
        pytest.param(completed(A_DAY - 60, crashed(40)), "Failed", id="for almost a day"),
        pytest.param(completed(A_DAY, crashed(40)), "Proven", id="later it is not the roll's"),
        pytest.param(completed(36, crashed(30), running=2), "Proven", id="nor is it once all run"),
    ],
)
def test_a_death_counts_until_another_task_has_run_for_the_bake(scene: Scene, kind: str) -> None:
    assert kind_of(scene) == kind


def test_tasks_that_others_started_or_that_ran_before_tell_nothing() -> None:
    older = replace(crashed(10), created_at=ago(100))
    of_the_base = replace(crashed(10, "b"), task_definition="arn:other")

    assert kind_of(completed(21, older, of_the_base, up(24), running=2)) == "Proven"


@pytest.mark.parametrize(
    ("at", "running", "kind"),
    [
        pytest.param(4, 2, "Baking", id="in the bake"),
        pytest.param(4, 0, "Baking", id="whatever runs"),
        pytest.param(6, 2, "look at tasks", id="at its end"),
        pytest.param(6, 0, "look at tasks", id="and where some are missing"),
        pytest.param(36, 2, "Proven", id="not for ever"),
        pytest.param(36, 0, "look at tasks", id="but where some are missing"),
        pytest.param(A_DAY + 1, 0, "Proven", id="nor that for more than a day"),
    ],
)
def test_tasks_are_read_only_when_they_decide(at: float, running: int, kind: str) -> None:
    assert kind_of(completed(at, running=running).but(tasks=NOT_ASKED)) == kind


@pytest.mark.parametrize(
    ("at", "running", "failed", "kind"),
    [
        (6, 2, 0, "Proven"),
        (6, 1, 3, "Unsteady"),
        (21, 1, 0, "Unclear"),
        (21, 1, 3, "Failed"),
        (50, 1, 0, "Unclear"),
        (A_DAY + 1, 1, 3, "Proven"),
    ],
)
def test_where_tasks_may_not_be_read_missing_ones_prove_nothing(
    at: float, running: int, failed: int, kind: str
) -> None:
    scene = completed(at, running=running).but(tasks=UNREADABLE)
    primary = replace(scene.service.deployments[0], failed=failed)

    assert kind_of(scene.with_service(deployments=(primary,))) == kind


# ── scaled to zero before it was proven ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("at", [0, 6, 36, A_DAY - 10])
def test_a_roll_without_a_task_is_not_proven(at: float) -> None:
    assert kind_of(completed(at, desired=0)) == "Emptied"


def test_a_service_that_is_scaled_to_zero_long_after_its_roll_stays_proven() -> None:
    assert kind_of(completed(A_DAY + 1, desired=0)) == "Proven"


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        pytest.param(UNPROVEN, "Unproven", id="it is marked so already"),
        pytest.param(f"Proven {ago(30):%Y-%m-%dT%H:%M:%SZ}", "Proven", id="it has earned it"),
        pytest.param(f"Proven {ago(300):%Y-%m-%dT%H:%M:%SZ}", "Emptied", id="in a former roll"),
        pytest.param("Proven", "Emptied", id="nobody knows when"),
    ],
)
def test_what_the_first_tasks_have_proven_is_not_asked_again(value: str, kind: str) -> None:
    marked = replace(TWO, tags={**TWO.tags, proof_tag(REF.arn): value})

    assert kind_of(completed(50, desired=0).but(revision=marked)) == kind


def test_the_failure_says_how_many_have_died() -> None:
    failed = phase_of(completed(21, crashed(20.5), crashed(1)))

    assert "0 of 2 tasks run, and 2 have died" in str(failed)
