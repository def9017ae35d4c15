"""Task scale-in protection: tasks that neither deployments nor scaling in may stop."""

from __future__ import annotations

from controller.sandbox.call import Call
from controller.sandbox.ecs.tasks import named_tasks, tasks_of_call
from controller.sandbox.state import Task
from controller.sandbox.wire import Json, invalid

UPDATED_AT_ONCE = 10  # [MODEL UpdateTaskProtectionRequest]
READ_AT_ONCE = 100  # [MODEL GetTaskProtectionRequest]
_MINUTES = 120  # where nothing is said; at most 2,880 [MODEL UpdateTaskProtectionRequest]
_MOST_MINUTES = 2880


def update_task_protection(call: Call) -> Json:
    """For so many minutes, or off. A task that does not run cannot be protected: TASK_NOT_VALID.

    UNVERIFIED: all but the numbers and that name of a failure, which the model says of standalone
    tasks.
    """
    minutes = call.get("expiresInMinutes", _MINUTES)
    if not 1 <= minutes <= _MOST_MINUTES:
        raise invalid(f"expiresInMinutes must be between 1 and {_MOST_MINUTES}.")
    found, failures = named_tasks(call, call.need("tasks"), at_most=UPDATED_AT_ONCE)
    enabled = bool(call.need("protectionEnabled"))
    changed = []
    for _, task in found:
        if task.stopped is not None:
            failures.append({"arn": task.arn, "reason": "TASK_NOT_VALID"})
            continue
        task.protected_until = call.now + minutes * 60 if enabled else None
        changed.append(_answer(task, now=call.now))
    return {"protectedTasks": changed, "failures": failures}


def get_task_protection(call: Call) -> Json:
    """Of the tasks named, or of all that the cluster's services run (UNVERIFIED)."""
    if named := call.get("tasks"):
        found, failures = named_tasks(call, named, at_most=READ_AT_ONCE)
    else:
        found = [pair for pair in tasks_of_call(call) if pair[1].stopped is None]
        failures = []
    return {
        "protectedTasks": [_answer(task, now=call.now) for _, task in found],
        "failures": failures,
    }


def _answer(task: Task, *, now: float) -> Json:
    """Protection that has run out is off [MODEL UpdateTaskProtectionRequest]."""
    answer: Json = {"taskArn": task.arn, "protectionEnabled": task.is_protected(now)}
    if task.is_protected(now):
        answer["expirationDate"] = task.protected_until
    return answer
