"""The port EcsReader, from what was answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import TypeVar

from controller.core.inventory_file.questions import (
    CLUSTERS,
    DEFAULT_DELIVERY_MODE,
    FAMILY,
    HISTORY,
    LAUNCH_TYPES,
    REVISION,
    SERVICE,
    SERVICES,
    TASKS,
    Question,
)
from controller.core.refs import ServiceRef
from controller.core.service.deployment import History
from controller.core.service.observed import Family, Service
from controller.core.service.revision import Revision
from controller.core.service.tasks import Tasks
from controller.ports.ecs import EcsReader
from controller.saved.answers import Answers

A = TypeVar("A")


class SavedEcsReader:
    """Answers for ECS in one Region, and asks *live*, if it is given, what is not known yet."""

    def __init__(self, answers: Answers, region: str, live: EcsReader | None = None) -> None:
        self._answers = answers
        self._region = region
        self._live = live

    async def clusters(self) -> Sequence[str]:
        return await self._ask(CLUSTERS, "", lambda ecs: _tuple(ecs.clusters()))

    async def services(self, cluster: str) -> Sequence[ServiceRef]:
        return await self._ask(SERVICES, cluster, lambda ecs: _tuple(ecs.services(cluster)))

    async def service(self, ref: ServiceRef) -> Service | None:
        return await self._ask(SERVICE, ref.arn, lambda ecs: ecs.service(ref))

    async def revision(self, arn: str) -> Revision | None:
        return await self._ask(REVISION, arn, lambda ecs: ecs.revision(arn))

    async def family(self, name: str, *, above: int) -> Family:
        of = f"{name}:{above}"
        return await self._ask(FAMILY, of, lambda ecs: ecs.family(name, above=above))

    async def history(self, ref: ServiceRef) -> History:
        return await self._ask(HISTORY, ref.arn, lambda ecs: ecs.history(ref))

    async def tasks(self, ref: ServiceRef) -> Tasks:
        return await self._ask(TASKS, ref.arn, lambda ecs: ecs.tasks(ref))

    async def launch_types(self, cluster: str, providers: Collection[str]) -> Mapping[str, str]:
        of = f"{cluster}: {', '.join(sorted(providers))}"
        return await self._ask(LAUNCH_TYPES, of, lambda ecs: ecs.launch_types(cluster, providers))

    async def default_delivery_mode(self) -> str:
        return await self._ask(DEFAULT_DELIVERY_MODE, "", lambda ecs: ecs.default_delivery_mode())

    async def _ask(
        self, question: Question[A], of: str, ask: Callable[[EcsReader], Awaitable[A]]
    ) -> A:
        live = self._live
        asked = None if live is None else lambda: ask(live)
        return await self._answers.ask(question, self._region, of, asked)


async def _tuple(listing: Awaitable[Sequence[A]]) -> tuple[A, ...]:
    return tuple(await listing)
