"""How a container is configured to log by awslogs."""

from __future__ import annotations

import re
from typing import Final

from controller.core.document.json import Json, text
from controller.core.policy.model import Awslogs
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
) -> dict[str, Json]:
    """Return the whole log configuration by which *container* logs to *destination*."""
    options: dict[str, Json] = {
        GROUP: context.rendered(destination.group, container),
        REGION: context.rendered(destination.region, container),
        STREAM_PREFIX: context.rendered(destination.stream_prefix, container),
        MODE: destination.mode,
    }
    if destination.max_buffer_size is not None and destination.mode == NON_BLOCKING:
        options[MAX_BUFFER_SIZE] = destination.max_buffer_size
    return {"logDriver": AWSLOGS, "options": options}


def size_in_bytes(value: Json) -> float | None:
    """Return the bytes that a size in Docker's syntax (`25m`) stands for, or None [fact 2.12]."""
    found = _SIZE.fullmatch(text(value) or "")
    if found is None:
        return None
    return float(found[1]) * float(1024 ** _UNITS[found[2].lower()])
