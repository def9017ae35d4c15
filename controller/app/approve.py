"""Saying yes to a policy set, on the clusters that would hold it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from controller.app.clock import SystemClock
from controller.app.connect import OpenSession, connect_operator
from controller.app.connection import OperatorConnection
from controller.aws.session import AwsSession
from controller.core.refs import ClusterRef
from controller.core.state.approvals import Approvals, asking, settled, unreadable
from controller.errors import AwsError, UsageError
from controller.observe.clusters import observe_states
from controller.ports.clock import Clock
from controller.settings import Settings


async def approve(
    settings: Settings,
    digest: str,
    confirm: Callable[[Sequence[ClusterRef]], bool],
    *,
    clock: Clock | None = None,
    open_session: OpenSession = AwsSession,
) -> Approvals:
    """Approve the set with this short digest on the clusters of *settings* that would hold it.

    *confirm* is asked first, with those clusters; without its yes nothing is written. Raises
    UsageError where a cluster that is named does not exist, AwsError where nothing can be seen.
    """
    async with connect_operator(
        settings, clock or SystemClock(), open_session=open_session
    ) as connection:
        clusters = await _clusters(settings, connection)
        states = await observe_states(clusters, connection.state)
        held, others, failed = asking(digest, states), settled(digest, states), unreadable(states)
        if not held or not confirm(held):
            return Approvals((), others, failed)
        wrong = [await _said(cluster, digest, connection) for cluster in held]
        approved = (one for one, error in zip(held, wrong, strict=True) if error is None)
        return Approvals(tuple(approved), others, (*failed, *filter(None, wrong)))


async def _clusters(settings: Settings, connection: OperatorConnection) -> list[ClusterRef]:
    listed = await asyncio.gather(*(ecs.clusters() for ecs in connection.ecs.values()))
    caller = connection.caller
    found = [
        ClusterRef(caller.account, region, caller.partition, name)
        for region, names in zip(connection.ecs, listed, strict=True)
        for name in names
        if not settings.clusters or name in settings.clusters
    ]
    unheard = set(settings.clusters) - {cluster.name for cluster in found}
    if unheard:
        where = ", ".join(connection.ecs)
        raise UsageError(f"there is no cluster {', '.join(sorted(unheard))} in {where}")
    return sorted(found)


async def _said(cluster: ClusterRef, digest: str, connection: OperatorConnection) -> str | None:
    """Write the yes on one cluster, and return what went wrong, or None."""
    try:
        await connection.operator.approve_policy(cluster, digest)
    except AwsError as error:
        return f"{cluster}: {error}"
    return None
