"""How long a healthy roll may take, by what the service says of its deployments."""

from __future__ import annotations

from datetime import timedelta

import pytest

from controller.core.document.json import Json
from controller.core.service.duration import expected
from tests.core.service.given import minutes, policy
from tests.core.service.scene import A_DRIFTED_SERVICE

DAY = timedelta(days=1)
PAUSE = {"targetType": "PAUSE", "lifecycleStages": ["POST_SCALE_UP", "PRE_SCALE_UP"]}


@pytest.mark.parametrize(
    ("configured", "longest"),
    [
        pytest.param({}, 15, id="the progress deadline"),
        pytest.param({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 20}, 35, id="[1.23] its bake"),
        pytest.param({"strategy": "LINEAR"}, 15 + 60, id="[1.23] ten steps of six minutes"),
        pytest.param(
            {
                "strategy": "LINEAR",
                "linearConfiguration": {"stepPercent": 50.0, "stepBakeTimeInMinutes": 10},
            },
            15 + 20,
            id="two steps of ten",
        ),
        pytest.param({"strategy": "CANARY"}, 15 + 10, id="[1.23] a canary of ten minutes"),
        pytest.param(
            {"strategy": "CANARY", "canaryConfiguration": {"canaryBakeTimeInMinutes": 60}},
            15 + 60,
            id="a canary of an hour",
        ),
        pytest.param({"alarms": {"enable": True}}, 20, id="[4.19] alarms are heeded for a while"),
        pytest.param({"alarms": {"enable": False}}, 15, id="alarms that nobody heeds"),
        pytest.param({"lifecycleHooks": [PAUSE]}, 15 + 30, id="a hook at two stages"),
        pytest.param(
            {"lifecycleHooks": [{**PAUSE, "timeoutConfiguration": {"timeoutInMinutes": 60}}]},
            15 + 120,
            id="[1.24] a hook that says how long it may take",
        ),
    ],
)
def test_a_roll_takes_what_its_strategy_takes(configured: dict[str, Json], longest: float) -> None:
    scene = A_DRIFTED_SERVICE.with_service(document={"deploymentConfiguration": configured})

    assert expected(scene.service, policy().rollout) == minutes(longest)


@pytest.mark.parametrize(
    ("desired", "least", "most", "longest"),
    [
        pytest.param(2, 100, 200, 15, id="all at once"),
        pytest.param(10, 100, 110, 50, id="one by one"),
        pytest.param(10, 50, 100, 15, id="two halves"),
        pytest.param(0, 100, 200, 15, id="none"),
        pytest.param(4, 0, 100, 15, id="a daemon, all at once"),
    ],
)
def test_a_rolling_update_goes_in_steps(desired: int, least: int, most: int, longest: int) -> None:
    scene = A_DRIFTED_SERVICE.with_service(
        desired=desired, minimum_healthy_percent=least, maximum_percent=most
    )

    assert expected(scene.service, policy().rollout) == minutes(longest)
