"""The tasks of a service as they are read: why they stopped, and which are protected."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from controller.core.service.tasks import StoppedContainer
from controller.errors import DeniedError
from tests.aws.opened import WEB, ecs_reader, scripted
from tests.aws.scripted import Body, Refused, Script
from tests.virtual_time import in_virtual_time

TWO = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:2"


def described(arn: str, status: str = "RUNNING", **members: Any) -> dict[str, Any]:
    """Return a task as DescribeTasks shows it."""
    return {
        "taskArn": arn,
        "taskDefinitionArn": TWO,
        "lastStatus": status,
        "desiredStatus": status,
        "containers": [],
        **members,
    }


def script_of(*tasks: dict[str, Any], protected: object = None) -> Script:
    """Return a script of a service with these tasks."""
    script = Script()

    def listed(body: Body) -> dict[str, Any]:
        found = [one["taskArn"] for one in tasks if one["desiredStatus"] == body["desiredStatus"]]
        return {"taskArns": found}

    script.replies("ListTasks", listed)
    known = {one["taskArn"]: one for one in tasks}
    script.replies(
        "DescribeTasks",
        lambda body: {"tasks": [known[arn] for arn in body["tasks"]], "failures": []},
    )
    script.says("GetTaskProtection", protected or {"protectedTasks": [], "failures": []})  # type: ignore[arg-type]  # as AWS answers
    return script


@in_virtual_time
async def test_a_stopped_task_says_why() -> None:
    reason = "failed to validate logger args: splunk-token=1234-5678"
    container = {"name": "web", "reason": reason, "exitCode": 1}
    gone = described(
        "a",
        "STOPPED",
        stopCode="TaskFailedToStart",
        stoppedReason="Task failed to start",
        containers=[container, {"name": "log"}],
        stoppedAt=60,
        startedBy="ecs-svc/1",
    )
    async with scripted(script_of(gone)) as session:
        (task,) = (await ecs_reader(session).tasks(WEB)).tasks

    assert task.has_stopped
    assert (task.stop_code, task.stopped_reason) == ("TaskFailedToStart", "Task failed to start")
    assert task.stopped_at == datetime.fromtimestamp(60, UTC)
    assert task.containers == (
        StoppedContainer("web", "failed to validate logger args: splunk-token=…", 1),
        StoppedContainer("log"),
    )


@in_virtual_time
async def test_running_and_stopped_tasks_are_asked_for() -> None:
    script = script_of(described("a", healthStatus="HEALTHY"), described("b", "STOPPED"))
    async with scripted(script) as session:
        found = await ecs_reader(session).tasks(WEB)

    assert [(one.arn, one.is_healthy) for one in found.tasks] == [("a", True), ("b", False)]
    assert found.complete
    asked = [(one["serviceName"], one["desiredStatus"]) for one in script.bodies("ListTasks")]
    assert asked == [("web", "RUNNING"), ("web", "STOPPED")]


@in_virtual_time
async def test_a_service_without_tasks_is_not_described() -> None:
    script = script_of()
    async with scripted(script) as session:
        assert (await ecs_reader(session).tasks(WEB)).tasks == ()

    assert {operation for operation, _ in script.asked} == {"ListTasks"}


@in_virtual_time
async def test_protected_tasks_say_until_when() -> None:
    shown = {"taskArn": "a", "protectionEnabled": True, "expirationDate": 7_200}
    free = {"taskArn": "b", "protectionEnabled": False}
    script = script_of(
        described("a"), described("b"), protected={"protectedTasks": [shown, free], "failures": []}
    )
    async with scripted(script) as session:
        found = await ecs_reader(session).tasks(WEB)

    assert [one.protected_until for one in found.tasks] == [
        datetime.fromtimestamp(7_200, UTC),
        None,
    ]


@in_virtual_time
async def test_protection_that_may_not_be_read_is_not_known() -> None:
    script = script_of(described("a"), protected=Refused("AccessDeniedException"))
    async with scripted(script) as session:
        (task,) = (await ecs_reader(session).tasks(WEB)).tasks

    assert task.protected_until is None


@in_virtual_time
async def test_tasks_that_may_not_be_read_are_an_error() -> None:
    script = Script()
    script.says("ListTasks", Refused("AccessDeniedException"))
    async with scripted(script) as session:
        with pytest.raises(DeniedError):
            await ecs_reader(session).tasks(WEB)


@in_virtual_time
async def test_more_tasks_than_are_looked_at_are_told() -> None:
    script = Script()
    pages = iter(range(100))

    def listed(body: Body) -> dict[str, Any]:
        stopped = body["desiredStatus"] == "STOPPED"
        return {"taskArns": []} if stopped else {"taskArns": [], "nextToken": str(next(pages))}

    script.replies("ListTasks", listed)
    async with scripted(script) as session:
        assert not (await ecs_reader(session).tasks(WEB)).complete
