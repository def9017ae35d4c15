"""The next step of one service: what AWS shows is the only state."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from controller.core.move import (
    Decision,
    Done,
    Look,
    MarkProof,
    Register,
    Roll,
    Wait,
)
from controller.core.reason import Health, Reason
from controller.core.service.aftermath import aftermath
from controller.core.service.candidate import Candidate
from controller.core.service.code_deploy.deploy import deploy
from controller.core.service.copies import copied_first
from controller.core.service.gates import refusals
from controller.core.service.leftovers import waiting_in_vain
from controller.core.service.proof import PROVEN, proof, proves
from controller.core.service.revision import UNPROVEN
from controller.core.service.rolls.phase import phase
from controller.core.service.rolls.phases import (
    Earned,
    Emptied,
    Failed,
    GoingBack,
    NotOurs,
    Overtaken,
    Proven,
    Unproven,
)
from controller.core.service.rolls.unknown_principal import of_unknown_principal
from controller.core.service.unforgiven import remembering_conflict
from controller.core.service.watched import watched
from controller.core.service.way_home import going_back, way_home
from controller.core.service.why_not import why_not

_UNPROVEN: Final = Reason(
    "Unproven",
    "the corrected revision was rolled out while the service wanted no task, which proves nothing",
    "Its first tasks are watched when it is scaled up, and it is returned if none runs.",
)
_DEGRADED: Final = frozenset({"ConflictingManager", "HeldAfterFailure", "NoWayBack"})


def next_move(candidate: Candidate) -> Decision:
    """Return the next step: one move, a wait, a part to look at first, or nothing.

    A roll in flight is seen to its end before anything new is thought of.
    """
    current = phase(candidate.observed, candidate.policy.rollout, candidate.now)
    match current:
        case Failed(reason=reason):
            return way_home(candidate, reason if candidate.yes.writes else _unattended(reason))
        case GoingBack(reason=reason, ended=ended):
            return going_back(candidate, reason, ended=ended)
        case Emptied() if candidate.yes.writes and MarkProof not in candidate.refused:
            return Decision(proof(candidate, candidate.observed.revision, UNPROVEN))
        case Unproven() | Emptied():
            return aftermath(candidate) or _correction(candidate, otherwise=_UNPROVEN)
        case Earned() if candidate.yes.writes and MarkProof not in candidate.refused:
            return Decision(proof(candidate, candidate.observed.revision, PROVEN))
        case NotOurs() if (unknown := of_unknown_principal(candidate)) is not None:
            return unknown
        case NotOurs() | Earned() | Proven() | Overtaken(ended=True):
            return aftermath(candidate) or _correction(candidate)
        case _:
            return watched(current, candidate)


def _unattended(reason: Reason) -> Reason:
    return replace(reason, remedy="This process does not return it: run one with --enforce.")


def _correction(candidate: Candidate, *, otherwise: Reason | None = None) -> Decision:
    if not candidate.edits:
        return Decision(Done(why_not(candidate) or otherwise))
    refusal = next(refusals(candidate), None)
    if refusal is not None:
        health = _health_of(refusal)
        due = remembering_conflict(candidate, refusal, health)
        if due is None and isinstance(refusal, Wait):
            due = waiting_in_vain(candidate, refusal)
        return due or Decision(refusal, health)
    if (copying := copied_first(candidate)) is not None:
        return Decision(copying, Health.PROGRESSING)
    ready = candidate.registered
    if ready is None:
        return Decision(
            Register(candidate.observed.ref, candidate.body, candidate.tags), Health.PROGRESSING
        )
    if candidate.observed.service.is_by_code_deploy:
        return deploy(candidate, ready)
    if not proves(candidate) and not ready.is_unproven_for(candidate.observed.ref.arn):
        return Decision(proof(candidate, ready, UNPROVEN), Health.PROGRESSING)
    primary = candidate.observed.service.primary
    over = "" if primary is None else primary.id
    return Decision(Roll(candidate.observed.ref, ready.arn, over), Health.PROGRESSING)


def _health_of(refusal: Wait | Look) -> Health:
    code = refusal.reason.code if isinstance(refusal, Wait) else None
    if code == "Paused":
        return Health.SUSPENDED
    return Health.DEGRADED if code in _DEGRADED else Health.HEALTHY
