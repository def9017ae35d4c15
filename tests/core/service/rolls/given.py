"""The vocabulary of these tests: a roll by any strategy, at any stage, and the tasks it starts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from controller.core.document.json import Json
from controller.core.move import Look
from controller.core.service.deployment import Hook
from controller.core.service.rolls.phase import phase
from controller.core.service.rolls.phases import Phase, Rolling
from controller.core.service.tasks import StoppedContainer, Task, Tasks
from tests.core.service.given import ago
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    Scene,
    arn_of,
    deployment,
    history,
    ours,
    past,
)

TWO = ours(2)
MISSING_GROUP = (
    "CannotStartContainerError: Error response from daemon: failed to initialize logging driver: "
    "failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group "
    "does not exist."
)  # as users have reported it


def rolling(
    *,
    started: float,
    updated: float | None = None,
    running: int = 0,
    failed: int = 0,
    state: str | None = "IN_PROGRESS",
    old: int = 0,
    configured: dict[str, Json] | None = None,
    **shown: Any,
) -> Scene:
    """Return our roll of two tasks so many minutes after its start.

    *updated* is how long ago anything changed, *old* how many old tasks still run, *configured* the
    deployment configuration, *shown* what the service deployment shows besides.
    """
    primary = deployment(TWO, started=ago(started), state=state, failed=failed)
    last = ago(started if updated is None else updated)
    primary = replace(primary, running=running, pending=2 - running, updated_at=last)
    before = replace(deployment(BASE_REVISION, started=ago(5_000), status="ACTIVE"), running=old)
    made = past(
        TWO,
        **{"status": "IN_PROGRESS", "created_at": ago(started), "finished_at": None, **shown},
    )
    made = replace(made, updated_at=made.updated_at or last)
    return A_DRIFTED_SERVICE.but(
        revision=TWO, history=history(made, past(BASE_REVISION))
    ).with_service(
        document={"taskDefinition": TWO.arn, "deploymentConfiguration": configured or {}},
        deployments=(primary, before) if old else (primary,),
    )


def hook(status: str, *, expires: datetime | None = None) -> Hook:
    """Return a lifecycle hook as far as it has come."""
    return Hook("hook-1", status, "PAUSE", expires, "ROLLBACK")


def task(
    name: str = "a", *, of: int = 2, status: str = "RUNNING", at: float = 1, **shown: Any
) -> Task:
    """Return a task of a revision, that started or stopped so many minutes ago."""
    stopped = status == "STOPPED"
    stated = Task(
        arn=f"arn:task/{name}",
        task_definition=arn_of(of),
        last_status=status,
        desired_status="STOPPED" if stopped else "RUNNING",
        created_at=ago(at),
        started_at=ago(at) if status == "RUNNING" else None,
        stopped_at=ago(at) if stopped else None,
    )
    return replace(stated, **shown)


def broken(name: str, reason: str = MISSING_GROUP, *, at: float = 1, of: int = 2) -> Task:
    """Return a task that could not start, for what ECS says of its container."""
    containers = (StoppedContainer("web", reason),)
    code = "TaskFailedToStart"
    return task(name, of=of, status="STOPPED", at=at, stop_code=code, containers=containers)


def seen(*tasks: Task, complete: bool = True) -> Tasks:
    """Return tasks as they were read."""
    return Tasks(tasks, complete)


def phase_of(scene: Scene) -> Phase:
    """Return the phase of the scene's roll."""
    return phase(scene.candidate.observed, scene.policy.rollout, scene.now)


def kind_of(scene: Scene) -> str:
    """Return the phase in a word: its name, or the part that must be looked at."""
    current = phase_of(scene)
    return f"look at {current.part}" if isinstance(current, Look) else type(current).__name__


def deadline_of(scene: Scene) -> datetime:
    """Return until when a roll that goes on must show progress."""
    current = phase_of(scene)
    assert isinstance(current, Rolling)
    return current.deadline
