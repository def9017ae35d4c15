"""What the in-memory AWS holds: plain records of one account in one Region, as AWS would hold them.

Of these only `account.py` and its neighbours change anything; the ports read them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

Json = dict[str, Any]

ECS: Final = "ECS"
"""Who deploys where ECS does it of its own accord: a rollback of the circuit breaker."""


@dataclass(slots=True)
class Revision:
    """One revision of a task definition as it is described, and its tags beside it [fact 4.2]."""

    arn: str
    document: Json
    tags: dict[str, str]

    @property
    def number(self) -> int:
        """The number within the family."""
        return int(self.document["revision"])

    @property
    def is_active(self) -> bool:
        """Tell whether a service may be set to it [fact 4.21]."""
        return bool(self.document["status"] == "ACTIVE")


@dataclass(slots=True, eq=False)
class Change:
    """One service deployment, from its start to its end, a rollback included [fact 1.25].

    It stands for the service revision that it brings, too. `sources` are the changes whose service
    revisions ran when it began. `by` is who began it; AWS does not tell that.
    """

    arn: str
    task_definition: str
    by: str
    sources: tuple[Change, ...]
    created: datetime
    threshold: int
    status: str = "PENDING"
    finished: datetime | None = None
    updated: datetime | None = None
    failures: int = 0
    gave_up: bool = False


@dataclass(slots=True, eq=False)
class Deployment:
    """A member of `deployments`: tasks that run what one change `brought`; the first is PRIMARY.

    `by` is who began it, `part_of` the change that it belongs to: a rollback brings what an older
    change had brought, and is part of the one that it undoes. `began` tells when each of its tasks
    that run began to, `ended` when each of those ended that failed.
    """

    id: str
    brought: Change
    part_of: Change
    by: str
    created: datetime
    updated: datetime
    status: str = "PRIMARY"
    rollout: str = "IN_PROGRESS"
    desired: int = 0
    pending: int = 0
    running: int = 0
    failed: int = 0
    began: list[datetime] = field(default_factory=list)
    ended: list[datetime] = field(default_factory=list)

    @property
    def task_definition(self) -> str:
        """The ARN of the revision that its tasks run."""
        return self.brought.task_definition


@dataclass(slots=True, eq=False)
class Service:
    """A service of the rolling kind, with its deployments and their history, newest first.

    `breaker`: the circuit breaker is on and rolls back. `completed` is the change that last came to
    its end well: what a rollback returns to [fact 4.17].
    """

    arn: str
    task_definition: str
    desired: int
    created: datetime
    breaker: bool
    minimum_healthy: int = 100
    maximum: int = 200
    tags: dict[str, str] = field(default_factory=dict)
    deployments: list[Deployment] = field(default_factory=list)
    history: list[Change] = field(default_factory=list)
    completed: Change | None = None

    @property
    def primary(self) -> Deployment:
        """The deployment that the service moves to, or has moved to."""
        return self.deployments[0]

    @property
    def running(self) -> int:
        """Tasks that run, of whatever deployment."""
        return sum(one.running for one in self.deployments)

    @property
    def pending(self) -> int:
        """Tasks that were started and do not run yet."""
        return sum(one.pending for one in self.deployments)

    @property
    def is_settled(self) -> bool:
        """Tell whether ECS has nothing to do for it: one deployment, ended, with all its tasks."""
        whole = self.primary.running == self.desired and not self.pending
        return len(self.deployments) == 1 and self.primary.rollout != "IN_PROGRESS" and whole


@dataclass(slots=True)
class LogGroup:
    """A log group as it is described, and its tags beside it [fact 6.8]."""

    document: Json
    tags: dict[str, str]
