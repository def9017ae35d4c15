"""Deployments of a service: those that run now, and the history that ECS keeps of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from controller.core.service.revision import Revision

# [fact 1.25]
IN_PROGRESS = frozenset(
    {"PENDING", "IN_PROGRESS", "STOP_REQUESTED", "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS"}
)
STOPPABLE = frozenset({"PENDING", "IN_PROGRESS"})
ROLLED_BACK = frozenset({"ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED"})
SPAN: Final = timedelta(days=14)
"""The time within which it is counted how often a service was corrected."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """One member of `deployments` of a described service. `task_definition` is an ARN."""

    id: str
    status: str
    task_definition: str
    desired: int
    running: int
    pending: int
    failed: int
    rollout_state: str | None
    created_at: datetime
    updated_at: datetime

    @property
    def is_primary(self) -> bool:
        """Tell whether it is the one that the service is moving to, or has moved to."""
        return self.status == "PRIMARY"

    @property
    def all_run(self) -> bool:
        """Tell whether as many of its tasks run as are wanted."""
        return self.running >= self.desired


@dataclass(frozen=True, slots=True)
class Hook:
    """A lifecycle hook of a service deployment, as far as it has come [fact 1.24].

    `target` is AWS_LAMBDA or PAUSE; `status` AWAITING_ACTION means that it waits for a person. At
    `expires_at` ECS takes `action` (CONTINUE or ROLLBACK).
    """

    id: str
    status: str
    target: str = "AWS_LAMBDA"
    expires_at: datetime | None = None
    action: str | None = None

    @property
    def awaits_a_person(self) -> bool:
        """Tell whether somebody must say that the deployment goes on."""
        return self.status == "AWAITING_ACTION"


@dataclass(frozen=True, slots=True)
class PastDeployment:
    """One service deployment of the history, with the revisions that it led from and to.

    `task_definition` and `came_from` are ARNs; None where the service revision that holds them can
    no longer be read, or, for `came_from`, where there was none. `revision` is what
    `task_definition` names, where the deployment failed, was gone back from or is of the 14 days
    before the newest, and the revision can still be read. `stage` is the lifecycle stage, `reason`
    what ECS says of the status, `alarms` and `breaker` how its monitors stand, and `triggered` the
    names of the alarms that went off; `failures` is how many the circuit breaker has counted [fact
    1.25].
    """

    arn: str
    status: str
    task_definition: str | None
    came_from: str | None
    created_at: datetime
    finished_at: datetime | None
    failed: bool = False
    revision: Revision | None = None
    updated_at: datetime | None = None
    strategy: str | None = None
    stage: str | None = None
    hooks: tuple[Hook, ...] = ()
    reason: str | None = None
    alarms: str | None = None
    triggered: tuple[str, ...] = ()
    breaker: str | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """The service deployments of a service, newest first. `complete` False: the read was cut.

    `revisions_since`: so many were made in the last 14 days that of those before this moment only
    the failed ones, and those that were gone back from, have their `revision`; else None.
    """

    deployments: tuple[PastDeployment, ...]
    complete: bool
    revisions_since: datetime | None = None


def has_failed(deployments: tuple[PastDeployment, ...], index: int) -> bool:
    """Tell whether the deployment at *index*, of a history with the newest first, has failed.

    A rolled back one has. One that was stopped has if the next one went back to where it had
    come from; if the next one went elsewhere, a release has merely overtaken it.
    """
    past = deployments[index]
    if past.status in ROLLED_BACK:
        return True
    if past.status != "STOPPED" or index == 0:
        return False
    return past.came_from is not None and deployments[index - 1].task_definition == past.came_from


def went_back(deployments: tuple[PastDeployment, ...], index: int) -> bool:
    """Tell whether the next deployment led from that at *index* to where it had come from."""
    past = deployments[index]
    if index == 0 or past.came_from in {None, past.task_definition}:
        return False
    return deployments[index - 1].task_definition == past.came_from
