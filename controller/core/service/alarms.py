"""The CloudWatch alarms by which ECS takes a service back from a deployment [fact 1.13]."""

from __future__ import annotations

from controller.core.document.json import items, members, text
from controller.core.service.observed import Service


def alarm_names(service: Service) -> frozenset[str]:
    """Return the names of the alarms that the service's deployments heed, if they heed any.

    They are in the service's own Region.
    """
    configured = members(service.document.get("deploymentConfiguration"))
    alarms = members(configured.get("alarms"))
    if alarms.get("enable") is not True:
        return frozenset()
    names = (text(one) for one in items(alarms.get("alarmNames")))
    return frozenset(name for name in names if name is not None)
