"""What passes by itself is looked at again soon; what does not, when something has changed."""

from __future__ import annotations

import pytest

from controller.core.service.gates import Gate
from controller.core.service.gates.interruption import interruption
from controller.core.service.gates.lease import lease
from controller.core.service.gates.log_groups import log_groups
from controller.core.service.gates.steady import steady
from controller.core.service.gates.way_back import way_back
from controller.core.service.observed import NOT_ASKED
from tests.core.service.gates.asked import asked, waits_until
from tests.core.service.given import GROUP, NOW, ago
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    UNREADABLE,
    Scene,
    deployment,
    inactive,
)

GOING_ON = deployment(BASE_REVISION, started=ago(1), state="IN_PROGRESS")
ALARMED = {"deploymentConfiguration": {"alarms": {"enable": True, "alarmNames": ["errors"]}}}


@pytest.mark.parametrize(
    ("gate", "scene"),
    [
        pytest.param(
            log_groups, A_DRIFTED_SERVICE.but(groups={GROUP: False}), id="a group that is missing"
        ),
        pytest.param(
            steady, A_DRIFTED_SERVICE.with_service(deployments=(GOING_ON,)), id="a deployment"
        ),
        pytest.param(steady, A_DRIFTED_SERVICE.with_service(running=1), id="a missing task"),
        pytest.param(
            steady,
            A_DRIFTED_SERVICE.with_service(document=ALARMED).but(alarms={"errors": "ALARM"}),
            id="an alarm",
        ),
        pytest.param(lease, A_DRIFTED_SERVICE.but(leads=False), id="another process's lease"),
    ],
)
def test_what_passes_by_itself_is_looked_at_again_soon(gate: Gate, scene: Scene) -> None:
    assert waits_until(gate, scene) == NOW + scene.candidate.watch


@pytest.mark.parametrize(
    ("gate", "scene"),
    [
        pytest.param(
            interruption,
            A_DRIFTED_SERVICE.with_service(minimum_healthy_percent=0),
            id="what a roll would interrupt",
        ),
        pytest.param(
            steady,
            A_DRIFTED_SERVICE.with_service(document=ALARMED).but(alarms={}),
            id="an alarm that is not there",
        ),
        pytest.param(
            way_back,
            A_DRIFTED_SERVICE.but(revision=inactive(BASE_REVISION)),
            id="no way back",
        ),
    ],
)
def test_what_somebody_must_change_is_not(gate: Gate, scene: Scene) -> None:
    assert waits_until(gate, scene) is None


def test_missing_tasks_are_looked_at_before_they_are_judged() -> None:
    scene = A_DRIFTED_SERVICE.with_service(running=1)

    assert asked(steady, scene.but(tasks=NOT_ASKED)) == "look at tasks"
    assert asked(steady, scene.but(tasks=UNREADABLE)) == "NotSteady"
