"""How the simulated AWS is told to misbehave: what fails to start, what is lost on its way in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from controller.sandbox.endings import Ending
from controller.sandbox.wire import Json

Predicate = Callable[[Json], bool]
LambdaHooks = Literal["SUCCEEDED", "FAILED", "IN_PROGRESS"]


@dataclass(slots=True)
class Behaviour:
    """Switches of a sandbox; predicates look at a task definition as it is described.

    ``drops``: member names that RegisterTaskDefinition silently loses, at whatever depth: what an
    API older than the document would do. ``inactive_unreadable``: an INACTIVE revision is
    described only while a service refers to it [fact 4.21]; off, it always is. ``lambda_hooks``:
    what functions that lifecycle hooks call come to; IN_PROGRESS ones never answer.
    """

    failing: list[tuple[Predicate, Ending]] = field(default_factory=list)
    stalling: list[Predicate] = field(default_factory=list)
    drops: set[str] = field(default_factory=set)
    inactive_unreadable: bool = False
    lambda_hooks: LambdaHooks = "SUCCEEDED"

    def failure(self, document: Json) -> Ending | None:
        """Why tasks of this revision stop before they run, or None: they do run."""
        return next((ending for predicate, ending in self.failing if predicate(document)), None)

    def stalls(self, document: Json) -> bool:
        """Whether tasks of this revision stay pending for ever."""
        return any(predicate(document) for predicate in self.stalling)
