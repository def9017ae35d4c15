"""CloudWatch's alarms, which moto keeps and never evaluates: read and set from here."""

from __future__ import annotations

from typing import Literal

from moto.cloudwatch.models import cloudwatch_backends

AlarmState = Literal["OK", "ALARM", "INSUFFICIENT_DATA"]


def alarm_states(account: str, region: str) -> dict[str, str]:
    """The state of every alarm of an account in a Region, metric and composite ones, by name."""
    alarms = cloudwatch_backends[account][region].alarms
    return {name: str(alarm.state_value) for name, alarm in alarms.items()}


def set_alarm(
    account: str, region: str, name: str, state: AlarmState, *, composite: bool = False
) -> None:
    """Put an alarm into a state; one that is not there yet is made.

    A composite one can be made only so: moto has no PutCompositeAlarm.
    """
    backend = cloudwatch_backends[account][region]
    if name not in backend.alarms:
        backend.put_metric_alarm(
            name=name,
            namespace="AWS/ECS",
            metric_name="CPUUtilization",
            comparison_operator="GreaterThanThreshold",
            evaluation_periods=1,
            period=60,
            threshold=90.0,
            statistic="Average",
            description="",
            dimensions=[],
            alarm_actions=[],
            rule="ALARM(another)" if composite else None,
        )
    backend.set_alarm_state(name, "set by the sandbox", "{}", state)
