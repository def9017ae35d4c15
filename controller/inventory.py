"""Regions → clusters → services: which targets there are, and what could not be listed."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from controller.core.reason import Reason
from controller.core.refs import ServiceRef
from controller.errors import NOT_SAVED, SAVE_ANEW, AwsError, DeniedError, TerminalError
from controller.ports.ecs import EcsReader


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of the world that could not be listed: a Region (cluster None) or a cluster."""

    region: str
    cluster: str | None
    reason: Reason

    def __str__(self) -> str:
        where = self.region if self.cluster is None else f"{self.region}/{self.cluster}"
        return f"{where}: {self.reason.code}: {self.reason.message}"


@dataclass(frozen=True, slots=True)
class Inventory:
    """The services that were found. `whole`: every service of the Regions was looked for."""

    services: frozenset[ServiceRef]
    gaps: tuple[Gap, ...]
    whole: bool


async def take_inventory(
    readers: Mapping[str, EcsReader], *, clusters: Collection[str] = ()
) -> Inventory:
    """List the services of each Region's clusters, or only of those named in *clusters*.

    A Region or a cluster that may not be listed becomes a gap, and the rest goes on; so does a
    named cluster that no Region has. Raises RetryError for a passing fault: half a list is no
    list.
    """
    listed = await asyncio.gather(
        *(_clusters(region, ecs) for region, ecs in sorted(readers.items()))
    )
    gaps = [one for one in listed if isinstance(one, Gap)]
    found = [(region, name) for one in listed if not isinstance(one, Gap) for region, name in one]
    wanted = [(region, name) for region, name in found if not clusters or name in clusters]
    services = await asyncio.gather(
        *(_services(region, name, readers[region]) for region, name in wanted)
    )
    gaps += [one for one in services if isinstance(one, Gap)]
    gaps += _unheard_of(set(clusters) - {name for _, name in found}, readers)
    refs = frozenset(ref for one in services if not isinstance(one, Gap) for ref in one)
    return Inventory(refs, tuple(gaps), whole=not gaps and not clusters)


async def _clusters(region: str, ecs: EcsReader) -> list[tuple[str, str]] | Gap:
    try:
        return [(region, name) for name in await ecs.clusters()]
    except (DeniedError, TerminalError) as error:
        return Gap(region, None, _reason(error))


async def _services(region: str, cluster: str, ecs: EcsReader) -> Collection[ServiceRef] | Gap:
    try:
        return await ecs.services(cluster)
    except (DeniedError, TerminalError) as error:
        return Gap(region, cluster, _reason(error))


def _unheard_of(names: Collection[str], readers: Mapping[str, EcsReader]) -> list[Gap]:
    regions = ", ".join(sorted(readers))
    return [
        Gap(regions, name, Reason("NoSuchCluster", "no Region has a cluster of this name"))
        for name in sorted(names)
    ]


def _reason(error: AwsError) -> Reason:
    if error.code == NOT_SAVED:
        return Reason("NotSaved", str(error), SAVE_ANEW)
    code = "AccessDenied" if isinstance(error, DeniedError) else error.code
    return Reason(code, str(error), "See docs/permissions.md for what is read, and why.")
