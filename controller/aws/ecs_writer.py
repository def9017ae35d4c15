"""The port EcsWriter: ECS in one account and Region, a document written as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping

from controller.aws.api import Api
from controller.core.document.digest import plain
from controller.core.document.json import Document
from controller.core.refs import ServiceRef
from controller.errors import LostError, RetryError


class AwsEcsWriter:
    """Writes to ECS through *api*."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def register(self, document: Document, tags: Mapping[str, str]) -> str:
        operation, family = "RegisterTaskDefinition", str(document.get("family"))
        sent = {**document, "tags": _listed(tags)} if tags else document
        body = json.dumps(plain(sent)).encode()
        # What the SDK insists on; the body is sent in its place.
        asked = {"family": family, "containerDefinitions": []}
        where = f"family {family}"
        answer = await self._api.send(operation, asked, body, where=where)
        try:
            return answer.part("taskDefinition").text("taskDefinitionArn")
        except RetryError as error:
            raise LostError(operation, error.code, error.message, where=where) from error

    async def set_task_definition(self, ref: ServiceRef, arn: str) -> None:
        asked = {"cluster": ref.cluster, "service": ref.name, "taskDefinition": arn}
        # Not repeated where the answer was lost: a release may have come in between.
        await self._api.send("UpdateService", asked, json.dumps(asked).encode(), where=ref.arn)

    async def stop_deployment(self, arn: str) -> None:
        asked = {"serviceDeploymentArn": arn, "stopType": "ROLLBACK"}
        await self._api.call("StopServiceDeployment", asked, where=arn)

    async def tag(self, arn: str, key: str, value: str) -> None:
        asked = {"resourceArn": arn, "tags": _listed({key: value})}
        await self._api.call("TagResource", asked, where=arn)

    async def deregister(self, arn: str) -> None:
        await self._api.call("DeregisterTaskDefinition", {"taskDefinition": arn}, where=arn)


def _listed(tags: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in tags.items()]
