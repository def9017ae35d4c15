"""Does the reason for which a task stopped name its logging?

The wording is ECS's, Docker's and the drivers', and no API [fact 5.14, UNVERIFIED]: a reason that
is not recognised names no cause, which costs patience and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from controller.core.service.tasks import Task

_PHRASES: Final = (
    "failed to initialize logging driver",
    "failed to validate logger args",
    "failed to create cloudwatch log group",
    "failed to create cloudwatch log stream",
    "logger: no log driver named",
    "unknown log opt",
    "missing output key name which is required for firelens",  # [fact 3.17]
    "unable to initialize firelens resource",  # [fact 3.2]
    "unable to generate firelens config",
)
_GROUP: Final = re.compile(r"log-group:([\w./#-]+)")
_QUOTED: Final = 300


@dataclass(frozen=True, slots=True)
class LoggingCause:
    """Why a task could not log. `phrase` is what was recognised, the same for the same cause.

    `container` and `log_group` are None where the reason names none. `quote` is the reason,
    redacted and cut.
    """

    phrase: str
    container: str | None
    log_group: str | None
    quote: str


def logging_cause(task: Task) -> LoggingCause | None:
    """Return the logging cause that the stopped *task* names, or None."""
    for container, reason in _reasons(task):
        lower = reason.lower()
        phrase = next((one for one in _PHRASES if one in lower), None)
        if phrase is not None:
            group = _GROUP.search(reason)
            named = None if group is None else group.group(1)
            return LoggingCause(phrase, container, named, _quote(reason))
    return None


def _reasons(task: Task) -> Iterator[tuple[str | None, str]]:
    """Yield what is said of single containers first: it says which one it was."""
    if not task.has_stopped:
        return
    for container in task.containers:
        if container.reason:
            yield container.name, container.reason
    if task.stopped_reason:
        yield None, task.stopped_reason


def _quote(reason: str) -> str:
    return reason if len(reason) <= _QUOTED else f"{reason[:_QUOTED]}…"
