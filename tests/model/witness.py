"""What every process did to AWS, and how AWS stood in that moment: the evidence for the laws.

Nothing here knows how the controller decides. Who began a deployment AWS does not tell, but here it
is known; so is when a process last looked at a service.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from controller.core.refs import ServiceRef
from tests.fleet.given import ACCOUNT
from tests.model.aws.account import Account
from tests.model.aws.state import Change, Deployment, Json, Revision, Service

ROLE: Final = f"arn:aws:sts::{ACCOUNT}:assumed-role/ecs-logging"
"""The role of every controller; the name of its session is that of the process."""

NAMED: Final = "ecs-logging/"


def is_of_a_controller(revision: Revision) -> bool:
    """Tell whether a controller registered it: for that AWS vouches."""
    return str(revision.document["registeredBy"]).startswith(ROLE)


@dataclass(frozen=True, slots=True)
class Setting:
    """A service was set to another revision by a process: a roll, or a return.

    `seen` is when the process had last looked at the service, `over` its PRIMARY deployment in the
    moment before, of which `state` was the rolloutState, among `deployments` of them. `flying` are
    the other services that were being rolled or watched then.
    """

    at: datetime
    process: str
    service: Service
    to: Revision
    seen: datetime | None
    over: Deployment
    state: str
    deployments: int
    desired: int
    target_was_active: bool
    service_tags: Json
    flying: tuple[str, ...]
    existing: int

    @property
    def is_roll(self) -> bool:
        """Tell whether it went to a corrected revision, not back from one."""
        return is_of_a_controller(self.to)

    @property
    def was_known(self) -> bool:
        """Tell whether the process could see the deployment over which it went."""
        return self.seen is not None and self.over.created <= self.seen


@dataclass(frozen=True, slots=True)
class Stopping:
    """A service deployment was stopped by a process, so that ECS takes its service back.

    `change` is that deployment.
    """

    at: datetime
    process: str
    service: Service
    change: Change


@dataclass(frozen=True, slots=True)
class Write:
    """Any other write of a process."""

    at: datetime
    process: str
    operation: str
    where: str


@dataclass(slots=True)
class Ledger:
    """All that processes have written, oldest first; `bake` is for how long a roll is watched,
    `ahead` how far the clock of a controller was ahead of AWS's at most: so much sooner it may take
    a roll for proven.
    """

    account: Account
    bake: timedelta
    ahead: timedelta = timedelta(0)
    settings: list[Setting] = field(default_factory=list)
    stoppings: list[Stopping] = field(default_factory=list)
    registrations: list[Revision] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)

    def flying(self, besides: str) -> tuple[str, ...]:
        """Return the ARNs of services that run what a controller rolled them to, not yet proven."""
        now = self.account.now()
        return tuple(
            one.arn
            for one in self.account.services.values()
            if one.arn != besides and self._flies(one.primary, now)
        )

    def _flies(self, primary: Deployment, now: datetime) -> bool:
        if not primary.by.startswith(ROLE):
            return False
        if not is_of_a_controller(self.account.revision(primary.task_definition)):
            return False
        ended = primary.part_of.finished
        return primary.rollout == "IN_PROGRESS" or (
            primary.rollout == "COMPLETED"
            and ended is not None
            and now + self.ahead < ended + self.bake
        )


@dataclass(slots=True)
class Witness:
    """Sees what one process does, and writes it down in the ledger of all."""

    ledger: Ledger
    process: str
    _looks: dict[ServiceRef, datetime] = field(default_factory=dict)

    def looked(self, ref: ServiceRef) -> None:
        """Take note that the process sees the service as it is in this moment."""
        self._looks[ref] = self.ledger.account.now()

    def is_about_to_set(self, ref: ServiceRef, arn: str) -> Setting:
        """Return how things stand in the moment before a service is set to a revision."""
        account = self.ledger.account
        service, to = account.service(ref), account.revision(arn)
        return Setting(
            at=account.now(),
            process=self.process,
            service=service,
            to=to,
            seen=self._looks.get(ref),
            over=service.primary,
            state=service.primary.rollout,
            deployments=len(service.deployments),
            desired=service.desired,
            target_was_active=to.is_active,
            service_tags=dict(service.tags),
            flying=self.ledger.flying(besides=ref.arn),
            existing=len(account.services),
        )

    def has_set(self, setting: Setting) -> None:
        """Write down that AWS has done it."""
        self.ledger.settings.append(setting)

    def is_about_to_stop(self, arn: str) -> Stopping | None:
        """Return which service deployment is stopped, if there is such a one."""
        account = self.ledger.account
        for service in account.services.values():
            for change in service.history:
                if change.arn == arn:
                    return Stopping(account.now(), self.process, service, change)
        return None

    def has_stopped(self, stopping: Stopping | None) -> None:
        """Write down that AWS has stopped it."""
        if stopping is not None:
            self.ledger.stoppings.append(stopping)

    def registered(self, revision: Revision) -> None:
        """Write down that a revision was registered."""
        self.ledger.registrations.append(revision)
        self.wrote("RegisterTaskDefinition", revision.arn)

    def wrote(self, operation: str, where: str) -> None:
        """Write down that something was written."""
        at = self.ledger.account.now()
        self.ledger.writes.append(Write(at, self.process, operation, where))
