"""Where each container of a task definition logs, in words."""

from __future__ import annotations

from typing import Final

from controller.core.document.json import MISSING, Document, text
from controller.core.document.unresolved import Unresolved
from controller.core.refs import ServiceRef
from controller.core.service.awslogs import AWSFIRELENS, AWSLOGS, GROUP, REGION
from controller.core.service.task_definition import Container, TaskDefinition

NOWHERE: Final = "nowhere"
UNKNOWN: Final = "unknown"


def logs_to(document: Document, ref: ServiceRef) -> dict[str, str]:
    """Return, by the names of the containers, the driver and the place: `awslogs /ecs/web`.

    The place is the log group of awslogs, with its Region where that is another one, or the output
    of FireLens; other drivers stand alone, for their options may hold secrets.
    """
    containers = TaskDefinition(document).containers
    return {one.name: " ".join((_driver(one), *_place(one, ref))) for one in containers}


def _driver(container: Container) -> str:
    if container.driver is MISSING:
        return NOWHERE
    return text(container.driver) or UNKNOWN


def _place(container: Container, ref: ServiceRef) -> tuple[str, ...]:
    match container.driver:
        case str(driver) if driver == AWSLOGS:
            region = text(container.options.get(REGION)) or ref.region
            elsewhere = () if region == ref.region else (f"in {region}",)
            return (_told(container, GROUP), *elsewhere)
        case str(driver) if driver == AWSFIRELENS:
            outputs = (_told(container, key) for key in ("Name", "@type"))
            return tuple(one for one in outputs if one != NOWHERE)[:1]
        case _:
            return ()


def _told(container: Container, option: str) -> str:
    written = container.option(option)
    if written is MISSING:
        return NOWHERE
    return UNKNOWN if isinstance(written, Unresolved) else text(written) or UNKNOWN
