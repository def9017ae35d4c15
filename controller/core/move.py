"""Moves: the closed list of what the controller may ever do to AWS, each with its members stated.

There is no move that restarts a service, scales it, or deletes a thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from controller.core.document.json import Document
from controller.core.reason import Health, Reason
from controller.core.refs import ClusterRef, LogGroupRef, ServiceRef


@dataclass(frozen=True, slots=True)
class Register:
    """Register `document`, a whole body without tags, as the next revision of its family."""

    ref: ServiceRef
    document: Document = field(repr=False)
    tags: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Roll:
    """Move the service to the corrected revision `task_definition`, an ARN.

    `over` is the id of the PRIMARY deployment over which it was decided: where another has taken
    its place, the move is not made.
    """

    ref: ServiceRef
    task_definition: str
    over: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Return:
    """Move the service back to the revision from which the failed one was made, an ARN.

    `over` as for Roll: only our own deployment is undone.
    """

    ref: ServiceRef
    task_definition: str
    over: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Stop:
    """Let ECS take the service back from our deployment, which goes on: `deployment`, an ARN.

    It names the deployment that we started, so it can never undo another's [fact 1.26]. `over` as
    for Roll.
    """

    ref: ServiceRef
    deployment: str
    over: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Deploy:
    """Let CodeDeploy move the service to the corrected revision `task_definition`, an ARN.

    `content` is the AppSpec by which the service was deployed before, with that ARN in the place of
    the one before it and nothing else changed; `sha256` is its hash. `over` is the id of the
    PRIMARY task set over which it was decided.
    """

    ref: ServiceRef
    task_definition: str
    application: str
    group: str
    content: str = field(repr=False)
    sha256: str
    over: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Redeploy:
    """Let CodeDeploy take the service back to the revision from which the failed one was made.

    `content` is the AppSpec that brought it, as it was. `over` as for Deploy: only our own
    deployment is undone.
    """

    ref: ServiceRef
    task_definition: str
    application: str
    group: str
    content: str = field(repr=False)
    sha256: str
    over: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class MarkFailed:
    """Tag the revision of ours that failed for this service: that is how it is remembered."""

    ref: ServiceRef
    task_definition: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class MarkProof:
    """Tag the revision of ours with whether it has proven itself for this service.

    A roll while the service wants no task proves nothing; the first tasks that run do.
    """

    ref: ServiceRef
    task_definition: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Deregister:
    """Deregister a revision of ours that nothing uses, so that no bare name leads to it."""

    ref: ServiceRef
    task_definition: str


@dataclass(frozen=True, slots=True)
class CreateLogGroup:
    """Create the log group, tagged as ours, with all that it can be given in that one call.

    `kms_key_id` is an ARN. What is None or False is left out of the call.
    """

    ref: LogGroupRef
    tags: Mapping[str, str]
    kms_key_id: str | None = None
    log_group_class: str | None = None
    deletion_protection: bool = False


@dataclass(frozen=True, slots=True)
class SetRetention:
    """Set the retention of the log group, in days."""

    ref: LogGroupRef
    days: int


@dataclass(frozen=True, slots=True)
class RememberPolicy:
    """Tag the cluster with the policy set that has come in force: its short digest.

    `governed` is how many services of the cluster it governs.
    """

    ref: ClusterRef
    digest: str
    governed: int


@dataclass(frozen=True, slots=True)
class RememberUnknownMember:
    """Tag the cluster with the revision, an ARN, that ECS did not keep as it was sent.

    While any cluster of the account and Region has the tag, nothing is registered there.
    """

    ref: ClusterRef
    revision: str


@dataclass(frozen=True, slots=True)
class RememberConflict:
    """Tag the cluster with the service whose correction was undone, last at `at`.

    `because` is the code of the reason that holds it from then on, until a person approves.
    """

    ref: ClusterRef
    service: ServiceRef
    at: datetime
    because: str


Move: TypeAlias = (
    Register
    | Roll
    | Return
    | Deploy
    | Redeploy
    | Stop
    | MarkFailed
    | MarkProof
    | Deregister
    | CreateLogGroup
    | SetRetention
    | RememberPolicy
    | RememberUnknownMember
    | RememberConflict
)


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do until `until`; without it, until a person, or the world, has changed things."""

    reason: Reason
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing to do. `reason` says why, where that is not plain compliance."""

    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """The decision needs to know `part` of what is; observe it and ask again."""

    part: str


Step: TypeAlias = Move | Wait | Done | Look


@dataclass(frozen=True, slots=True)
class Decision:
    """The next step of one target, and how the target is doing meanwhile.

    `why` explains a move that is not an ordinary step of a roll, such as a return.
    """

    step: Step
    health: Health = Health.HEALTHY
    why: Reason | None = None
