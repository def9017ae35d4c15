"""A deployment group of CodeDeploy and its deployments, as far back as they are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from controller.core.reason import Reason
from controller.core.service.code_deploy.app_spec import AppSpec, Unusable

SUCCEEDED: Final = "Succeeded"
READY: Final = "Ready"
NOT_ALLOWED: Final = Reason(
    "UnsupportedController",
    "its deployments are made by CodeDeploy",
    "Set allow.codeDeploy, or take the patch that `ecs-logging plan` shows to whatever deploys the "
    "service.",
)
ENDED: Final = frozenset({SUCCEEDED, "Failed", "Stopped"})  # [botocore DeploymentStatus]
ROLLBACK: Final = "codeDeployRollback"  # [botocore DeploymentCreator]


@dataclass(frozen=True, slots=True)
class CodeDeployment:
    """One deployment of the group. `creator` is who made it, `error` why it failed or stopped.

    `rolls_back`: if it fails or is stopped, CodeDeploy may deploy once more what ran before it.
    """

    id: str
    status: str
    app_spec: AppSpec | Unusable
    created_at: datetime
    finished_at: datetime | None = None
    creator: str | None = None
    error: str | None = None
    rolls_back: bool = False

    @property
    def is_running(self) -> bool:
        """Tell whether it has not ended; a status that nobody knows yet counts as running."""
        return self.status not in ENDED

    @property
    def has_failed(self) -> bool:
        """Tell whether it ended otherwise than well."""
        return self.status in ENDED - {SUCCEEDED}

    @property
    def task_definition(self) -> str | None:
        """The ARN of the revision that it brings; None where its AppSpec cannot be read."""
        return self.app_spec.task_definition if isinstance(self.app_spec, AppSpec) else None


@dataclass(frozen=True, slots=True)
class DeploymentGroup:
    """The one deployment group of a service, and its deployments, newest first.

    `complete` False: the read of them was cut. `alarms` are the names of those that end a
    deployment, `sounding` those of them that are in ALARM, or why nobody can tell.
    """

    application: str
    name: str
    deployments: tuple[CodeDeployment, ...]
    complete: bool
    alarms: tuple[str, ...] = ()
    sounding: tuple[str, ...] | Reason = ()

    @property
    def newest(self) -> CodeDeployment | None:
        """The deployment that was made last."""
        return next(iter(self.deployments), None)

    @property
    def running(self) -> CodeDeployment | None:
        """A deployment that has not ended; a group has no more than one [CodeDeploy quotas]."""
        return next((one for one in self.deployments if one.is_running), None)

    @property
    def last_succeeded(self) -> CodeDeployment | None:
        """The newest deployment that succeeded."""
        return next((one for one in self.deployments if one.status == SUCCEEDED), None)

    def last_that_brought(self, task_definition: str) -> CodeDeployment | None:
        """Return the newest deployment that brought this revision, an ARN, and succeeded."""
        return next(
            (
                one
                for one in self.deployments
                if one.status == SUCCEEDED and one.task_definition == task_definition
            ),
            None,
        )
