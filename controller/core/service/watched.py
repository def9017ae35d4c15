"""A roll that goes on: what is said of it, and how soon to look again."""

from __future__ import annotations

from datetime import datetime
from typing import Final, TypeAlias

from controller.core.move import Decision, Look, Wait
from controller.core.reason import Health, Reason
from controller.core.service.candidate import Candidate
from controller.core.service.rolls.phases import (
    AwaitingPerson,
    Baking,
    Deploying,
    Overtaken,
    Rolling,
    Unclear,
    Unsteady,
)

Going: TypeAlias = (
    Look | Rolling | Deploying | AwaitingPerson | Baking | Unsteady | Overtaken | Unclear
)

_THEIRS: Final = Reason(
    "Superseded",
    "somebody else's deployment runs a revision of ours; it is theirs to see through",
    "If it fails, deploy a revision that works.",
)


def watched(current: Going, candidate: Candidate) -> Decision:
    """Return the wait of a roll that goes on, or the part to look at first."""
    again = candidate.now + candidate.watch
    match current:
        case Look():
            return Decision(current, Health.PROGRESSING)
        case Rolling(deadline=deadline, awaits=awaits):
            told = f"the corrected revision is being rolled out, and waits for {awaits}"
            return _watch(candidate, told, deadline)
        case Baking(until=until):
            return _watch(candidate, "the corrected revision is watched a while", until)
        case Unsteady(deadline=deadline):
            return _watch(candidate, "not all tasks of the corrected revision run", deadline)
        case Deploying(reason=reason) | AwaitingPerson(reason=reason):
            return Decision(Wait(reason, again), Health.PROGRESSING)
        case Unclear(reason=reason, until=until):
            return Decision(Wait(reason, until), Health.DEGRADED)
        case Overtaken():
            return Decision(Wait(_THEIRS, again), Health.DEGRADED)


def _watch(candidate: Candidate, message: str, until: datetime) -> Decision:
    again = min(until, candidate.now + candidate.watch)
    if not candidate.yes.writes:
        unattended = "This process would not return it if it failed: run one with --enforce."
        return Decision(Wait(Reason("RollingOut", message, unattended), again), Health.DEGRADED)
    reason = Reason("RollingOut", message, f"It is decided by {until:%H:%M:%S} UTC.")
    return Decision(Wait(reason, again), Health.PROGRESSING)
