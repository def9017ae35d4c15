"""Deployment alarms: watched from the start of a deployment through its bake."""

from __future__ import annotations

from controller.sandbox.cloudwatch import alarm_states
from controller.sandbox.ecs import events
from controller.sandbox.ecs.rollback import end, roll_back
from controller.sandbox.state import Region, Service, ServiceDeployment
from controller.sandbox.wire import Json

BAKE_MINUTES = 4  # "less than 5 minutes by default" [fact 4.19]; the number is UNVERIFIED


def monitor(region: Region, change: ServiceDeployment) -> None:
    """Watch a change from its start; one in ALARM already, and none is heeded [fact 4.19].

    UNVERIFIED: that the status is DISABLED then.
    """
    configured = configuration_of(change)
    watched = configured.get("enable") and configured.get("alarmNames")
    if watched and not _in_alarm(region, change):
        change.alarms = "MONITORING"


def rings(region: Region, change: ServiceDeployment) -> bool:
    """Whether an alarm of this change went to ALARM; remembers which."""
    if change.alarms != "MONITORING" or change.status != "IN_PROGRESS":
        return False
    change.triggered = _in_alarm(region, change)
    return bool(change.triggered)


def fail(region: Region, service: Service, *, now: float) -> None:
    """FAILED; back to the last COMPLETED revision where that is asked for [facts 1.13, 4.19].

    Wordings UNVERIFIED.
    """
    primary = service.deployments[0]
    change = primary.part_of
    change.alarms = "TRIGGERED"
    primary.rollout, primary.updated = "FAILED", now
    primary.reason = "ECS deployment failed: alarm detected."
    events.say(region, service, events.alarmed(primary), now=now)
    because = f"alarm(s) went to ALARM: {', '.join(change.triggered)}."
    back = service.completed
    if configuration_of(change).get("rollback") and back is not None:
        because = f"Service deployment rolled back because {because}"
        roll_back(region, service, back, because=because, now=now)
    else:
        end(change, "STOPPED", f"Service deployment stopped because {because}", now=now)


def configuration_of(change: ServiceDeployment) -> Json:
    """The deployment alarms as they are configured; empty where there are none [fact 1.13]."""
    return change.configuration.get("alarms") or {}


def _in_alarm(region: Region, change: ServiceDeployment) -> list[str]:
    states = alarm_states(region.account, region.name)
    names = configuration_of(change)["alarmNames"]
    return [name for name in names if states.get(name) == "ALARM"]
