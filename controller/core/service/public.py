"""Which values of a task definition may be shown to people: a list of those that are no secret."""

from __future__ import annotations

from typing import Final

from controller.core.document.path import Path
from controller.core.service.awslogs import ACCEPTED

PUBLIC_OPTIONS: Final = ACCEPTED | {
    "Name",
    "@type",
    "max-file",
    "max-size",
    "tag",
    "log-driver-buffer-limit",
}


def is_public(path: Path) -> bool:
    """Tell whether the value at *path* may be shown: drivers, and options known to be harmless.

    Any other log option may hold a token, and everything outside of logging is nobody's business.
    """
    match path.steps[2:]:
        case ("logConfiguration",) | ("logConfiguration", "logDriver" | "options"):
            return True
        case ("logConfiguration", "options", str(option)):
            return option in PUBLIC_OPTIONS
        case _:
            return False
