"""What the fleet is told of a service after each look: judged, redacted, and nothing to write."""

from __future__ import annotations

from datetime import datetime

from controller.core.move import Decision, Look, MarkFailed
from controller.core.pace.traffic import RollResult, Sighting
from controller.core.pace.waves import wave_of
from controller.core.policy.mode import Mode
from controller.core.policy.policy_set import SHOWN
from controller.core.reason import Health
from controller.core.service.candidate import Candidate
from controller.core.service.observed import NotAsked, Unread
from controller.core.service.rolls.in_flight import is_in_flight
from controller.core.service.rolls.past import rolled_at
from controller.core.service.rolls.phase import phase
from controller.core.service.rolls.phases import Phase, Proven
from controller.core.service.rolls.proven import proven_drivers
from controller.core.service.rolls.results import roll_results
from controller.core.service.subject import subject_of
from controller.decide.asks import asked_already, asks
from controller.decide.judged import JudgedService
from controller.decide.rollable import is_rollable
from controller.decide.world import World


def sighting_of(
    candidate: Candidate, judged: JudgedService, decision: Decision, world: World
) -> Sighting:
    """Return what was seen of the service, and decided of it."""
    observed, verdict = candidate.observed, candidate.verdict
    service, rollout = observed.service, candidate.policy.rollout
    current = phase(observed, rollout, candidate.now)
    asked = asks(candidate, judged, decision.step)
    rolls = _rolls(candidate, current, world)
    return Sighting(
        ref=observed.ref,
        policy=candidate.policy.name if verdict.asks else None,
        in_flight=is_in_flight(observed, current),
        rolled_at=rolled_at(observed),
        uses=service.uses,
        wants=candidate.digest if candidate.edits else None,
        proven=proven_drivers(observed, current),
        enforces=verdict.cap is Mode.ENFORCE,
        asks=asked,
        asked_by=asked_already(candidate, asked, world.earlier()),
        wave=wave_of(rollout.waves, subject_of(observed)),
        rolls=rolls,
        settled=_is_settled(candidate, decision),
        rollable=is_rollable(decision.step) and service.desired >= 1,
        canary_eligible=service.can_go_first,
        corrected=isinstance(current, Proven) and observed.revision.is_ours(observed.identity),
        evidence=_evidence(rolls, candidate),
    )


def _is_settled(candidate: Candidate, decision: Decision) -> bool:
    """Tell whether the service is as its policy wants it, and healthy.

    What is not known for now may be drift.
    """
    service, unknown = candidate.observed.service, candidate.verdict.judgement.unknown_in_enforce
    as_wanted = not candidate.edits and not unknown and not isinstance(decision.step, Look)
    return as_wanted and decision.health is Health.HEALTHY and service.running >= service.desired


def _rolls(candidate: Candidate, current: Phase, world: World) -> tuple[RollResult, ...]:
    """Return our rolls of the service, as they were last read where nobody had to read them now."""
    observed = candidate.observed
    bake, unmarked = candidate.policy.rollout.bake_time, MarkFailed in candidate.refused
    read = roll_results(observed, current, bake, unmarked=unmarked)
    if isinstance(observed.history, NotAsked | Unread):
        return world.fleet.rolls_of(observed.ref) or read
    return read


def _evidence(rolls: tuple[RollResult, ...], candidate: Candidate) -> datetime | None:
    """Return when a roll under these policies first succeeded; none of tasks proves anything."""
    if not candidate.observed.service.can_go_first:
        return None
    under = candidate.policy_digest[:SHOWN]
    ended = (one.ended for one in rolls if one.succeeded and one.under == under)
    return min((at for at in ended if at is not None), default=None)
