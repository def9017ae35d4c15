"""The port CodeDeployWriter: CodeDeploy in one account and Region, asked for one deployment."""

from __future__ import annotations

import json
from typing import Final

from controller.aws.api import Api
from controller.core.refs import ServiceRef
from controller.errors import ConflictError, TerminalError

BUSY: Final = "DeploymentLimitExceededException"
"""How CodeDeploy refuses a second deployment of a group [botocore; one at once: its quotas]."""

_DESCRIPTION: Final = "Corrected logging, by ecs-logging-controller"


class AwsCodeDeployWriter:
    """Writes to CodeDeploy through *api*."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def create_deployment(
        self, ref: ServiceRef, *, application: str, group: str, content: str, sha256: str
    ) -> None:
        operation = "CreateDeployment"
        app_spec = {"content": content, "sha256": sha256}
        asked = {
            "applicationName": application,
            "deploymentGroupName": group,
            "revision": {"revisionType": "AppSpecContent", "appSpecContent": app_spec},
            "description": _DESCRIPTION,
        }
        # Not repeated where the answer was lost: it would be a second deployment.
        try:
            await self._api.send(operation, asked, json.dumps(asked).encode(), where=ref.arn)
        except TerminalError as error:
            if error.code != BUSY:
                raise
            raise ConflictError(operation, BUSY, error.message, where=ref.arn) from error
