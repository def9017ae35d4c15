"""The port IdentityReader: STS, which answers in XML and so is parsed by the SDK."""

from __future__ import annotations

from controller.aws.api import Api
from controller.errors import RetryError
from controller.ports.identity import Caller


class AwsIdentityReader:
    """Asks STS through *api*."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def caller(self) -> Caller:
        operation = "GetCallerIdentity"
        answer = await self._api.parsed(operation, {})
        account, arn = answer.get("Account"), answer.get("Arn")
        if not isinstance(account, str) or not isinstance(arn, str):
            message = "the answer lacks Account or Arn; it may have been cut on its way"
            raise RetryError(operation, "MissingMember", message)
        return Caller(account=account, arn=arn, partition=arn.split(":")[1])
