"""Alarms, looked up by their names in the Region of the service that heeds them."""

from __future__ import annotations

from functools import partial

import pytest

from controller.aws.alarms_reader import AwsAlarmsReader, states_in
from controller.errors import RetryError
from controller.sandbox import Sandbox
from tests.aws.opened import REGION, sandboxed
from tests.virtual_time import in_virtual_time


@in_virtual_time
async def test_each_alarm_has_a_state_and_one_that_is_not_there_has_none() -> None:
    sandbox = Sandbox()
    sandbox.alarm("errors")
    sandbox.alarm("lag", "OK")
    async with sandboxed(sandbox) as session:
        reader = AwsAlarmsReader(partial(session.api, "cloudwatch"))
        found = await reader.states({"errors", "lag", "gone"}, REGION)

    assert found == {"errors": "ALARM", "lag": "OK"}
    assert sandbox.writes() == []


def test_composite_alarms_are_alarms_too() -> None:
    """Moto has none; this is how the API reference shows them."""
    composite = [{"AlarmName": "any", "StateValue": "ALARM"}]
    metric = [{"AlarmName": "errors", "StateValue": "OK"}]

    assert states_in({"CompositeAlarms": composite, "MetricAlarms": metric}) == {
        "any": "ALARM",
        "errors": "OK",
    }
    with pytest.raises(RetryError):
        states_in({"MetricAlarms": [{"AlarmName": "errors"}]})


@in_virtual_time
async def test_many_alarms_are_asked_for_by_the_hundred() -> None:
    sandbox = Sandbox()
    async with sandboxed(sandbox) as session:
        reader = AwsAlarmsReader(partial(session.api, "cloudwatch"))
        assert await reader.states({f"alarm-{n}" for n in range(101)}, REGION) == {}

    assert len(sandbox.requests) == 2
