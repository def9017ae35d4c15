"""What CodeDeploy holds of one account in one Region, as plain records."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from controller.sandbox.wire import Json

ENDED = frozenset({"Succeeded", "Failed", "Stopped"})


@dataclass(slots=True)
class Deployment:
    """One deployment; ``revision`` is kept as it was sent. Task sets are named by their ids.

    ``looks`` is how often the scheduler saw its new tasks fail; ``shifted`` when traffic moved.
    """

    id: str
    application: str
    group: str
    revision: Json
    creator: str
    created: float
    description: str | None = None
    status: str = "Created"
    blue: str | None = None
    green: str | None = None
    looks: int = 0
    ready: float | None = None
    shifted: float | None = None
    completed: float | None = None
    error: Json | None = None
    rolls_back: str | None = None
    rolled_back_by: str | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self.status in ENDED


@dataclass(slots=True)
class CodeDeploy:
    """Applications with their groups as they were configured; deployments, oldest first."""

    applications: dict[str, dict[str, Json]] = field(default_factory=dict)
    deployments: list[Deployment] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def new_id(self) -> str:
        """``d-`` and nine characters, as in AWS's user guide: ``d-A1B2C3111``."""
        digest = hashlib.sha256(f"deployment {next(self.numbers)}".encode()).hexdigest()
        return f"d-{digest[:9].upper()}"

    def of(self, application: str, group: str) -> list[Deployment]:
        """The deployments of a group, oldest first."""
        return [
            one for one in self.deployments if (one.application, one.group) == (application, group)
        ]
