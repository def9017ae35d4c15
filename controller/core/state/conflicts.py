"""What a cluster remembers of services whose corrections others undo: since when, and why.

ECS tells what was deployed, but in the end only the newest of it is read, or kept. A conflict ends
by a person's word alone, so it is remembered by a tag for each service. It is on the cluster: no
service is tagged without a person asking for it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from controller.core.state.said import Said, said, written

CONFLICT: Final = "ecs-logging/conflict-"
REASONS: Final = frozenset({"ConflictingManager", "ReleaseReported"})
"""The codes of the reasons that are remembered: a service that has one is held until approved."""
MOST: Final = 20
"""Of more services than this a cluster does not remember it: a resource may have 50 tags."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """That a correction was undone last at `at`, and the code of the reason that holds since."""

    at: datetime
    because: str


def conflict_tag(service_arn: str) -> str:
    """Return the key of the cluster's tag that remembers the conflict over the service."""
    return CONFLICT + hashlib.sha256(service_arn.encode()).hexdigest()[:12]


def conflict_value(one: Conflict) -> str:
    """Return the value of that tag: `2027-03-31T09:30:00.000Z ConflictingManager`."""
    return f"{written(Said(one.at))} {one.because}"


def conflict_of(value: str) -> Conflict | None:
    """Return what the value of such a tag says, or None where we do not write it so."""
    moment, _, because = value.partition(" ")
    at = said(moment)
    return None if at is None or because not in REASONS else Conflict(at.at, because)
