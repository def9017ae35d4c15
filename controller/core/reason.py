"""Why something is as it is, or is not done: a name that has a page, a sentence, and a remedy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """How a target is doing, as far as the controller's own work on it goes."""

    HEALTHY = "Healthy"
    PROGRESSING = "Progressing"
    DEGRADED = "Degraded"
    SUSPENDED = "Suspended"


class Sync(StrEnum):
    """How a target stands to the policy."""

    COMPLIANT = "Compliant"
    DRIFTED = "Drifted"
    UNKNOWN = "Unknown"
    EXEMPT = "Exempt"
    UNGOVERNED = "Ungoverned"
    UNDECIDED = "Undecided"


@dataclass(frozen=True, slots=True)
class Reason:
    """`code` in PascalCase, `message` what happened and where, `remedy` what a person can do."""

    code: str
    message: str
    remedy: str = ""
