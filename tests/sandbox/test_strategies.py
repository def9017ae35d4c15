"""Deployments that shift traffic go through their stages, wait where they are told to, and back."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from controller.sandbox.ecs.stages import steps_of
from tests.sandbox.web_service import Web

STAGES = [
    "PRE_SCALE_UP",
    "SCALE_UP",
    "POST_SCALE_UP",
    "TEST_TRAFFIC_SHIFT",
    "POST_TEST_TRAFFIC_SHIFT",
    "PRODUCTION_TRAFFIC_SHIFT",
    "POST_PRODUCTION_TRAFFIC_SHIFT",
    "BAKE_TIME",
    "CLEAN_UP",
]
BLUE_GREEN = {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 10}
AT_ONCE = {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 0}


def until(web: Web, stage: str) -> Any:
    """Look until the stage is reached; the clock does not move."""
    for _ in range(30):
        web.sandbox.tick()
        change = web.change()
        if change.get("lifecycleStage") == stage:
            return change
    raise AssertionError(f"{stage} is not reached: {web.change()}")


def weights(change: Any) -> tuple[float, float]:
    """Percent of production traffic of the source and of the target."""
    name = "requestedProductionTrafficWeight"
    return change["sourceServiceRevisions"][-1][name], change["targetServiceRevision"][name]


def shows(seen: list[Any], value: Any) -> list[Any]:
    return seen if seen and seen[-1] == value else [*seen, value]


def test_blue_green_goes_through_its_stages_in_order(web: Web) -> None:
    web.create(deploymentConfiguration=AT_ONCE)
    web.roll()
    stages: list[Any] = []
    for _ in range(14):
        web.sandbox.tick()
        stages = shows(stages, web.change()["lifecycleStage"])
    assert stages == STAGES
    assert web.change()["status"] == "SUCCESSFUL"
    assert web.deployments() == [("web:2", "PRIMARY", "COMPLETED", 2)]


def test_both_revisions_run_in_full_until_the_bake_is_over(web: Web) -> None:
    web.create(deploymentConfiguration=BLUE_GREEN)
    web.roll()
    assert weights(until(web, "POST_SCALE_UP")) == (100.0, 0.0)
    change = until(web, "BAKE_TIME")
    assert weights(change) == (0.0, 100.0)
    assert change["targetServiceRevision"]["requestedTestTrafficWeight"] == 100.0
    assert change["targetServiceRevision"]["runningTaskCount"] == 2
    web.sandbox.tick(10)
    assert web.deployments() == [
        ("web:2", "PRIMARY", "IN_PROGRESS", 2),
        ("web:1", "ACTIVE", "COMPLETED", 2),
    ]
    web.sandbox.advance(600)
    web.sandbox.tick(3)
    assert web.deployments() == [("web:2", "PRIMARY", "COMPLETED", 2)]


@pytest.mark.parametrize(
    ("configuration", "shifts"),
    [
        (AT_ONCE, [(100.0, 0)]),
        ({"strategy": "CANARY"}, [(5.0, 600), (100.0, 0)]),
        (
            {
                "strategy": "CANARY",
                "canaryConfiguration": {"canaryPercent": 20.0, "canaryBakeTimeInMinutes": 3},
            },
            [(20.0, 180), (100.0, 0)],
        ),
        ({"strategy": "LINEAR"}, [*((10.0 * n, 360) for n in range(1, 10)), (100.0, 0)]),
        (
            {
                "strategy": "LINEAR",
                "linearConfiguration": {"stepPercent": 40.0, "stepBakeTimeInMinutes": 1},
            },
            [(40.0, 60), (80.0, 60), (100.0, 0)],
        ),
    ],
)
def test_traffic_is_shifted_in_the_steps_of_the_strategy(
    configuration: dict[str, Any], shifts: list[tuple[float, float]]
) -> None:
    steps = steps_of({"bakeTimeInMinutes": 0, **configuration}, reconciles=False)
    assert [(s.weight, s.seconds) for s in steps if s.weight is not None] == shifts


def test_a_canary_bakes_before_the_rest_of_the_traffic_follows(web: Web) -> None:
    canary = {"canaryPercent": 25.0, "canaryBakeTimeInMinutes": 5}
    web.create(deploymentConfiguration={"strategy": "CANARY", "canaryConfiguration": canary})
    web.roll()
    until(web, "PRODUCTION_TRAFFIC_SHIFT")
    web.sandbox.tick(9)
    assert weights(web.change()) == (75.0, 25.0)
    web.sandbox.advance(300)
    assert weights(until(web, "POST_PRODUCTION_TRAFFIC_SHIFT")) == (0.0, 100.0)


def test_a_second_change_meanwhile_reconciles_the_service_first(web: Web) -> None:
    web.create(deploymentConfiguration=BLUE_GREEN)
    web.roll()
    until(web, "BAKE_TIME")
    web.roll(2, forceNewDeployment=True)
    change = until(web, "RECONCILE_SERVICE")
    assert len(change["sourceServiceRevisions"]) == 2
    assert [one[0] for one in web.deployments()] == ["web:2", "web:1"]
    listed = web.ecs.list_service_deployments(cluster="prod", service="web")
    assert [one["status"] for one in listed["serviceDeployments"]][1] == "STOPPED"


def test_a_service_that_is_scaled_meanwhile_ends_with_what_it_wants(web: Web) -> None:
    web.create(3, deploymentConfiguration=AT_ONCE)
    web.roll()
    until(web, "POST_TEST_TRAFFIC_SHIFT")
    web.ecs.update_service(cluster="prod", service="web", desiredCount=1)
    web.sandbox.tick(10)
    assert web.deployments() == [("web:2", "PRIMARY", "COMPLETED", 1)]


def test_tasks_that_fail_hold_the_stage_and_take_no_traffic(web: Web) -> None:
    web.create(deploymentConfiguration=AT_ONCE)
    web.new_revision_fails()
    web.roll()
    web.sandbox.tick(20)
    change = web.change()
    assert (change["status"], change["lifecycleStage"]) == ("IN_PROGRESS", "SCALE_UP")
    assert weights(change) == (100.0, 0.0)
    assert web.look()["deployments"][0]["failedTasks"] > 3


@pytest.mark.parametrize("stage", ["SCALE_UP", "BAKE_TIME"])
def test_what_is_stopped_goes_back_to_the_tasks_that_still_run(web: Web, stage: str) -> None:
    web.create(deploymentConfiguration=BLUE_GREEN)
    before = web.look()["deployments"][0]["id"]
    web.roll()
    change = until(web, stage)
    web.ecs.stop_service_deployment(serviceDeploymentArn=change["serviceDeploymentArn"])
    assert web.change()["status"] == "ROLLBACK_REQUESTED"
    web.sandbox.tick()
    assert weights(web.change()) == (100.0, 0.0)
    web.sandbox.tick(3)
    assert web.deployments() == [("web:1", "PRIMARY", "COMPLETED", 2)]
    assert web.look()["deployments"][0]["id"] == before
    assert web.look()["taskDefinition"].endswith("web:1")
    assert web.change()["status"] == "ROLLBACK_SUCCESSFUL"


def test_an_alarm_during_the_bake_goes_back(web: Web) -> None:
    alarms = {"alarmNames": ["errors"], "enable": True, "rollback": True}
    web.create(deploymentConfiguration={**BLUE_GREEN, "alarms": alarms})
    web.roll()
    until(web, "BAKE_TIME")
    web.sandbox.alarm("errors")
    web.sandbox.tick(4)
    change = web.change()
    assert (change["status"], change["alarms"]["status"]) == ("ROLLBACK_SUCCESSFUL", "TRIGGERED")
    assert web.deployments() == [("web:1", "PRIMARY", "COMPLETED", 2)]


def test_a_first_deployment_has_nothing_to_shift_from(web: Web) -> None:
    web.create(deploymentConfiguration=BLUE_GREEN)
    assert web.deployments() == [("web:1", "PRIMARY", "COMPLETED", 2)]
    assert "lifecycleStage" not in web.change()


def test_a_service_can_go_over_to_another_strategy(web: Web) -> None:
    web.create()
    web.roll(deploymentConfiguration=AT_ONCE)
    assert until(web, "CLEAN_UP")["deploymentConfiguration"]["strategy"] == "BLUE_GREEN"


def test_the_breaker_is_for_rolling_deployments(web: Web) -> None:
    breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
    web.create(deploymentConfiguration={**AT_ONCE, **breaker})
    web.roll()
    web.sandbox.tick()
    assert web.change()["deploymentCircuitBreaker"]["status"] == "DISABLED"


@pytest.mark.parametrize(
    ("configuration", "members"),
    [
        ({"strategy": "RECREATE"}, {}),
        ({"strategy": "BLUE_GREEN"}, {}),
        (BLUE_GREEN, {"deploymentController": {"type": "CODE_DEPLOY"}}),
        (BLUE_GREEN, {"schedulingStrategy": "DAEMON"}),
        ({"bakeTimeInMinutes": 1441}, {}),
        ({"strategy": "LINEAR", "linearConfiguration": {"stepPercent": 2.0}}, {}),
        ({"strategy": "CANARY", "canaryConfiguration": {"canaryBakeTimeInMinutes": -1}}, {}),
    ],
)
def test_what_cannot_be_is_refused(
    web: Web, configuration: dict[str, Any], members: dict[str, Any]
) -> None:
    with pytest.raises(ClientError):
        web.create(deploymentConfiguration=configuration, **members)
