"""The next step of one service: what AWS shows is the only state."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from controller.core.move import (
    Decision,
    Done,
    Look,
    Register,
    Roll,
    Wait,
)
from controller.core.reason import Health, Reason
from controller.core.service.aftermath import aftermath
from controller.core.service.candidate import Candidate
from controller.core.service.gates import refusals
from controller.core.service.rolls import (
    Baking,
    Failed,
    NotOurs,
    Overtaken,
    Proven,
    Rolling,
    Unclear,
    Unsteady,
    phase,
)
from controller.core.service.way_home import way_home
from controller.core.service.why_not import why_not

_THEIRS: Final = Reason(
    "Superseded",
    "somebody else's deployment runs a revision of ours; it is theirs to see through",
    "If it fails, deploy a revision that works.",
)


def next_move(candidate: Candidate) -> Decision:
    """Return the next step: one move, a wait, a part to look at first, or nothing.

    A roll in flight is seen to its end before anything new is thought of.
    """
    current = phase(candidate.observed, candidate.policy.rollout, candidate.now)
    match current:
        case Look():
            return Decision(current, Health.PROGRESSING)
        case Rolling(deadline=deadline):
            return _watch(candidate, "the corrected revision is being rolled out", deadline)
        case Baking(until=until):
            return _watch(candidate, "the corrected revision is watched a while", until)
        case Unsteady(deadline=deadline):
            return _watch(candidate, "not all tasks of the corrected revision run", deadline)
        case Failed(reason=reason):
            return way_home(candidate, reason if candidate.yes.writes else _unattended(reason))
        case Unclear(reason=reason, until=until):
            return Decision(Wait(reason, until), Health.DEGRADED)
        case Overtaken(ended=False):
            return Decision(Wait(_THEIRS, candidate.now + candidate.watch), Health.DEGRADED)
        case NotOurs() | Proven() | Overtaken():
            return aftermath(candidate) or _correction(candidate)


def _watch(candidate: Candidate, message: str, until: datetime) -> Decision:
    again = min(until, candidate.now + candidate.watch)
    if not candidate.yes.writes:
        unattended = "This process would not return it if it failed: run one with --enforce."
        return Decision(Wait(Reason("RollingOut", message, unattended), again), Health.DEGRADED)
    reason = Reason("RollingOut", message, f"It is decided by {until:%H:%M:%S} UTC.")
    return Decision(Wait(reason, again), Health.PROGRESSING)


def _unattended(reason: Reason) -> Reason:
    return replace(reason, remedy="This process does not return it: run one with --enforce.")


def _correction(candidate: Candidate) -> Decision:
    if not candidate.edits:
        return Decision(Done(why_not(candidate)))
    refusal = next(refusals(candidate), None)
    if refusal is not None:
        return Decision(refusal, _health_of(refusal))
    ready = candidate.registered
    if ready is None:
        return Decision(
            Register(candidate.observed.ref, candidate.body, candidate.tags), Health.PROGRESSING
        )
    primary = candidate.observed.service.primary
    over = "" if primary is None else primary.id
    return Decision(Roll(candidate.observed.ref, ready.arn, over), Health.PROGRESSING)


def _health_of(refusal: Wait | Look) -> Health:
    held = isinstance(refusal, Wait) and refusal.reason.code in {"HeldAfterFailure", "NoWayBack"}
    return Health.DEGRADED if held else Health.HEALTHY
