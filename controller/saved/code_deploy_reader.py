"""The port CodeDeployReader where there is no AWS: an inventory holds nothing of CodeDeploy."""

from __future__ import annotations

from controller.core.refs import ServiceRef
from controller.core.service.code_deploy.group import DeploymentGroup
from controller.core.service.observed import Unread
from controller.errors import NOT_SAVED, TerminalError


class NothingOfCodeDeploy:
    """Answers that nobody asked CodeDeploy: a service that it deploys is not rolled offline."""

    async def group(self, ref: ServiceRef) -> DeploymentGroup | Unread:
        told = "an inventory holds nothing of CodeDeploy"
        raise TerminalError("GetDeploymentGroup", NOT_SAVED, told, where=ref.arn)
