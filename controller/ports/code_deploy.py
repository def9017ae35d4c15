"""CodeDeploy as the controller reads and writes it, in one account and Region.

All methods raise an `AwsError` of `controller.errors`.
"""

from __future__ import annotations

from typing import Protocol

from controller.core.refs import ServiceRef
from controller.core.service.code_deploy.group import DeploymentGroup
from controller.core.service.observed import Unread


class CodeDeployReader(Protocol):
    """Looks, and changes nothing."""

    async def group(self, ref: ServiceRef) -> DeploymentGroup | Unread:
        """Return the deployment group of the service with its deployments, newest first.

        Unread with the reason where no group names the service, or several do.
        """
        ...


class CodeDeployWriter(Protocol):
    """Changes what a move names, and nothing else."""

    async def create_deployment(
        self, ref: ServiceRef, *, application: str, group: str, content: str, sha256: str
    ) -> None:
        """Let CodeDeploy deploy the AppSpec *content*; nothing of the group is overridden.

        Raises ConflictError where the group deploys something already, LostError where the answer
        was lost: CreateDeployment has no token by which a second one would be known.
        """
        ...
