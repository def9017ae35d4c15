"""Whose a deployment of our revision is: our roll, what goes on with it, or somebody's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.core.move import Return, Stop
from controller.core.service.deployment import PastDeployment
from controller.core.service.rolls.whose import is_our_roll
from tests.core.service.given import REF, ago, minutes
from tests.core.service.rolls.given import TWO, kind_of, rolling
from tests.core.service.scene import (
    BASE_REVISION,
    Scene,
    arn_of,
    family,
    history,
    marked,
    past,
)

BAKE = minutes(10)
OURS, THEIRS = TWO.arn, arn_of(7)


def to_ours(came_from: str | None, status: str = "STOPPED", *, at: float = 60) -> PastDeployment:
    """Return a deployment to our revision that ended so many minutes ago."""
    made = past(TWO, status, created_at=ago(at + 1), finished_at=ago(at))
    return replace(made, came_from=came_from)


ROLL = to_ours(BASE_REVISION.arn)
FORCED = to_ours(OURS, "IN_PROGRESS", at=30)
BEFORE = past(BASE_REVISION)


def well(*, ago: float) -> PastDeployment:
    """Return our roll that succeeded so many minutes ago."""
    return to_ours(BASE_REVISION.arn, "SUCCESSFUL", at=ago)


@pytest.mark.parametrize(
    ("deployments", "is_it"),
    [
        pytest.param((ROLL, BEFORE), True, id="from its base"),
        pytest.param((ROLL, to_ours(BASE_REVISION.arn)), True, id="again, after a rollback"),
        pytest.param((to_ours(THEIRS), BEFORE), False, id="from elsewhere"),
        pytest.param((to_ours(None), BEFORE), False, id="from where cannot be told"),
        pytest.param((FORCED, ROLL, BEFORE), True, id="forced, before it ended"),
        pytest.param((FORCED, FORCED, ROLL), True, id="forced twice"),
        pytest.param((FORCED, well(ago=35), BEFORE), True, id="forced, before it was baked"),
        pytest.param((FORCED, well(ago=45), BEFORE), False, id="forced, once it was proven"),
        pytest.param((FORCED, FORCED, well(ago=45)), False, id="forced twice, once proven"),
        pytest.param((FORCED, to_ours(THEIRS), BEFORE), False, id="forced, and theirs before"),
        pytest.param((FORCED,), False, id="forced, and no more is known"),
        pytest.param((FORCED, BEFORE), False, id="forced, and something is missing between"),
    ],
)
def test_a_deployment_is_ours_if_we_chose_the_revision_and_have_not_seen_it_proven(
    deployments: tuple[PastDeployment, ...], *, is_it: bool
) -> None:
    assert is_our_roll(deployments, BASE_REVISION.arn, BAKE, unproven=False) is is_it


def test_what_is_still_unproven_is_ours_however_well_it_ended() -> None:
    deployments = (FORCED, well(ago=45), BEFORE)

    assert is_our_roll(deployments, BASE_REVISION.arn, BAKE, unproven=True)


def failed_after(*deployments: PastDeployment) -> Scene:
    """Return a roll that ECS gave up, with these before it; its failure is marked."""
    scene = rolling(started=30, state="FAILED", failed=2)
    going = replace(FORCED, came_from=deployments[0].task_definition)
    known = family(BASE_REVISION, marked(TWO))
    return scene.but(history=history(going, *deployments), revision=marked(TWO), family=known)


def test_a_forced_deployment_that_fails_is_left_by_setting_the_service_back() -> None:
    scene = failed_after(ROLL, BEFORE)

    assert kind_of(scene) == "Failed"
    step = scene.next.step
    assert isinstance(step, Return)
    assert step.task_definition == BASE_REVISION.arn
    assert step.over == "ecs-svc/2"


def test_a_second_roll_of_ours_that_fails_is_stopped() -> None:
    scene = failed_after(BEFORE)

    assert scene.next.step == Stop(REF, FORCED.arn, "ecs-svc/2")
