"""The log groups that a revision logs to, whoever governs its containers."""

from __future__ import annotations

from controller.core.document.json import Document, text
from controller.core.refs import LogGroupRef, ServiceRef
from controller.core.service.awslogs import AWSLOGS, GROUP, REGION
from controller.core.service.governed import logs_by
from controller.core.service.revision import Revision
from controller.core.service.task_definition import TaskDefinition


def named_in(document: Document) -> tuple[tuple[str, str], ...]:
    """Return (Region, name) of each log group that containers of *document* name, sorted.

    A group is looked for in the Region that its own option names. One whose name or Region is not
    known is left out.
    """
    found = set()
    for container in TaskDefinition(document).containers:
        region, name = (text(container.options.get(option)) for option in (REGION, GROUP))
        if logs_by(container, AWSLOGS) and region and name:
            found.add((region, name))
    return tuple(sorted(found))


def groups_in_use(ref: ServiceRef, revision: Revision) -> tuple[LogGroupRef, ...]:
    """Return the log groups that containers of *revision* name, as the service *ref* runs it."""
    named = named_in(revision.document)
    return tuple(LogGroupRef(ref.account, region, ref.partition, name) for region, name in named)
