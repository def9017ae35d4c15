"""Reading the tasks of services; standalone tasks are not simulated."""

from __future__ import annotations

from collections.abc import Iterator

from controller.sandbox.call import Call
from controller.sandbox.ecs.clusters import cluster_named
from controller.sandbox.ecs.task_answer import task_answer
from controller.sandbox.ecs.task_records import follow
from controller.sandbox.paging import page
from controller.sandbox.state import Service, Task
from controller.sandbox.wire import Json, invalid

DESCRIBED_AT_ONCE = 100  # [fact 5.5]


def list_tasks(call: Call) -> Json:
    """RUNNING ones unless STOPPED are asked for; by service, family or launch type [ListTasks]."""
    family, launch_type = call.get("family"), call.get("launchType")
    stopped = call.get("desiredStatus", "RUNNING") == "STOPPED"
    wanted = call.get("serviceName")
    arns = [
        task.arn
        for service, task in tasks_of_call(call)
        if (task.stopped is not None) == stopped
        and (not wanted or wanted.rsplit("/", 1)[-1] == service.name)
        and family in {None, task.task_definition.rsplit("/", 1)[-1].split(":")[0]}
        and launch_type in {None, task.launch["launchType"]}
        and call.get("startedBy") in {None, task.group}
        and call.get("containerInstance") in {None, task.launch.get("containerInstanceArn")}
    ]
    return page(call, arns, member="taskArns")


def describe_tasks(call: Call) -> Json:
    """1 to 100, by ARN or id; unknown ones are failures [fact 5.5]."""
    found, failures = named_tasks(call, call.need("tasks"), at_most=DESCRIBED_AT_ONCE)
    return {
        "tasks": [task_answer(call.region, service, task) for service, task in found],
        "failures": failures,
    }


def named_tasks(
    call: Call, named: list[str], *, at_most: int
) -> tuple[list[tuple[Service, Task]], list[Json]]:
    """The tasks of the call's cluster that are named by ARN or id, and a failure for each other."""
    if not 1 <= len(named) <= at_most:
        raise invalid(f"Tasks can have at most {at_most} items.")
    known = {task.arn.rsplit("/", 1)[-1]: (service, task) for service, task in tasks_of_call(call)}
    ids = {name: name.rsplit("/", 1)[-1] for name in named}
    failures = [
        {"arn": name, "reason": "MISSING"} for name, wanted in ids.items() if wanted not in known
    ]
    return [known[wanted] for wanted in ids.values() if wanted in known], failures


def tasks_of_call(call: Call) -> Iterator[tuple[Service, Task]]:
    """Every task of the cluster that the call names, stopped ones for about an hour."""
    cluster = cluster_named(call.region, call.get("cluster"))["clusterName"]
    for (place, _), service in call.region.services.items():
        if place == cluster:
            follow(call.region, service, now=call.now)
            for task in service.tasks:
                yield service, task
