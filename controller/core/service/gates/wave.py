"""The wave of the service has come: those before are done, and one has shown that it can be."""

from __future__ import annotations

from dataclasses import replace

from controller.core.move import Look, Wait
from controller.core.pace.waves import Asking, approved_up_to, may_begin, wave_of
from controller.core.policy.policy_set import SHOWN
from controller.core.service.candidate import Candidate
from controller.core.service.observed import NotAsked
from controller.core.service.subject import subject_of
from controller.core.state.impact import UNREAD
from controller.core.state.model import Unknown

PART = "state"


def wave(candidate: Candidate) -> Wait | Look | None:
    """Refuse with `WaitingForWave` as long as `rollout.waves` before are not done and baked.

    With `WaitingForCanary` as long as no service of the first wave has proven the change; with
    `WaitingForPromotion` where a person lets the next wave begin. Whose wave a person has let begin
    by `approve wave` waits for none of them.
    """
    observed, policy = candidate.observed, candidate.policy
    waves = policy.rollout.waves
    asking = Asking(
        observed.ref,
        policy,
        wave_of(waves, subject_of(observed)),
        canary_eligible=observed.service.can_go_first,
    )
    if (wait := may_begin(asking, candidate.traffic, candidate.now)) is None:
        return None
    if isinstance(observed.state, NotAsked):
        return Look(PART)
    state = observed.state.get(observed.ref.cluster_ref, UNREAD)
    if isinstance(state, Unknown):
        return wait
    said = state.approved_waves.get(policy.name)
    approved = approved_up_to(said, waves, candidate.policy_digest[:SHOWN])
    return may_begin(replace(asking, approved=approved), candidate.traffic, candidate.now)
