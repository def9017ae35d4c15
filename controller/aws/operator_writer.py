"""The port OperatorWriter: what a person says, one tag at a time, on clusters and services."""

from __future__ import annotations

from collections.abc import Callable

from controller.aws.api import Api
from controller.core.refs import ClusterRef, ServiceRef


class AwsOperatorWriter:
    """Writes through the Api that *api* returns for a Region."""

    def __init__(self, api: Callable[[str], Api]) -> None:
        self._api = api

    async def say(self, ref: ClusterRef | ServiceRef, tag: str, value: str) -> None:
        asked = {"resourceArn": ref.arn, "tags": [{"key": tag, "value": value}]}
        await self._api(ref.region).call("TagResource", asked, where=ref.arn)

    async def unsay(self, ref: ClusterRef | ServiceRef, tag: str) -> None:
        asked = {"resourceArn": ref.arn, "tagKeys": [tag]}
        await self._api(ref.region).call("UntagResource", asked, where=ref.arn)
