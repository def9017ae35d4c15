"""Old tasks that leave no room for new ones are waited for; new ones that fail are not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from controller.core.service.observed import NOT_ASKED
from controller.core.service.rolls.awaiting import DRAINED
from tests.core.service.given import NOW, ago, minutes
from tests.core.service.rolls.given import broken, deadline_of, kind_of, rolling, seen, task
from tests.core.service.scene import UNREADABLE, Scene

PATIENCE = minutes(15)


def batch(
    *, running: int = 1, pending: int = 0, old: int = 2, most: int = 150, **how: Any
) -> Scene:
    """Return a roll of two tasks without progress for 20 minutes, with some old ones about."""
    scene = rolling(started=40, updated=20, running=running, old=old, **how)
    primary, *rest = scene.service.deployments
    primary = replace(primary, pending=pending)
    return scene.with_service(deployments=(primary, *rest), maximum_percent=most)


def test_old_tasks_that_leave_no_room_may_be_drained_for_an_hour() -> None:
    assert deadline_of(batch()) == ago(20) + DRAINED + PATIENCE


def test_protection_is_waited_for_however_long_it_is() -> None:
    until = NOW + minutes(300)

    assert deadline_of(batch().but(tasks=seen(task("o", of=1, protected_until=until)))) == (
        until + PATIENCE
    )


@pytest.mark.parametrize(
    ("scene", "kind"),
    [
        pytest.param(batch(old=1), "Failed", id="there is room"),
        pytest.param(batch(most=200), "Failed", id="maximumPercent leaves room"),
        pytest.param(batch(running=0, pending=1), "Failed", id="a new one is on its way"),
        pytest.param(batch(running=2, old=1), "Rolling", id="all new ones run"),
        pytest.param(batch().but(tasks=seen(broken("n", at=5))), "Failed", id="a new one failed"),
        pytest.param(
            batch(failed=1).but(tasks=seen(broken("n", at=35), task("m", at=20))),
            "Rolling",
            id="one failed at first, and another runs",
        ),
        pytest.param(batch().but(tasks=UNREADABLE), "Rolling", id="tasks may not be read"),
        pytest.param(
            batch(failed=2).but(tasks=UNREADABLE), "Failed", id="nor read, and more fail than run"
        ),
        pytest.param(batch().but(tasks=NOT_ASKED), "Rolling", id="they need not be read yet"),
    ],
)
def test_only_new_tasks_that_old_ones_hold_up_are_waited_for(scene: Scene, kind: str) -> None:
    assert kind_of(scene) == kind


def test_the_wait_for_old_tasks_ends() -> None:
    scene = rolling(started=200, updated=DRAINED.total_seconds() / 60 + 16, running=1, old=2)
    primary, *rest = scene.service.deployments
    scene = scene.with_service(deployments=(replace(primary, pending=0), *rest))

    assert kind_of(scene.with_service(maximum_percent=150)) == "Failed"
