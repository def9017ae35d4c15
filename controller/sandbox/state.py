"""What one account holds in one Region: the sandbox's whole memory of ECS, as plain records."""

from __future__ import annotations

import base64
import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from controller.sandbox.partition import partition_of
from controller.sandbox.wire import Json

# ECS numbers deployments with 19 digits: `ecs-svc/2250466774619741758` in a recorded answer.
_FIRST_NUMBER = 2_250_466_774_619_000_001


@dataclass(slots=True)
class ServiceRevision:
    """What a deployment rolls out: a task definition and how its tasks run."""

    arn: str
    task_definition: str
    launch: Json
    created: float


@dataclass(slots=True)
class ServiceDeployment:
    """One change of a service from its start to its end, a rollback included [fact 1.25]."""

    arn: str
    target: ServiceRevision
    sources: list[Json]
    configuration: Json
    created: float
    updated: float
    status: str = "PENDING"
    reason: str | None = None
    started: float | None = None
    finished: float | None = None
    stopped: float | None = None
    rollback: Json | None = None
    failures: int = 0
    threshold: int = 0
    breaker: str = "DISABLED"


@dataclass(slots=True)
class Deployment:
    """A member of ``deployments[]``: tasks of one service revision; the first is PRIMARY."""

    number: int
    revision: ServiceRevision
    part_of: ServiceDeployment
    created: float
    updated: float
    reason: str
    status: str = "PRIMARY"
    rollout: str = "IN_PROGRESS"
    desired: int = 0
    pending: int = 0
    running: int = 0
    failed: int = 0

    @property
    def id(self) -> str:
        """``ecs-svc/<number>``."""
        return f"ecs-svc/{self.number}"


@dataclass(slots=True)
class Service:
    """A service: ``settings`` are the members of its answer that are kept as they were given."""

    name: str
    arn: str
    cluster: str
    created: float
    settings: Json
    desired: int
    status: str = "ACTIVE"
    task_definition: str | None = None
    deployments: list[Deployment] = field(default_factory=list)
    history: list[ServiceDeployment] = field(default_factory=list)
    revisions: list[ServiceRevision] = field(default_factory=list)
    completed: ServiceRevision | None = None
    task_sets: list[Json] = field(default_factory=list)
    events: list[Json] = field(default_factory=list)

    @property
    def running(self) -> int:
        """Tasks that run, of whatever deployment or task set."""
        tasks = sum(deployment.running for deployment in self.deployments)
        return tasks + sum(int(task_set["runningCount"]) for task_set in self.task_sets)

    @property
    def pending(self) -> int:
        """Tasks that were started and do not run yet."""
        return sum(deployment.pending for deployment in self.deployments)

    @property
    def controller(self) -> str:
        """ECS where nothing was said [fact 4.13]."""
        kind = self.settings.get("deploymentController", {}).get("type", "ECS")
        return str(kind)


@dataclass(slots=True)
class TaskDefinition:
    """One revision: the raw document as DescribeTaskDefinition answers it, and its tags."""

    document: Json
    arn: str
    status: str = "ACTIVE"


@dataclass(slots=True)
class Region:
    """An account in a Region; ``log_groups`` holds what moto's log groups forget, by name."""

    account: str
    name: str
    clusters: dict[str, Json] = field(default_factory=dict)
    capacity_providers: dict[str, Json] = field(default_factory=dict)
    families: dict[str, list[TaskDefinition]] = field(default_factory=dict)
    services: dict[tuple[str, str], Service] = field(default_factory=dict)
    instances: dict[str, list[Json]] = field(default_factory=dict)
    account_settings: dict[str, str] = field(default_factory=dict)
    tags: dict[str, list[Json]] = field(default_factory=dict)
    log_groups: dict[str, Json] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(_FIRST_NUMBER))

    def arn(self, rest: str, *, service: str = "ecs") -> str:
        """The ARN of something of this account and Region."""
        return f"arn:{partition_of(self.name)}:{service}:{self.name}:{self.account}:{rest}"

    def opaque(self) -> str:
        """An id such as service deployments have: 21 characters that mean nothing."""
        digest = hashlib.sha256(str(next(self.numbers)).encode()).digest()
        return base64.urlsafe_b64encode(digest).decode()[:21]
