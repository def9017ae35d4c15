"""The task sets of a service that CodeDeploy makes, serves by, and deletes."""

from __future__ import annotations

import re

from controller.sandbox.code_deploy_state import Deployment
from controller.sandbox.ecs.find import find_usable_task_definition
from controller.sandbox.state import Region, Service
from controller.sandbox.wire import Json

# A person's AppSpec may be anything; all that is simulated of it is the one value.
_TASK_DEFINITION = re.compile(
    r"""["']?TaskDefinition["']?\s*:\s*["']?([^"'\s,}]+)""", re.IGNORECASE
)


def service_of(region: Region, one: Deployment) -> Service:
    """The service that the deployment's group names."""
    group = region.code_deploy.applications[one.application][one.group]
    named = group["ecsServices"][0]
    return region.services[named["clusterName"], named["serviceName"]]


def named_in(revision: Json) -> str | None:
    """The task definition that an AppSpec names, where it was sent as text."""
    sent = revision.get("appSpecContent") or revision.get("string") or {}
    found = _TASK_DEFINITION.search(sent.get("content", ""))
    return found[1] if found else None


def make(region: Region, one: Deployment, named: str, *, now: float) -> None:
    """A second task set beside the PRIMARY one, of as many tasks; it serves no traffic yet.

    Its externalId is the id of the deployment [botocore TaskSet].
    """
    service = service_of(region, one)
    revision = find_usable_task_definition(region, named)
    before = primary(service)
    number = next(region.numbers)
    tail = f"{service.cluster}/{service.name}/ecs-svc/{number}"
    one.blue, one.green = before["id"], f"ecs-svc/{number}"
    service.task_sets.append(
        {
            **before,
            "id": one.green,
            "taskSetArn": region.arn(f"task-set/{tail}"),
            "externalId": one.id,
            "status": "ACTIVE",
            "taskDefinition": revision.arn,
            "computedDesiredCount": service.desired,
            "pendingCount": service.desired,
            "runningCount": 0,
            "createdAt": now,
            "updatedAt": now,
            "stabilityStatus": "STABILIZING",
            "stabilityStatusAt": now,
        }
    )


def primary(service: Service) -> Json:
    """The task set that serves production traffic."""
    return next(one for one in service.task_sets if one["status"] == "PRIMARY")


def task_set(service: Service, name: str | None) -> Json:
    """The task set with this id."""
    return next(one for one in service.task_sets if one["id"] == name)


def starts(green: Json, *, now: float) -> None:
    """All of its tasks run."""
    green |= {
        "pendingCount": 0,
        "runningCount": green["computedDesiredCount"],
        "stabilityStatus": "STEADY_STATE",
        "stabilityStatusAt": now,
        "updatedAt": now,
    }


def primary_again(region: Region, one: Deployment, name: str, *, now: float) -> None:
    """Traffic moves to a task set: it is PRIMARY, and the one before it only ACTIVE.

    What the service shows as its taskDefinition does not change: UNVERIFIED, and the harsher
    reading; a reader must look at the task sets [fact 4.13].
    """
    service = service_of(region, one)
    for other in service.task_sets:
        status = "PRIMARY" if other["id"] == name else "ACTIVE"
        if other["status"] != status:
            other |= {"status": status, "updatedAt": now}


def remove(region: Region, one: Deployment, name: str) -> None:
    """The task set and its tasks are gone."""
    service = service_of(region, one)
    service.task_sets[:] = [other for other in service.task_sets if other["id"] != name]
