"""A task as DescribeTasks writes it; the shape follows recorded answers of AWS."""

from __future__ import annotations

from controller.sandbox.ecs.find import find_task_definition
from controller.sandbox.state import Region, Service, Task
from controller.sandbox.wire import Json


def task_answer(region: Region, service: Service, task: Task) -> Json:
    """Members that have no value yet are left out, as ECS leaves them out."""
    document = find_task_definition(region, task.task_definition).document
    ending = task.ending
    answer = {
        "taskArn": task.arn,
        "clusterArn": region.arn(f"cluster/{service.cluster}"),
        "taskDefinitionArn": task.task_definition,
        "group": f"service:{service.name}",  # [fact 4.25]
        "startedBy": task.group,
        "lastStatus": status_of(task),
        "desiredStatus": "RUNNING" if task.stopped is None else "STOPPED",
        "healthStatus": _health(task, document["containerDefinitions"]),
        "createdAt": task.created,
        "startedAt": task.started,
        "stoppingAt": task.stopped,
        "stoppedAt": task.stopped,
        "stopCode": ending and ending.stop_code,
        "stoppedReason": ending and ending.stopped_reason,
        "cpu": document.get("cpu"),
        "memory": document.get("memory"),
        "overrides": {"containerOverrides": []},
        "containers": _containers(task, document["containerDefinitions"]),
        **task.launch,
    }
    return {member: value for member, value in answer.items() if value is not None}


def status_of(task: Task) -> str:
    """PENDING, RUNNING or STOPPED; what lies between is not simulated."""
    if task.stopped is not None:
        return "STOPPED"
    return "PENDING" if task.started is None else "RUNNING"


def _containers(task: Task, definitions: list[Json]) -> list[Json]:
    """What ended the task is told of its first container [recorded answer]."""
    containers = []
    for place, definition in enumerate(definitions):
        container: Json = {
            "name": definition["name"],
            "image": definition["image"],
            "taskArn": task.arn,
            "lastStatus": status_of(task),
            "healthStatus": _health(task, [definition]),
        }
        if task.ending and place == 0:
            if task.ending.container_reason is not None:
                container["reason"] = task.ending.container_reason
            if task.ending.exit_code is not None:
                container["exitCode"] = task.ending.exit_code
        containers.append(container)
    return containers


def _health(task: Task, definitions: list[Json]) -> str:
    """UNKNOWN without a health check, or while it has not spoken [MODEL HealthStatus]."""
    checked = any(
        "healthCheck" in definition and definition.get("essential", True)
        for definition in definitions
    )
    runs = task.started is not None and task.stopped is None
    return "HEALTHY" if checked and runs else "UNKNOWN"
