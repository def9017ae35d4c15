"""The ports StateReader and OperatorReader: the tags of clusters, in any Region of one account."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from controller.aws.answer import Answer
from controller.aws.api import Api
from controller.aws.batch import Batch
from controller.aws.translate import name_in, tags_of
from controller.core.refs import ClusterRef
from controller.core.state.model import ClusterState, Unknown, state_of
from controller.errors import RetryError, TerminalError

CLUSTERS_AT_ONCE: Final = 100  # [fact 5.5]


class AwsStateReader:
    """Reads ECS through the Api that *api* returns for a Region, many clusters in one request."""

    def __init__(self, api: Callable[[str], Api]) -> None:
        self._api = api
        self._batches: dict[str, Batch[str, Answer]] = {}

    async def cluster_state(self, ref: ClusterRef) -> ClusterState | Unknown:
        return state_of(await self.cluster_tags(ref))

    async def cluster_tags(self, ref: ClusterRef) -> Mapping[str, str]:
        if ref.region not in self._batches:
            load = partial(self._describe_clusters, ref.region)
            self._batches[ref.region] = Batch(load, size=CLUSTERS_AT_ONCE)
        return _described(await self._batches[ref.region].get(ref.name), ref)

    async def _describe_clusters(self, region: str, names: Sequence[str]) -> Mapping[str, Answer]:
        asked = {"clusters": list(names), "include": ["TAGS"]}
        answer = await self._api(region).call("DescribeClusters", asked, where="clusters")
        failed = {name_in(one.text("arn")): one for one in answer.parts("failures")}
        found = {one.text("clusterName"): one for one in answer.parts("clusters")}
        return failed | found


def _described(found: Answer | None, ref: ClusterRef) -> Mapping[str, str]:
    operation = "DescribeClusters"
    if found is None:
        message = "the answer neither describes the cluster nor says that it is missing"
        raise RetryError(operation, "MissingMember", message, where=ref.arn)
    if "reason" in found.document:
        reason = found.text("reason")
        if reason == "MISSING":
            return {}
        raise TerminalError(operation, reason, "it could not be described", where=ref.arn)
    if found.text("status") == "INACTIVE":
        return {}
    # Asked with its tags, a cluster shows the member even if it has none: only recordings from
    # before ECS had tags lack it.
    return tags_of(found.parts("tags"))
