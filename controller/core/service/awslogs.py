"""How a container is configured to log by awslogs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from controller.core.document.json import Json, text
from controller.core.judge.demand import Refuse
from controller.core.policy.destination import KeptOption
from controller.core.policy.model import Awslogs
from controller.core.policy.naming import LOG_GROUP, LOG_STREAM, Naming
from controller.core.policy.naming import REGION as REGION_NAME
from controller.core.reason import Reason
from controller.core.service.context import ServiceContext
from controller.core.service.task_definition import Container

AWSLOGS: Final = "awslogs"
AWSFIRELENS: Final = "awsfirelens"

GROUP: Final = "awslogs-group"
REGION: Final = "awslogs-region"
STREAM_PREFIX: Final = "awslogs-stream-prefix"
CREATE_GROUP: Final = "awslogs-create-group"
DATETIME_FORMAT: Final = "awslogs-datetime-format"
MULTILINE_PATTERN: Final = "awslogs-multiline-pattern"
MODE: Final = "mode"
MAX_BUFFER_SIZE: Final = "max-buffer-size"

NON_BLOCKING: Final = "non-blocking"


@dataclass(frozen=True, slots=True)
class NamedOption:
    """An option that is a name: how a destination calls it, the driver does, and what it is."""

    key: KeptOption
    option: str
    naming: Naming


NAMED: Final = (
    NamedOption("group", GROUP, LOG_GROUP),
    NamedOption("region", REGION, REGION_NAME),
    NamedOption("streamPrefix", STREAM_PREFIX, LOG_STREAM),
)

# [fact 2.1] Any other option is refused at registration [fact 2.2].
ACCEPTED: Final = frozenset(
    {
        GROUP,
        REGION,
        STREAM_PREFIX,
        CREATE_GROUP,
        DATETIME_FORMAT,
        MULTILINE_PATTERN,
        MODE,
        MAX_BUFFER_SIZE,
    }
)

_SIZE = re.compile(r"(\d+(?:\.\d+)?) ?([kmgtp]?)i?b?", re.IGNORECASE | re.ASCII)
_UNITS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5}


def log_configuration(
    destination: Awslogs, container: Container, context: ServiceContext
) -> dict[str, Json] | tuple[Refuse, ...]:
    """Return the whole log configuration by which *container* logs to *destination*.

    Where a name in it cannot be given, return the refusals that say why.
    """
    options: dict[str, Json] = {}
    refused: list[Refuse] = []
    for one in NAMED:
        name = context.rendered(destination.templates[one.key], container, one.naming)
        if isinstance(name, Reason):
            refused.append(no_name(container, one.option, name))
        else:
            options[one.option] = name
    if refused:
        return tuple(refused)
    options[MODE] = destination.mode
    if destination.max_buffer_size is not None and destination.mode == NON_BLOCKING:
        options[MAX_BUFFER_SIZE] = destination.max_buffer_size
    return {"logDriver": AWSLOGS, "options": options}


def no_name(container: Container, option: str, why: Reason) -> Refuse:
    """Return the refusal of an option for which the policy has no name that can be written."""
    told = f"container {container.name} gets no {option} from the policy: {why.message}"
    return Refuse(container.option_path(option), why.code, told)


def size_in_bytes(value: Json) -> float | None:
    """Return the bytes that a size in Docker's syntax (`25m`) stands for, or None [fact 2.12]."""
    found = _SIZE.fullmatch(text(value) or "")
    if found is None:
        return None
    return float(found[1]) * float(1024 ** _UNITS[found[2].lower()])
