"""Repair: a service whose tasks cannot start for their logging, and a plan that changes just that.

Such a service is not at rest, and never will be by itself; rolling it is the way out. What cannot
be told is no repair.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from controller.core.document.json import Json, differ, members
from controller.core.service.candidate import Candidate
from controller.core.service.logging_cause import LoggingCause, logging_cause
from controller.core.service.task_definition import Container, TaskDefinition
from controller.core.service.tasks import Tasks

HARMLESS: Final = frozenset({"mode", "max-buffer-size"})
"""Options that never keep a driver from starting: to change them mends nothing."""

ASKED: Final = frozenset({"ServiceSchedulerInitiated", "UserInitiated"})  # [fact 5.13]


def is_repair(candidate: Candidate, tasks: Tasks) -> bool:
    """Tell whether the edits change the logging of each container that kept tasks from starting.

    Only tasks of the revision that runs now count, and only those that stopped of themselves: each
    must name a logging cause, and at least one must have stopped.
    """
    running = tasks.of(candidate.observed.revision.arn)
    stopped = [one for one in running if one.has_stopped and one.stop_code not in ASKED]
    causes = [logging_cause(one) for one in stopped]
    if not causes or not tasks.complete:
        return False
    return all(cause is not None and _is_removed(cause, candidate) for cause in causes)


def _is_removed(cause: LoggingCause, candidate: Candidate) -> bool:
    suspects = set(_suspects(cause, candidate))
    return bool(suspects) and suspects <= set(_mended(candidate))


def _suspects(cause: LoggingCause, candidate: Candidate) -> Iterator[str]:
    """Yield the containers that may have been meant: the one that is named, or all that log so.

    Where a log group is named, that is whoever logs to it; where nothing is, whoever logs.
    """
    for container in TaskDefinition(candidate.observed.revision.document).containers:
        if cause.container is not None:
            fits = container.name == cause.container
        elif cause.log_group is not None:
            fits = container.option("awslogs-group") == cause.log_group
        else:
            fits = "logConfiguration" in container.document
        if fits:
            yield container.name


def _mended(candidate: Candidate) -> Iterator[str]:
    """Yield the containers whose driver, or its options, would be others."""
    now = TaskDefinition(candidate.observed.revision.document).containers
    then = {one.name: one for one in TaskDefinition(candidate.body).containers}
    for container in now:
        if differ(_of_driver(container), _of_driver(then[container.name])):
            yield container.name


def _of_driver(container: Container) -> Json:
    """Return what of the container's logging may keep its driver from starting."""
    written = members(container.document.get("logConfiguration"))
    options = {key: one for key, one in container.options.items() if key not in HARMLESS}
    return {**written, "options": options}
