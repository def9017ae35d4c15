"""What AWS remembers of a service: its deployments, and the revisions of its family."""

from __future__ import annotations

from dataclasses import dataclass

from controller.core.move import Look, Wait
from controller.core.service.candidate import Candidate
from controller.core.service.deployment import History
from controller.core.service.observed import Family, NotAsked, Unread


@dataclass(frozen=True, slots=True)
class Remembered:
    """The whole history of a service's deployments, and the newest revisions of its family."""

    history: History
    family: Family


def remembered(candidate: Candidate) -> Remembered | Wait | Look:
    """Return what is remembered of the service, what must be seen first, or why it cannot be told.

    An empty but complete history means that nothing was ever done; one that was refused or cut
    means Unknown.
    """
    history, family = candidate.observed.history, candidate.observed.family
    if isinstance(history, NotAsked):
        return Look("history")
    if isinstance(family, NotAsked):
        return Look("family")
    if isinstance(history, Unread):
        return Wait(history.reason)
    if isinstance(family, Unread):
        return Wait(family.reason)
    if not history.complete:
        return candidate.refuse(
            "Unknown",
            "the history of the service's deployments was not read to its end",
            "Nothing is rolled where a failure may have been overlooked.",
        )
    return Remembered(history, family)
