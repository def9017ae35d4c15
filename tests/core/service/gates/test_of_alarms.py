"""Alarms by which ECS would end a bad deployment: none of them may be in ALARM before a roll."""

from __future__ import annotations

import pytest

from controller.core.service.deployment import IN_PROGRESS
from controller.core.service.gates.steady import steady
from controller.core.service.observed import NOT_ASKED
from tests.core.service.gates.asked import asked, waits_until
from tests.core.service.given import ago
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    UNREADABLE,
    Scene,
    deployment,
    history,
    past,
)


def alarmed(*names: str, enable: bool = True) -> Scene:
    """Return a service whose deployments heed alarms."""
    alarms = {"enable": enable, "rollback": True, "alarmNames": list(names)}
    document = {"deploymentConfiguration": {"alarms": alarms}}
    return A_DRIFTED_SERVICE.with_service(document=document)


@pytest.mark.parametrize(
    ("states", "answer"),
    [
        pytest.param(NOT_ASKED, "look at alarms", id="they must be looked at"),
        pytest.param(UNREADABLE, "AccessDenied", id="they may not be read"),
        pytest.param({"errors": "OK", "lag": "OK"}, None, id="all is well"),
        pytest.param({"errors": "OK", "lag": "INSUFFICIENT_DATA"}, None, id="nobody knows"),
        pytest.param({"errors": "OK", "lag": "ALARM"}, "AlarmActive", id="[4.19] one is in ALARM"),
        pytest.param({"errors": "OK"}, "AlarmMissing", id="one is not there"),
    ],
)
def test_alarms_must_be_able_to_end_a_bad_roll(states: object, answer: str | None) -> None:
    assert asked(steady, alarmed("errors", "lag").but(alarms=states)) == answer


def test_alarms_that_nobody_heeds_are_not_looked_at() -> None:
    assert asked(steady, alarmed("errors", enable=False)) is None


def test_an_alarm_that_is_over_lets_the_roll_go() -> None:
    assert waits_until(steady, alarmed("errors").but(alarms={"errors": "ALARM"})) is not None
    assert waits_until(steady, alarmed("errors").but(alarms={})) is None


@pytest.mark.parametrize("status", sorted(IN_PROGRESS))
def test_a_service_deployment_that_goes_on_is_not_rolled_over(status: str) -> None:
    """So it is with other strategies, whose deployments show no rolloutState [fact 4.16]."""
    alone = deployment(BASE_REVISION, started=ago(60), state=None)
    scene = A_DRIFTED_SERVICE.with_service(deployments=(alone,))
    going = history(past(BASE_REVISION, status, finished_at=None))

    assert asked(steady, scene.but(history=going)) == "DeploymentInProgress"
    assert asked(steady, scene.but(history=NOT_ASKED)) == "look at history"
    assert asked(steady, scene) is None
