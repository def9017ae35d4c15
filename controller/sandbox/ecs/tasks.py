"""Tasks of services, told from what their deployments count; standalone tasks are not simulated.

A task is known by its place in the count, so that draining takes the last ones away first.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from controller.sandbox.call import Call
from controller.sandbox.ecs.clusters import cluster_named
from controller.sandbox.ecs.find import find_task_definition
from controller.sandbox.paging import page
from controller.sandbox.state import Deployment, Region, Service
from controller.sandbox.wire import Json, invalid

DESCRIBED_AT_ONCE = 100  # [fact 5.5]
REMEMBERED = 10  # ECS shows stopped tasks for about an hour; here the newest failed ones
# [fact 5.14], wording UNVERIFIED.
FAILURE = "ResourceInitializationError: failed to validate logger args"


def list_tasks(call: Call) -> Json:
    """RUNNING ones unless STOPPED are asked for; by service, family or launch type [ListTasks]."""
    family, launch_type = call.get("family"), call.get("launchType")
    arns = [
        task["taskArn"]
        for task in _tasks(call)
        if task["desiredStatus"] == call.get("desiredStatus", "RUNNING")
        and family in {None, task["taskDefinitionArn"].rsplit("/", 1)[-1].split(":")[0]}
        and launch_type in {None, task.get("launchType")}
    ]
    return page(call, arns, member="taskArns")


def describe_tasks(call: Call) -> Json:
    """1 to 100, by ARN or id; unknown ones are failures [fact 5.5]."""
    named = call.need("tasks")
    if not 1 <= len(named) <= DESCRIBED_AT_ONCE:
        raise invalid(f"Tasks can have at most {DESCRIBED_AT_ONCE} items.")
    known = {task["taskArn"].rsplit("/", 1)[-1]: task for task in _tasks(call)}
    ids = {name: name.rsplit("/", 1)[-1] for name in named}
    return {
        "tasks": [known[wanted] for wanted in ids.values() if wanted in known],
        "failures": [
            {"arn": name, "reason": "MISSING"}
            for name, wanted in ids.items()
            if wanted not in known
        ],
    }


def _tasks(call: Call) -> Iterator[Json]:
    cluster = cluster_named(call.region, call.get("cluster"))["clusterName"]
    wanted = call.get("serviceName")
    for (place, name), service in call.region.services.items():
        if place != cluster or (wanted and wanted.rsplit("/", 1)[-1] != name):
            continue
        for deployment in service.deployments:
            yield from _of_deployment(call.region, service, deployment)


def _of_deployment(region: Region, service: Service, deployment: Deployment) -> Iterator[Json]:
    for place in range(deployment.running):
        yield _task(region, service, deployment, f"up/{place}", status="RUNNING")
    for place in range(deployment.running, deployment.running + deployment.pending):
        yield _task(region, service, deployment, f"up/{place}", status="PENDING")
    for place in range(max(0, deployment.failed - REMEMBERED), deployment.failed):
        failed = _task(region, service, deployment, f"failed/{place}", status="STOPPED")
        yield failed | {"stopCode": "TaskFailedToStart", "stoppedReason": FAILURE}


def _task(
    region: Region, service: Service, deployment: Deployment, place: str, *, status: str
) -> Json:
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"{service.arn}/{deployment.id}/{place}").hex
    arn = region.arn(f"task/{service.cluster}/{identity}")
    task_definition = deployment.revision.task_definition
    document = find_task_definition(region, task_definition).document
    task = {
        "taskArn": arn,
        "clusterArn": region.arn(f"cluster/{service.cluster}"),
        "taskDefinitionArn": task_definition,
        "group": f"service:{service.name}",  # [fact 4.25]
        "startedBy": deployment.id,
        "lastStatus": status,
        "desiredStatus": "STOPPED" if status == "STOPPED" else "RUNNING",
        "createdAt": deployment.created,
        "containers": [
            {
                "name": container["name"],
                "image": container["image"],
                "taskArn": arn,
                "lastStatus": status,
            }
            for container in document["containerDefinitions"]
        ],
    }
    if "launchType" in deployment.revision.launch:
        task["launchType"] = deployment.revision.launch["launchType"]
    return task
