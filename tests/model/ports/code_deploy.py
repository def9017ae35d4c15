"""The ports of CodeDeploy before the in-memory AWS, where ECS itself deploys every service."""

from __future__ import annotations

from dataclasses import dataclass

from controller.core.reason import Reason
from controller.core.refs import ServiceRef
from controller.core.service.code_deploy.group import DeploymentGroup
from controller.core.service.observed import Unread
from controller.errors import TerminalError
from tests.model.ports.line import Line


@dataclass(frozen=True, slots=True)
class ModelCodeDeployReader:
    """Finds no deployment group of any service."""

    line: Line

    async def group(self, ref: ServiceRef) -> DeploymentGroup | Unread:
        def none() -> DeploymentGroup | Unread:
            return Unread(Reason("Unknown", "no deployment group names the service"))

        return await self.line.call("ListDeploymentGroups", ref.arn, none)


@dataclass(frozen=True, slots=True)
class ModelCodeDeployWriter:
    """Refuses: there is nothing to deploy by."""

    line: Line

    async def create_deployment(
        self, ref: ServiceRef, *, application: str, group: str, content: str, sha256: str
    ) -> None:
        def refuses() -> None:
            code = "DeploymentGroupDoesNotExistException"
            raise TerminalError("CreateDeployment", code, "there is no such group", where=ref.arn)

        await self.line.call("CreateDeployment", ref.arn, refuses)
