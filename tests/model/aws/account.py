"""An honest AWS in memory: one account in one Region, with one cluster, in virtual time.

It plays no protocol: the ports stand right before it. What it does is what the simulated AWS does
at the wire, of which each part here names the facts; that both give the same answers for the same
steps is what test_contract.py holds.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, Final

from controller.core.refs import ClusterRef, ServiceRef
from controller.errors import ConflictError, TerminalError
from tests.fleet.given import ACCOUNT, REGION, task_definition
from tests.model.aws import deployments, scheduler, task_definitions
from tests.model.aws.state import Json, LogGroup, Revision, Service

PREFIX: Final = f"arn:aws:ecs:{REGION}:{ACCOUNT}"
THEIRS: Final = f"arn:aws:sts::{ACCOUNT}:assumed-role/pipeline/release"
SCHEDULER_LOOKS: Final = 10.0
"""Seconds between two looks of ECS's scheduler at what is not settled."""


class Account:
    """What AWS holds, and what everybody may do to it; `now` tells its time.

    `failing` are asked about a document, as it is described, whether its tasks stop before they
    run; `broken` tells since when the host of a family is such. `inactive_unreadable`: an INACTIVE
    revision is described only while a service refers to it [fact 4.21].
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.families: dict[str, list[Revision]] = {}
        self.services: dict[str, Service] = {}
        self.log_groups: dict[str, LogGroup] = {}
        self.cluster = ClusterRef(ACCOUNT, REGION, "aws", "prod")
        self.cluster_tags: dict[str, str] = {}
        self.failing: list[Callable[[Json], bool]] = []
        self.broken: dict[str, datetime] = {}
        self.inactive_unreadable = False
        self._numbers = itertools.count(1)
        self._stirred = asyncio.Event()

    # ── what people and pipelines do, and the controller through its ports ───────────────────────

    def registers(
        self, document: Json, tags: Mapping[str, str] | None = None, *, by: str = THEIRS
    ) -> str:
        """Register a task definition, and return its ARN."""
        made = task_definitions.register(
            self.families, document, tags or {}, by=by, at=self.now(), prefix=PREFIX
        )
        return made.arn

    def creates(
        self,
        name: str,
        task: str | None = None,
        *,
        desired: int = 2,
        breaker: bool = False,
        **members: Any,
    ) -> ServiceRef:
        """Create a service, whose first deployment begins; by default it runs what drifts."""
        ref = ServiceRef(ACCOUNT, REGION, "aws", self.cluster.name, name)
        arn = task or self.registers(task_definition(name))
        usable = task_definitions.usable(self.families, arn)
        service = Service(ref.arn, usable.arn, desired, self.now(), breaker, **members)
        self.services[name] = service
        self._deploys(service, by=THEIRS)
        return ref

    def runs(self, name: str, task: str | None = None, **members: Any) -> ServiceRef:
        """Create a service and let its first deployment complete."""
        ref = self.creates(name, task, **members)
        self.ticks(6)
        return ref

    def updates(
        self,
        ref: ServiceRef,
        *,
        task: str | None = None,
        desired: int | None = None,
        force: bool = False,
        by: str = THEIRS,
    ) -> None:
        """Update a service: a deployment begins where the task definition changes, or by force.

        Members left out keep their value [fact 4.8]. A task definition is named by its ARN or by a
        bare family. UNVERIFIED, as in the simulated AWS: the same one again, unforced, starts none.
        """
        service = self.service(ref)
        arn = service.task_definition
        if task is not None:
            arn = task_definitions.usable(self.families, task).arn
        if desired is not None:
            service.desired = desired
        changed, service.task_definition = arn != service.task_definition, arn
        if changed or force:
            self._deploys(service, by=by)
        self._stirred.set()

    def stops(self, arn: str) -> None:
        """Let ECS take a service back from the service deployment with this ARN [fact 1.26]."""
        operation = "StopServiceDeployment"
        for service in self.services.values():
            for change in (one for one in service.history if one.arn == arn):
                if not deployments.stop(service, change, at=self.now(), name=self._name):
                    message = "The service deployment cannot be stopped."
                    raise ConflictError(operation, "ConflictException", message, where=arn)
                self._stirred.set()
                return
        code = "ServiceDeploymentNotFoundException"
        raise TerminalError(operation, code, "Service deployment not found.", where=arn)

    def releases(self, ref: ServiceRef, document: Json) -> str:
        """Register a task definition and deploy it, as a pipeline does; return its ARN."""
        arn = self.registers(document)
        self.updates(ref, task=arn)
        return arn

    def deletes(self, ref: ServiceRef) -> None:
        """Delete a service by force; nothing of it is described any more."""
        del self.services[ref.name]

    def deregisters(self, arn: str) -> None:
        """Make a revision INACTIVE."""
        task_definitions.deregister(self.families, arn, at=self.now())

    def makes_log_group(
        self, name: str, tags: Mapping[str, str] | None = None, **members: Any
    ) -> None:
        """Create a log group; one that is there already is refused [fact 6.6]."""
        if name in self.log_groups:
            code = "ResourceAlreadyExistsException"
            raise TerminalError("CreateLogGroup", code, "it already exists", where=name)
        made = int(self.now().timestamp() * 1000)
        document = {"logGroupName": name, "creationTime": made, "logGroupClass": "STANDARD"}
        self.log_groups[name] = LogGroup({**document, **members}, dict(tags or {}))

    # ── what ECS does ────────────────────────────────────────────────────────────────────────────

    def ticks(self, times: int = 1) -> None:
        """Let ECS's scheduler look at every service so many times."""
        for _ in range(times):
            for service in self.services.values():
                scheduler.look_at(service, self._fails, at=self.now(), name=self._name)

    async def lives(self) -> None:
        """Let ECS's scheduler work until cancelled: now and then, while anything is to be done."""
        while True:
            if all(one.is_settled for one in self.services.values()):
                self._stirred.clear()
                await self._stirred.wait()
            await asyncio.sleep(SCHEDULER_LOOKS)
            self.ticks()

    def _deploys(self, service: Service, *, by: str) -> None:
        deployments.start(service, by=by, at=self.now(), name=self._name)
        self._stirred.set()

    def _fails(self, arn: str) -> bool:
        document = self.revision(arn).document
        return any(fails(document) for fails in self.failing)

    def _name(self, kind: str) -> str:
        return f"{kind}/{next(self._numbers)}"

    # ── what is there ────────────────────────────────────────────────────────────────────────────

    def service(self, ref: ServiceRef) -> Service:
        """Return the service as it is, alive; one that is not there is refused [fact 4.10]."""
        if ref.name not in self.services:
            code = "ServiceNotFoundException"
            raise TerminalError("UpdateService", code, "Service not found.", where=ref.arn)
        return self.services[ref.name]

    def revision(self, arn: str) -> Revision:
        """Return a revision that was registered at some time."""
        found = task_definitions.find(self.families, arn)
        assert found is not None, arn
        return found

    def described(self, arn: str) -> Revision | None:
        """Return the revision, or None where it is not described any more [fact 4.21]."""
        found = task_definitions.find(self.families, arn)
        if found is None or found.is_active or not self.inactive_unreadable:
            return found
        return found if arn in self.in_use() else None

    def in_use(self) -> Collection[str]:
        """Return the ARNs of all revisions that services are set to, or run."""
        services = self.services.values()
        running = {one.task_definition for each in services for one in each.deployments}
        return running | {each.task_definition for each in services}
