"""Which containers a correction takes away from the log group to which they log now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from controller.core.document.json import Document, text
from controller.core.refs import LogGroupRef, ServiceRef
from controller.core.service.awslogs import AWSLOGS, GROUP, REGION
from controller.core.service.governed import logs_by
from controller.core.service.task_definition import Container, TaskDefinition


@dataclass(frozen=True, slots=True)
class Departure:
    """A container leaves a log group for another; None where it will log to none at all."""

    container: str
    left: LogGroupRef
    reached: LogGroupRef | None


def departures(before: Document, after: Document, ref: ServiceRef) -> Iterator[Departure]:
    """Yield each container that logs to another group in *after* than it does in *before*.

    That others go on logging to the old group does not count: the lines of this one are missed.
    """
    corrected = {one.name: one for one in TaskDefinition(after).containers}
    for container in TaskDefinition(before).containers:
        left = _group_of(container, ref)
        reached = _group_of(corrected[container.name], ref)
        if left is not None and left != reached:
            yield Departure(container.name, left, reached)


def _group_of(container: Container, ref: ServiceRef) -> LogGroupRef | None:
    name = text(container.options.get(GROUP))
    if not logs_by(container, AWSLOGS) or not name:
        return None
    # ECS asks for a Region [fact 2.3]; where an old revision has none, home is what is meant.
    region = text(container.options.get(REGION)) or ref.region
    return LogGroupRef(ref.account, region, ref.partition, name)
