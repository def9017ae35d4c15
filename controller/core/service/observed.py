"""What was seen of one service: everything from which its next move follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeAlias

from controller.core.document.json import Document, Json, items, members, text
from controller.core.reason import Reason
from controller.core.refs import LogGroupRef, ServiceRef
from controller.core.service.code_deploy.group import DeploymentGroup
from controller.core.service.consumers import Consumer
from controller.core.service.deployment import Deployment, History
from controller.core.service.revision import Identity, Revision
from controller.core.service.tasks import Tasks
from controller.core.state.impact import States
from controller.core.state.kill_switch import Seen


@dataclass(frozen=True, slots=True)
class Unread:
    """A part that was asked for and could not be read. It is not the same as an empty one."""

    reason: Reason


class NotAsked:
    """The type of `NOT_ASKED`: a part that no decision has needed so far."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NOT_ASKED"


NOT_ASKED: Final = NotAsked()


@dataclass(frozen=True, slots=True)
class Family:
    """The newest revisions of a family, newest first.

    `reaches` is the lowest number down to which every ACTIVE revision of the family is here.
    """

    revisions: tuple[Revision, ...]
    reaches: int


HistoryRead: TypeAlias = History | Unread | NotAsked
FamilyRead: TypeAlias = Family | Unread | NotAsked
BaseRead: TypeAlias = Revision | Unread | NotAsked
CapacityRead: TypeAlias = Mapping[str, str] | Unread | NotAsked
GroupsRead: TypeAlias = Mapping[LogGroupRef, bool] | Unread | NotAsked
Consumers: TypeAlias = Mapping[LogGroupRef, frozenset[Consumer]]
ConsumersRead: TypeAlias = Consumers | Unread | NotAsked
StateRead: TypeAlias = States | NotAsked
TasksRead: TypeAlias = Tasks | Unread | NotAsked
AlarmsRead: TypeAlias = Mapping[str, str] | Unread | NotAsked
KillSwitchRead: TypeAlias = Seen | NotAsked
CodeDeployRead: TypeAlias = DeploymentGroup | Unread | NotAsked


@dataclass(frozen=True, slots=True)
class Service:
    """The service as DescribeServices shows it, with the members that decisions use.

    `tags` are None where they could not be read, which is not the same as having none.
    """

    document: Document = field(repr=False)
    status: str
    desired: int
    running: int
    controller: str
    is_daemon: bool
    on_fargate: bool
    is_express: bool
    minimum_healthy_percent: int
    tags: Mapping[str, str] | None = field(repr=False)
    deployments: tuple[Deployment, ...]
    maximum_percent: int = 200
    created_at: datetime | None = None

    @property
    def scheduling_strategy(self) -> str | None:
        """REPLICA or DAEMON [fact 4.14], or None where AWS does not say."""
        return text(self.document.get("schedulingStrategy"))

    @property
    def can_go_first(self) -> bool:
        """Tell whether a roll of it shows others something: a REPLICA service that wants tasks."""
        return not self.is_daemon and self.desired >= 1

    @property
    def primary(self) -> Deployment | None:
        """The PRIMARY deployment; services of other controllers have none."""
        return next((one for one in self.deployments if one.is_primary), None)

    @property
    def task_definition(self) -> str | None:
        """The ARN of the revision that the service is set to.

        Where deployments are made by CODE_DEPLOY or EXTERNAL, the PRIMARY task set names it
        [fact 4.13].
        """
        sets = [members(one) for one in items(self.document.get("taskSets"))]
        primary = (one for one in sets if one.get("status") == "PRIMARY")
        named = text(next(primary, {}).get("taskDefinition"))
        return text(self.document.get("taskDefinition")) if named is None else named

    @property
    def is_by_code_deploy(self) -> bool:
        """Tell whether CodeDeploy makes its deployments; its task sets stand for them."""
        return self.controller == "CODE_DEPLOY"

    @property
    def uses(self) -> frozenset[str]:
        """The ARNs of all task definitions that the service's deployments and task sets run."""
        sets = (members(one) for one in items(self.document.get("taskSets")))
        named = (text(one.get("taskDefinition")) for one in (self.document, *sets))
        running = (one.task_definition for one in self.deployments)
        return frozenset(arn for arn in (*named, *running) if arn is not None)


@dataclass(frozen=True, slots=True)
class Observed:
    """One service as seen by one observation; the parts below `default_mode` on demand only.

    `revision` is the one that the service is set to. `base` is the one that `revision` corrects,
    where `revision` is ours. `capacity` tells, by name, the launch types of the capacity providers
    on which tasks may be placed, save those of which nothing is known. `groups` tells which of the
    log groups that the corrected revision needs exist. `consumers` tells what reads along the log
    groups that containers would leave and, where it is anything, what reads those that they would
    go to. `state` is what the clusters of all services remember. `tasks` are the service's own,
    `alarms` the states of the alarms that its deployments heed, by name, without those that are not
    there.
    `code_deploy` is the deployment group of a service that CodeDeploy deploys, from which its
    `history` comes as well. `kill_switch` is what that switch said, and when.
    """

    ref: ServiceRef
    service: Service
    revision: Revision
    identity: Identity
    default_mode: Json
    history: HistoryRead = NOT_ASKED
    family: FamilyRead = NOT_ASKED
    base: BaseRead = NOT_ASKED
    capacity: CapacityRead = NOT_ASKED
    groups: GroupsRead = NOT_ASKED
    consumers: ConsumersRead = NOT_ASKED
    state: StateRead = NOT_ASKED
    tasks: TasksRead = NOT_ASKED
    alarms: AlarmsRead = NOT_ASKED
    code_deploy: CodeDeployRead = NOT_ASKED
    kill_switch: KillSwitchRead = NOT_ASKED

    @property
    def origins(self) -> frozenset[str]:
        """The ARN of the revision that the service is set to, and of the one that it is a copy of.

        An equal copy that we made of an INACTIVE revision stands for that revision.
        """
        revision = self.revision
        copied = revision.copy_of if revision.is_ours(self.identity) else None
        return frozenset(one for one in (revision.arn, copied) if one is not None)
