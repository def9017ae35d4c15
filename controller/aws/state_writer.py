"""The ports StateWriter and OperatorWriter: each writes the one tag of clusters that is its own."""

from __future__ import annotations

from collections.abc import Callable

from controller.aws.api import Api
from controller.core.refs import ClusterRef
from controller.core.state.model import APPROVED_POLICY, POLICY_DIGEST, in_force


class AwsStateWriter:
    """Writes what the controller remembers, through the Api that *api* returns for a Region."""

    def __init__(self, api: Callable[[str], Api]) -> None:
        self._api = api

    async def remember_policy(self, ref: ClusterRef, digest: str, governed: int) -> None:
        await _tag(self._api(ref.region), ref, POLICY_DIGEST, in_force(digest, governed))


class AwsOperatorWriter:
    """Writes what a person says, through the Api that *api* returns for a Region."""

    def __init__(self, api: Callable[[str], Api]) -> None:
        self._api = api

    async def approve_policy(self, ref: ClusterRef, digest: str) -> None:
        await _tag(self._api(ref.region), ref, APPROVED_POLICY, digest)


async def _tag(api: Api, ref: ClusterRef, key: str, value: str) -> None:
    asked = {"resourceArn": ref.arn, "tags": [{"key": key, "value": value}]}
    await api.call("TagResource", asked, where=ref.arn)
