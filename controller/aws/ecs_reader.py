"""The port EcsReader: ECS in one account and Region, read raw."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from controller.aws.answer import Answer
from controller.aws.api import Api
from controller.aws.batch import Batch
from controller.aws.capacity_providers import CapacityProviders
from controller.aws.family import read_family
from controller.aws.history import read_history
from controller.aws.tasks import read_tasks
from controller.aws.translate import name_in, revision_of, service_of
from controller.core.document.json import text
from controller.core.refs import ServiceRef
from controller.core.service.deployment import History
from controller.core.service.observed import Family, Service
from controller.core.service.revision import Revision
from controller.core.service.tasks import Tasks
from controller.errors import DeniedError, RetryError, TerminalError
from controller.ports.clock import Clock

# [fact 5.5]
PAGE: Final = 100
SERVICES_AT_ONCE: Final = 10

DEFAULT_DELIVERY_MODE: Final = "non-blocking"  # [fact 2.9]
SETTING_IS_FRESH: Final = 300.0
"""Seconds for which the account's default delivery mode is not asked for again."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A service as it was described, or the failure to; `with_tags` tells which was asked for."""

    answer: Answer
    with_tags: bool


class AwsEcsReader:
    """Reads ECS through *api*; services that several ask for at once are described together."""

    def __init__(self, api: Api, clock: Clock) -> None:
        self._api = api
        self._clock = clock
        self._batches: dict[str, Batch[str, _Found]] = {}
        self._capacity_providers = CapacityProviders(api, clock)
        self._mode: tuple[float, str] | None = None
        self._asking_mode = asyncio.Lock()

    async def clusters(self) -> Sequence[str]:
        pages = self._api.pages("ListClusters", {"maxResults": PAGE})
        return [name_in(arn) async for page in pages for arn in page.texts("clusterArns")]

    async def services(self, cluster: str) -> Sequence[ServiceRef]:
        asked = {"cluster": cluster, "maxResults": PAGE}
        pages = self._api.pages("ListServices", asked, where=f"cluster/{cluster}")
        return [
            _service_ref(arn, cluster) async for page in pages for arn in page.texts("serviceArns")
        ]

    async def service(self, ref: ServiceRef) -> Service | None:
        if ref.cluster not in self._batches:
            load = partial(self._describe_services, ref.cluster)
            self._batches[ref.cluster] = Batch(load, size=SERVICES_AT_ONCE)
        try:
            found = await self._batches[ref.cluster].get(ref.name)
        except TerminalError as error:
            if error.code == "ClusterNotFoundException":
                return None
            raise
        return _described(found, ref)

    async def revision(self, arn: str) -> Revision | None:
        asked = {"taskDefinition": arn, "include": ["TAGS"]}
        try:
            return revision_of(await self._api.call("DescribeTaskDefinition", asked, where=arn))
        except TerminalError as error:
            # One that is INACTIVE and that nothing refers to is no longer described [fact 4.21].
            if error.code == "ClientException" and "Unable to describe" in error.message:
                return None
            raise

    async def family(self, name: str, *, above: int) -> Family:
        return await read_family(self._api, name, above=above, revision=self.revision)

    async def history(self, ref: ServiceRef) -> History:
        return await read_history(self._api, ref, revision=self.revision)

    async def tasks(self, ref: ServiceRef) -> Tasks:
        return await read_tasks(self._api, ref)

    async def launch_types(self, cluster: str, providers: Collection[str]) -> Mapping[str, str]:
        return await self._capacity_providers.launch_types(cluster, providers)

    async def default_delivery_mode(self) -> str:
        async with self._asking_mode:
            now = self._clock.monotonic()
            if self._mode is None or now - self._mode[0] > SETTING_IS_FRESH:
                self._mode = now, await self._ask_mode()
            return self._mode[1]

    async def _ask_mode(self) -> str:
        asked = {"name": "defaultLogDriverMode", "effectiveSettings": True}
        answer = await self._api.call("ListAccountSettings", asked)
        settings = [
            one for one in answer.parts("settings") if one.text("name") == "defaultLogDriverMode"
        ]
        return settings[0].text("value") if settings else DEFAULT_DELIVERY_MODE

    async def _describe_services(self, cluster: str, names: Sequence[str]) -> Mapping[str, _Found]:
        """Describe services with their tags, or without where one alone may be described so only.

        Several that are denied together are asked for one by one, by the Batch.
        """
        asked = {"cluster": cluster, "services": list(names)}
        where = f"cluster/{cluster}"
        tagged = {**asked, "include": ["TAGS"]}
        try:
            return _found(await self._api.call("DescribeServices", tagged, where=where), True)
        except DeniedError:
            if len(names) > 1:
                raise
        return _found(await self._api.call("DescribeServices", asked, where=where), False)


def _service_ref(arn: str, cluster: str) -> ServiceRef:
    _, partition, _, region, account, resource = arn.split(":", 5)
    return ServiceRef(account, region, partition, cluster, name_in(resource))


def _found(answer: Answer, with_tags: bool) -> dict[str, _Found]:  # noqa: FBT001 - handed on
    failed = {name_in(one.text("arn")): one for one in answer.parts("failures")}
    found = {one.text("serviceName"): one for one in answer.parts("services")}
    return {name: _Found(one, with_tags) for name, one in (failed | found).items()}


def _described(found: _Found | None, ref: ServiceRef) -> Service | None:
    operation = "DescribeServices"
    if found is None:
        message = "the answer neither describes the service nor says that it is missing"
        raise RetryError(operation, "MissingMember", message, where=ref.arn)
    answer = found.answer
    if "reason" not in answer.document:
        return service_of(answer, with_tags=found.with_tags)
    reason = answer.text("reason")
    if reason == "MISSING":
        return None
    detail = text(answer.document.get("detail")) or "the service could not be described"
    raise TerminalError(operation, reason, detail, where=ref.arn)
