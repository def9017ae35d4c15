"""Whoever reads the logs of a container along still does when it logs to another group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from controller.core.move import Look, Wait
from controller.core.refs import LogGroupRef
from controller.core.service.candidate import Candidate
from controller.core.service.consumers import lacking
from controller.core.service.departures import Departure
from controller.core.service.observed import Consumers, NotAsked, Unread

PART = "consumers"
_MOVED: Final = (
    "Put the same filters on the new group, or let the container stay: `keep: [group, region]`. "
    "Delete from the old group what nobody needs any more."
)
_LOST: Final = (
    "Let what reads along read where the logs go now, then delete the filters from the old group; "
    "or accept awslogs for this container."
)


def consumers(candidate: Candidate) -> Wait | Look | None:
    """Refuse with `DestinationLosesConsumers` where a container would leave a log group that has
    a subscription or metric filter which the group that it goes to lacks.

    Where it goes to no group of CloudWatch Logs, every filter of the old one is lost to it.
    Subscriptions of the whole account, which may leave out single groups, are not looked at.
    """
    departing = candidate.departures
    if not departing:
        return None
    read = candidate.observed.consumers
    if isinstance(read, NotAsked):
        return Look(PART)
    if isinstance(read, Unread):
        return Wait(read.reason)
    told = tuple(_losses(departing, read))
    if not told:
        return None
    moved = all(one.reached is not None for one in departing)
    remedy = _MOVED if moved else _LOST
    return candidate.refuse("DestinationLosesConsumers", "; ".join(told), remedy)


def _losses(departing: tuple[Departure, ...], read: Consumers) -> Iterator[str]:
    for one in departing:
        there = frozenset() if one.reached is None else read.get(one.reached, frozenset())
        lost = ", ".join(str(consumer) for consumer in lacking(read[one.left], there))
        if lost:
            leaves = f"container {one.container} would leave {_named(one.left)}"
            yield f"{leaves} for {_named(one.reached)}, which lacks: {lost}"


def _named(group: LogGroupRef | None) -> str:
    return "another log driver" if group is None else f"{group.name} ({group.region})"
