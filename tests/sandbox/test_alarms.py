"""Deployment alarms: heeded through the bake, and not at all where one rings already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.web_service import Web

ALARMS = {"alarms": {"alarmNames": ["errors", "latency"], "enable": True, "rollback": True}}
BAKE = 300


@pytest.fixture
def quiet(web: Web) -> Web:
    """A service whose two alarms are silent, with its next revision on the way."""
    web.sandbox.alarm("errors", "OK")
    web.sandbox.alarm("latency", "INSUFFICIENT_DATA")
    web.create(deploymentConfiguration=ALARMS)
    web.roll()
    web.sandbox.tick(5)
    return web


def test_a_deployment_is_in_progress_through_its_bake(quiet: Web) -> None:
    assert quiet.deployments() == [("web:2", "PRIMARY", "IN_PROGRESS", 2)]
    assert quiet.change()["alarms"] == {
        "status": "MONITORING",
        "alarmNames": ["errors", "latency"],
        "triggeredAlarmNames": [],
    }
    quiet.sandbox.advance(BAKE)
    quiet.sandbox.tick()
    assert quiet.deployments() == [("web:2", "PRIMARY", "COMPLETED", 2)]
    change = quiet.change()
    assert (change["status"], change["alarms"]["status"]) == ("SUCCESSFUL", "MONITORING_COMPLETE")


def test_an_alarm_during_the_bake_rolls_back(quiet: Web) -> None:
    quiet.sandbox.alarm("latency")
    quiet.sandbox.tick()
    change = quiet.change()
    assert change["status"] == "ROLLBACK_IN_PROGRESS"
    assert change["alarms"]["status"] == "TRIGGERED"
    assert change["alarms"]["triggeredAlarmNames"] == ["latency"]
    assert "latency" in change["statusReason"]
    quiet.sandbox.tick(3)
    assert quiet.deployments() == [("web:1", "PRIMARY", "COMPLETED", 2)]
    assert quiet.change()["status"] == "ROLLBACK_SUCCESSFUL"


def test_an_alarm_while_tasks_start_rolls_back(web: Web) -> None:
    web.create(deploymentConfiguration=ALARMS)
    web.sandbox.stalls(lambda document: document["revision"] == 2)
    web.roll()
    web.sandbox.tick(2)
    web.sandbox.alarm("errors")
    web.sandbox.tick()
    assert web.change()["status"] == "ROLLBACK_IN_PROGRESS"


def test_an_alarm_after_the_bake_changes_nothing(quiet: Web) -> None:
    quiet.sandbox.advance(BAKE)
    quiet.sandbox.tick()
    quiet.sandbox.alarm("errors")
    quiet.sandbox.tick(3)
    assert quiet.deployments() == [("web:2", "PRIMARY", "COMPLETED", 2)]


def test_alarms_are_ignored_for_the_whole_deployment_if_one_rings_at_its_start(web: Web) -> None:
    web.create(deploymentConfiguration=ALARMS)
    web.sandbox.alarm("errors")
    web.roll()
    web.sandbox.tick()
    web.sandbox.alarm("errors", "OK")
    web.sandbox.alarm("latency")
    web.sandbox.tick(2)
    assert web.deployments() == [("web:2", "PRIMARY", "COMPLETED", 2)]
    assert web.change()["alarms"]["status"] == "DISABLED"


def test_without_rollback_a_deployment_fails_where_it_is(web: Web) -> None:
    web.create(deploymentConfiguration={"alarms": {**ALARMS["alarms"], "rollback": False}})
    web.roll()
    web.sandbox.tick(2)
    web.sandbox.alarm("errors")
    web.sandbox.tick(3)
    assert web.deployments() == [("web:2", "PRIMARY", "FAILED", 2)]
    assert web.change()["status"] == "STOPPED"


def test_alarms_that_are_not_enabled_are_not_heeded(web: Web) -> None:
    web.create(deploymentConfiguration={"alarms": {**ALARMS["alarms"], "enable": False}})
    web.roll()
    web.sandbox.tick()
    web.sandbox.alarm("errors")
    web.sandbox.tick()
    assert web.deployments() == [("web:2", "PRIMARY", "COMPLETED", 2)]


def test_a_stated_bake_is_kept_without_alarms_too(web: Web) -> None:
    web.create(deploymentConfiguration={"bakeTimeInMinutes": 10})
    web.roll()
    web.sandbox.tick(3)
    web.sandbox.advance(599)
    web.sandbox.tick()
    assert web.change()["status"] == "IN_PROGRESS"
    web.sandbox.advance(1)
    web.sandbox.tick()
    assert web.change()["status"] == "SUCCESSFUL"


def test_an_alarm_of_either_kind_is_described(web: Web, client: Callable[..., Any]) -> None:
    web.sandbox.alarm("errors")
    web.sandbox.alarm("both", "OK", composite=True)
    answer = client("cloudwatch").describe_alarms(
        AlarmNames=["errors", "both", "gone"], AlarmTypes=["MetricAlarm", "CompositeAlarm"]
    )
    states = [
        (alarm["AlarmName"], alarm["StateValue"])
        for kind in ("MetricAlarms", "CompositeAlarms")
        for alarm in answer[kind]
    ]
    assert states == [("errors", "ALARM"), ("both", "OK")]


def test_an_alarm_that_somebody_made_is_put_into_a_state(
    web: Web, client: Callable[..., Any]
) -> None:
    cloudwatch = client("cloudwatch")
    cloudwatch.put_metric_alarm(
        AlarmName="errors",
        MetricName="5xx",
        Namespace="AWS/ApplicationELB",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1.0,
        ComparisonOperator="GreaterThanThreshold",
    )
    web.sandbox.alarm("errors")
    (alarm,) = cloudwatch.describe_alarms(AlarmNames=["errors"])["MetricAlarms"]
    assert (alarm["MetricName"], alarm["StateValue"]) == ("5xx", "ALARM")
    cloudwatch.set_alarm_state(AlarmName="errors", StateValue="OK", StateReason="over")
    web.create(deploymentConfiguration=ALARMS)
    assert web.change()["alarms"]["status"] == "MONITORING_COMPLETE"
