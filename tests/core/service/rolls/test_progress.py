"""What counts as progress of a roll, and what does not."""

from __future__ import annotations

import pytest

from controller.core.service.observed import NOT_ASKED
from controller.core.service.rolls.phases import Failed
from tests.core.service.given import NOW, ago, minutes
from tests.core.service.rolls.given import (
    broken,
    deadline_of,
    kind_of,
    phase_of,
    rolling,
    seen,
    task,
)
from tests.core.service.scene import UNREADABLE

CRASHED = "Essential container in task exited"


def test_any_change_is_progress_while_no_task_fails() -> None:
    assert deadline_of(rolling(started=60, updated=10, running=1)) == NOW + minutes(5)


@pytest.mark.parametrize(
    ("tasks", "kind"),
    [
        pytest.param(seen(), "Failed", id="none that is seen"),
        pytest.param(seen(task("a", at=10)), "Rolling", id="a healthy new one"),
        pytest.param(seen(task("a", at=20)), "Failed", id="a healthy new one, too long ago"),
        pytest.param(
            seen(task("a", at=10, health="UNHEALTHY")), "Failed", id="a new one that is not healthy"
        ),
        pytest.param(
            seen(task("old", of=1, status="STOPPED", at=10)),
            "Rolling",
            id="an old one that is gone",
        ),
        pytest.param(
            seen(broken("a", CRASHED, at=2), broken("b", CRASHED)),
            "Failed",
            id="new ones that failed",
        ),
    ],
)
def test_where_tasks_fail_only_tasks_are_progress(tasks: object, kind: str) -> None:
    scene = rolling(started=40, updated=1, running=1, failed=3)

    assert kind_of(scene.but(tasks=tasks)) == kind


def test_once_all_tasks_run_those_that_failed_before_are_forgotten() -> None:
    scene = rolling(started=40, updated=1, running=2, failed=3, old=1)

    assert kind_of(scene) == "Rolling"


def test_tasks_are_looked_at_where_some_have_failed_and_not_before() -> None:
    unseen = {"tasks": NOT_ASKED}

    assert kind_of(rolling(started=5).but(**unseen)) == "Rolling"
    assert kind_of(rolling(started=5, failed=1).but(**unseen)) == "look at tasks"
    assert kind_of(rolling(started=5, failures=1).but(**unseen)) == "look at tasks"
    assert kind_of(rolling(started=15).but(**unseen)) == "look at tasks"


def test_of_other_strategies_nobody_else_tells_of_failed_tasks() -> None:
    scene = rolling(started=5, state=None, configured={"strategy": "BLUE_GREEN"})

    assert kind_of(scene.but(tasks=NOT_ASKED)) == "look at tasks"


@pytest.mark.parametrize(
    ("running", "failed", "kind"),
    [
        pytest.param(1, 1, "Rolling", id="as many run as fail"),
        pytest.param(1, 2, "Failed", id="more fail than run, which is how it ends"),
    ],
)
def test_where_tasks_may_not_be_read_changes_count_until_more_fail_than_run(
    running: int, failed: int, kind: str
) -> None:
    scene = rolling(started=40, updated=1, running=running, failed=failed)

    assert kind_of(scene.but(tasks=UNREADABLE)) == kind


def test_tasks_that_ran_our_revision_before_this_deployment_tell_nothing_of_it() -> None:
    scene = rolling(started=40, updated=1, running=1, failed=1)

    assert kind_of(scene.but(tasks=seen(task("a", at=50, started_at=ago(2))))) == "Failed"


# ── given up early ────────────────────────────────────────────────────────────────────────────────


def reason_of(*tasks: object, **how: object) -> str | None:
    """Return the code of the reason for which the roll has failed already, or None."""
    scene = rolling(started=3, updated=1, failed=2).but(tasks=seen(*tasks, **how))  # type: ignore[arg-type]  # handed on
    current = phase_of(scene)
    return current.reason.code if isinstance(current, Failed) else None


def test_two_new_tasks_that_cannot_log_for_one_reason_end_the_roll() -> None:
    scene = rolling(started=3, failed=2).but(tasks=seen(broken("a"), broken("b")))

    current = phase_of(scene)

    assert isinstance(current, Failed)
    assert current.reason.code == "LoggingFailed"
    assert "The specified log group does not exist" in current.reason.message


@pytest.mark.parametrize(
    "tasks",
    [
        pytest.param((broken("a"),), id="one may be a host's own fault"),
        pytest.param((broken("a"), broken("b", CRASHED)), id="the other had another reason"),
        pytest.param(
            (broken("a"), broken("b", "failed to validate logger args")), id="another cause to log"
        ),
        pytest.param((broken("a"), broken("b"), task("c")), id="one is healthy"),
        pytest.param((broken("a", of=1), broken("b", of=1)), id="old ones"),
        pytest.param((broken("a", at=9), broken("b", at=9)), id="before this deployment"),
    ],
)
def test_less_than_that_waits_for_the_deadline(tasks: tuple[object, ...]) -> None:
    assert reason_of(*tasks) is None


def test_a_task_that_was_not_seen_may_be_healthy() -> None:
    both = seen(broken("a"), broken("b"), complete=False)

    assert kind_of(rolling(started=3, failed=2).but(tasks=both)) == "Failed"
    assert kind_of(rolling(started=3, failed=2, running=1).but(tasks=both)) == "Rolling"
