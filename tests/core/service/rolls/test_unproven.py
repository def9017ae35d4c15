"""The first tasks of a roll that was made without any: which failures tell of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.core.service.revision import UNPROVEN, proof_tag
from controller.core.service.tasks import SCHEDULER, Task
from tests.core.service.given import REF, ago
from tests.core.service.rolls.given import TWO, broken, kind_of, seen, task
from tests.core.service.scene import A_DRIFTED_SERVICE

WAITS_15_MINUTES = replace(TWO, tags={**TWO.tags, proof_tag(REF.arn): UNPROVEN})


def scaled_in(at: float) -> Task:
    """Return a task that the scheduler took away."""
    reason = "Scaling activity initiated by (deployment ecs-svc/2)"
    return task("in", status="STOPPED", at=at, stop_code=SCHEDULER, stopped_reason=reason)


def unhealthy(at: float) -> Task:
    """Return a task that the scheduler replaced."""
    reason = "Task failed ELB health checks in (target-group web)"
    return task("ill", status="STOPPED", at=at, stop_code=SCHEDULER, stopped_reason=reason)


def pending(at: float) -> Task:
    """Return a task that was made so many minutes ago, and does not run yet."""
    return task("p", status="PENDING", created_at=ago(at))


@pytest.mark.parametrize(
    ("tasks", "kind"),
    [
        pytest.param((), "Unclear", id="nothing yet"),
        pytest.param((scaled_in(20), pending(1)), "Unclear", id="taken away before, now pending"),
        pytest.param((broken("a", at=2),), "Unsteady", id="failed just now"),
        pytest.param((broken("a", at=20), broken("b", at=10)), "Failed", id="failing for long"),
        pytest.param(
            (broken("a", at=20), broken("b", at=10), pending(10)), "Failed", id="and tried again"
        ),
        pytest.param((unhealthy(20), pending(19)), "Failed", id="not healthy"),
        pytest.param(
            (broken("a", at=20), broken("b", at=10), task("c")), "Unsteady", id="one runs now"
        ),
        pytest.param(
            (broken("a", at=25), scaled_in(20), pending(1)), "Unclear", id="failed before that"
        ),
        pytest.param(
            (broken("a", at=25), scaled_in(20), broken("b", at=2)),
            "Unsteady",
            id="failed before that, and anew",
        ),
        pytest.param((broken("a", at=50), pending(1)), "Unclear", id="failed long before"),
        pytest.param(
            (broken("a", at=50), broken("b", at=2), pending(2)), "Unsteady", id="long before, anew"
        ),
    ],
)
def test_only_failures_since_it_was_last_scaled_up_count(
    tasks: tuple[Task, ...], kind: str
) -> None:
    scene = A_DRIFTED_SERVICE.set_to(WAITS_15_MINUTES, started=ago(5_000))
    scene = scene.with_service(running=sum(one.is_healthy for one in tasks))

    assert kind_of(scene.but(tasks=seen(*tasks))) == kind
