"""What one account holds in one Region: the sandbox's whole memory of ECS, as plain records."""

from __future__ import annotations

import base64
import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from controller.sandbox.code_deploy_state import CodeDeploy
from controller.sandbox.endings import Ending
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


@dataclass(frozen=True, slots=True)
class Step:
    """A lifecycle stage to pass: the traffic that it gives to the target, and how long it bakes."""

    stage: str
    weight: float | None = None
    test_weight: float | None = None
    seconds: float = 0.0


@dataclass(slots=True)
class Shift:
    """How far a deployment that shifts traffic has come; weights are percent of the target."""

    steps: tuple[Step, ...]
    at: int = 0
    since: float | None = None
    scaled_up: bool = False
    weight: float = 0.0
    test_weight: float = 0.0

    @property
    def step(self) -> Step:
        """The stage that it is in, or will be in next."""
        return self.steps[self.at]


@dataclass(slots=True)
class Hook:
    """One run of a lifecycle hook [fact 1.24]."""

    id: str
    target_type: str
    target_arn: str | None
    expires: float
    timeout_action: str
    status: str


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
    alarms: str = "DISABLED"
    triggered: list[str] = field(default_factory=list)
    baked_at: float | None = None
    stage: str | None = None
    shift: Shift | None = None
    hooks: list[Hook] = field(default_factory=list)

    def close_hooks(self) -> None:
        """Nobody waits for a hook any more; UNVERIFIED: that those without answer have FAILED."""
        for hook in self.hooks:
            if hook.status in {"AWAITING_ACTION", "IN_PROGRESS"}:
                hook.status = "FAILED"

    @property
    def ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self.finished is not None


@dataclass(slots=True)
class Deployment:
    """A member of ``deployments[]``: tasks of one service revision; the first is PRIMARY.

    Once a task of it ``has_run``, failed ones are not counted any more [MODEL
    Deployment.failedTasks].
    """

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
    has_run: bool = False

    @property
    def id(self) -> str:
        """``ecs-svc/<number>``."""
        return f"ecs-svc/{self.number}"


@dataclass(slots=True)
class Task:
    """A task of a service; ``group`` is the id of the deployment or task set that wants it."""

    arn: str
    group: str
    task_definition: str
    launch: Json
    created: float
    started: float | None = None
    stopped: float | None = None
    ending: Ending | None = None
    protected_until: float | None = None

    def is_protected(self, now: float) -> bool:
        """Whether neither deployments nor scaling in may stop it now."""
        return self.protected_until is not None and now < self.protected_until


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
    tasks: list[Task] = field(default_factory=list)

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
    code_deploy: CodeDeploy = field(default_factory=CodeDeploy)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(_FIRST_NUMBER))

    def arn(self, rest: str, *, service: str = "ecs") -> str:
        """The ARN of something of this account and Region."""
        return f"arn:{partition_of(self.name)}:{service}:{self.name}:{self.account}:{rest}"

    def opaque(self) -> str:
        """An id such as service deployments have: 21 characters that mean nothing."""
        digest = hashlib.sha256(str(next(self.numbers)).encode()).digest()
        return base64.urlsafe_b64encode(digest).decode()[:21]
