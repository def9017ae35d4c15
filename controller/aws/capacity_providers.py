"""Capacity providers: which launch type each of them stands for."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from typing import Final

from controller.aws.answer import Answer
from controller.aws.api import Api
from controller.core.document.json import text
from controller.ports.clock import Clock

AT_ONCE: Final = 10
"""How many fit into one page of the answer [DescribeCapacityProviders, API model]."""

FRESH: Final = 300.0
"""Seconds for which a provider is not asked for again: UpdateCapacityProvider changes no kind."""

# [fact 1.21]
_OF_TYPE: Final[Mapping[str, str]] = {
    "EC2_AUTOSCALING": "EC2",
    "FARGATE": "FARGATE",
    "FARGATE_SPOT": "FARGATE",
    "MANAGED_INSTANCES": "MANAGED_INSTANCES",
}
# What shows the kind in answers that are older than `type`.
_BY_MEMBER: Final[Mapping[str, str]] = {
    "autoScalingGroupProvider": "EC2",
    "managedInstancesProvider": "MANAGED_INSTANCES",
}


class CapacityProviders:
    """The launch types of capacity providers, read through *api* when somebody asks for them."""

    def __init__(self, api: Api, clock: Clock) -> None:
        self._api = api
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[float, str | None]] = {}
        self._asking = asyncio.Lock()

    async def launch_types(self, cluster: str, names: Collection[str]) -> Mapping[str, str]:
        """Return the launch types of the providers that have these names in the cluster.

        One that AWS does not show, or of a kind that is not known here, is left out. Raises an
        AwsError where they cannot be read.
        """
        async with self._asking:
            now = self._clock.monotonic()
            stale = sorted(name for name in names if not self._is_fresh((cluster, name), now))
            for at in range(0, len(stale), AT_ONCE):
                asked = stale[at : at + AT_ONCE]
                found = await self._describe(cluster, asked)
                self._known |= {(cluster, name): (now, found.get(name)) for name in asked}
        known = ((name, self._known[cluster, name][1]) for name in names)
        return {name: launch_type for name, launch_type in known if launch_type is not None}

    def _is_fresh(self, key: tuple[str, str], now: float) -> bool:
        return key in self._known and now - self._known[key][0] <= FRESH

    async def _describe(self, cluster: str, names: list[str]) -> dict[str, str | None]:
        # Without its cluster, one of MANAGED_INSTANCES is not shown [DescribeCapacityProviders,
        # API model].
        asked = {"cluster": cluster, "capacityProviders": names}
        where = f"cluster/{cluster}"
        pages = self._api.pages("DescribeCapacityProviders", asked, where=where)
        return {
            one.text("name"): _launch_type(one)
            async for page in pages
            for one in page.parts("capacityProviders")
        }


def _launch_type(answer: Answer) -> str | None:
    by_member = (kind for member, kind in _BY_MEMBER.items() if answer.document.get(member))
    return _OF_TYPE.get(text(answer.document.get("type")) or "") or next(by_member, None)
