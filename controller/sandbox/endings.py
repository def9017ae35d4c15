"""Why a task stops, in the words of AWS where they are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Ending:
    """What DescribeTasks shows of a stopped task: of the task, and of its first container."""

    stop_code: str
    stopped_reason: str
    container_reason: str | None = None
    exit_code: int | None = None


def failed_to_start(reason: str) -> Ending:
    """A task that never ran [facts 5.13, 5.14].

    What stopped a container stands with the container, and the task says no more than that it
    failed to start [recorded answer: CannotPullContainerError]; what stopped the task before it
    had containers stands with the task.
    """
    if reason.startswith("Cannot"):
        return Ending("TaskFailedToStart", "Task failed to start", container_reason=reason)
    return Ending("TaskFailedToStart", reason)


# [fact 5.14], wordings UNVERIFIED but for the names of the errors.
LOGGER_ARGS: Final = (
    "ResourceInitializationError: failed to validate logger args: create stream has been retried "
    "1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: "
    "The specified log group does not exist. : exit status 1"
)
NO_LOG_DRIVER: Final = (
    "CannotStartContainerError: Error response from daemon: failed to initialize logging driver: "
    "failed to create Cloudwatch log stream: AccessDeniedException"
)
NO_IMAGE: Final = (  # [recorded answer, shortened]
    "CannotPullContainerError: API error (500): Get https://registry-1.docker.io/v2/: "
    "net/http: request canceled while waiting for connection"
)
# Somebody's process ended: what takes a running task away without the scheduler.
DIED: Final = Ending("EssentialContainerExited", "Essential container in task exited", exit_code=1)


def drained(deployment: str) -> Ending:
    """The scheduler has no use for it any more [DG stopped-task-errors; UNVERIFIED]."""
    return Ending(
        "ServiceSchedulerInitiated", f"Scaling activity initiated by (deployment {deployment})"
    )
