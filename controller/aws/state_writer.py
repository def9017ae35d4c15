"""The port StateWriter: what the controller remembers, one tag at a time, on clusters."""

from __future__ import annotations

from collections.abc import Callable

from controller.aws.api import Api
from controller.core.refs import ClusterRef, ServiceRef
from controller.core.state.conflicts import Conflict, conflict_tag, conflict_value
from controller.core.state.model import (
    POLICY_DIGEST,
    UNKNOWN_MEMBER,
    in_force,
    unknown_member,
)


class AwsStateWriter:
    """Writes what the controller remembers, through the Api that *api* returns for a Region."""

    def __init__(self, api: Callable[[str], Api]) -> None:
        self._api = api

    async def remember_policy(self, ref: ClusterRef, digest: str, governed: int) -> None:
        await _tag(self._api(ref.region), ref, POLICY_DIGEST, in_force(digest, governed))

    async def remember_unknown_member(self, ref: ClusterRef, revision: str) -> None:
        await _tag(self._api(ref.region), ref, UNKNOWN_MEMBER, unknown_member(revision))

    async def remember_conflict(
        self, ref: ClusterRef, service: ServiceRef, conflict: Conflict
    ) -> None:
        key = conflict_tag(service.arn)
        await _tag(self._api(ref.region), ref, key, conflict_value(conflict))


async def _tag(api: Api, ref: ClusterRef, key: str, value: str) -> None:
    asked = {"resourceArn": ref.arn, "tags": [{"key": key, "value": value}]}
    await api.call("TagResource", asked, where=ref.arn)
