"""Deployments of a service: those that run now, and the history that ECS keeps of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from controller.core.service.revision import Revision

# [fact 1.25]
IN_PROGRESS = frozenset(
    {"PENDING", "IN_PROGRESS", "STOP_REQUESTED", "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS"}
)
ROLLED_BACK = frozenset({"ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED"})


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


@dataclass(frozen=True, slots=True)
class PastDeployment:
    """One service deployment of the history, with the revisions that it led from and to.

    `task_definition` and `came_from` are ARNs; None where the service revision that holds them
    can no longer be read, or, for `came_from`, where there was none. `revision` is what
    `task_definition` names, where the deployment failed or is among the newest, and
    the revision can still be read.
    """

    arn: str
    status: str
    task_definition: str | None
    came_from: str | None
    created_at: datetime
    finished_at: datetime | None
    failed: bool = False
    revision: Revision | None = None


@dataclass(frozen=True, slots=True)
class History:
    """The service deployments of a service, newest first. `complete` False: the read was cut."""

    deployments: tuple[PastDeployment, ...]
    complete: bool


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
