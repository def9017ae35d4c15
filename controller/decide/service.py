"""One service: observe, judge, and ask for the next step until nothing more must be looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace

from controller.core.move import (
    Decision,
    Deploy,
    Deregister,
    Look,
    MarkFailed,
    Register,
    Roll,
    Wait,
)
from controller.core.pace.traffic import Sighting
from controller.core.pace.waves import OF_WAVES
from controller.core.policy.select import (
    Contested,
    Governed,
    Selection,
    Undecided,
    Ungoverned,
)
from controller.core.policy.standing import Standing
from controller.core.reason import Reason, Sync
from controller.core.refs import LogGroupRef, ServiceRef
from controller.core.service.candidate import Candidate
from controller.core.service.fingerprint import change_of
from controller.core.service.gates.kill_switch import PART as KILL_SWITCH
from controller.core.service.leftovers import lies_about
from controller.core.service.next_move import next_move
from controller.core.service.observed import Family, Observed, Service
from controller.core.service.subject import needs_capacity, unread
from controller.decide.judged import JudgedService, judge_service
from controller.decide.rollable import is_rollable
from controller.decide.sighting import sighting_of
from controller.decide.world import World
from controller.observe.clusters import observe_states
from controller.observe.code_deploy import PARTS as OF_CODE_DEPLOY
from controller.observe.code_deploy import without_code_deploy
from controller.observe.kill_switch import observe_kill_switch
from controller.observe.service import look, look_at_alarms, look_at_capacity, observe_service


@dataclass(frozen=True, slots=True)
class Decided:
    """What the policy says of the service, and the next step that follows."""

    candidate: Candidate
    decision: Decision
    in_flight: bool


@dataclass(frozen=True, slots=True)
class Left:
    """The service is none of our business: gone, ungoverned, or governed by a tie.

    `unfinished` is what is still to be done about a roll of ours that an earlier policy began.
    """

    sync: Sync | None
    reason: Reason | None
    unfinished: Decided | None = None


async def decide_service(ref: ServiceRef, world: World) -> Left | Decided:
    """Observe and judge the service, and return its next step.

    A place in the budget is taken in the same breath in which the step is decided, so that no two
    services can be let through on the same place. The step comes from one set of policies: where
    another comes in force meanwhile, all begins anew. Raises an AwsError where the service cannot
    be observed.
    """
    observed = await observe_service(ref, world.identity, world.ecs[ref.region])
    if observed is None:
        world.fleet.forget(ref)
        return Left(None, None)
    if isinstance(observed, Service):
        world.fleet.saw(Sighting(ref, None, in_flight=False), {})
        told = "the service is set to no task definition yet"
        return Left(Sync.UNGOVERNED, Reason("NothingDeployed", told))
    while needs_capacity(observed, policies := world.policies()):
        observed = await look_at_capacity(observed, world.ecs[ref.region])
    judged = judge_service(observed, policies, now=world.clock.now())
    decided = await _decide(observed, judged, world)
    if decided is None:
        return await decide_service(ref, world)
    if judged.asks:
        return decided
    return replace(_left(judged.selected, judged.stands, observed), unfinished=decided)


def _left(selected: Selection, stands: Standing, observed: Observed) -> Left:
    match selected:
        case Governed():
            sync = Sync.UNGOVERNED if stands.held is None else Sync.EXEMPT
            return Left(sync, stands.off)
        case Ungoverned(reason=told):
            return Left(Sync.UNGOVERNED, Reason("Ungoverned", told))
        case Undecided(because=told):
            return Left(Sync.UNDECIDED, Reason("Undecided", told, unread(observed)))
        case Contested(names=names):
            told = f"policies {' and '.join(names)} of one priority all match"
            why = Reason("PolicyConflict", told, "Give them different priorities.")
            return Left(Sync.UNDECIDED, why)


async def _decide(observed: Observed, judged: JudgedService, world: World) -> Decided | None:
    """Return the next step, or None where it was judged by policies no longer in force."""
    while True:
        candidate = _candidate(observed, judged, world)
        decision = next_move(candidate)
        if not isinstance(decision.step, Look):
            break
        observed = await look_at(decision.step.part, candidate, world)
        if world.policies() != judged.policies:
            return None
    return _noted(candidate, judged, decision, world)


async def look_at(part: str, candidate: Candidate, world: World) -> Observed:
    """Return what is observed with one more part: of the clusters, or of the service itself.

    Raises RetryError for a passing fault; what we may not read is Unread.
    """
    observed = candidate.observed
    if part == "state":
        clusters = candidate.traffic.clusters | {observed.ref.cluster_ref}
        return replace(observed, state=await observe_states(clusters, world.state))
    if part == KILL_SWITCH:
        seen = await observe_kill_switch(world.kill_switch, world.clock)
        return replace(observed, kill_switch=seen)
    if part == "alarms":
        return await look_at_alarms(observed, world.alarms)
    if part in OF_CODE_DEPLOY and _is_left_to_code_deploy(candidate):
        return without_code_deploy(observed)
    return await look(
        part,
        observed,
        [_group(observed.ref, *needed) for needed in candidate.verdict.needs],
        candidate.departures,
        ecs=world.ecs[observed.ref.region],
        logs=world.logs,
        code_deploy=world.code_deploy[observed.ref.region],
        alarms=world.alarms,
    )


def _is_left_to_code_deploy(candidate: Candidate) -> bool:
    """Tell whether CodeDeploy has nothing to say to us: no roll of ours lies behind, or ahead."""
    observed = candidate.observed
    runs_ours = observed.revision.bears_our_name(observed.identity)
    may_ask = candidate.policy.allow.code_deploy or runs_ours
    return observed.service.is_by_code_deploy and not may_ask


def _candidate(observed: Observed, judged: JudgedService, world: World) -> Candidate:
    policies, verdict = judged.policies, judged.verdict
    untidy = not world.fleet.was_tidied(observed.ref)
    return Candidate(
        observed=observed,
        verdict=verdict,
        policy_digest=policies.digest,
        yes=world.consent.to(change_of(observed, verdict)),
        traffic=world.fleet.traffic(observed.ref),
        now=world.clock.now(),
        first_look=untidy and not isinstance(judged.selected, Undecided),
        refused=world.fleet.refused(observed.ref, world.clock.now()),
        max_impact=policies.max_impact,
        leads=world.lease.is_ours(),
    )


def _noted(
    candidate: Candidate, judged: JudgedService, decision: Decision, world: World
) -> Decided:
    """Tell the fleet what was seen and decided; nothing is awaited in between."""
    observed, verdict, fleet = candidate.observed, candidate.verdict, world.fleet
    sighting = sighting_of(candidate, judged, decision, world)
    claims = {**verdict.in_use, **verdict.claims_if(rollable=is_rollable(decision.step))}
    fleet.saw(sighting, {_group(observed.ref, *key): one for key, one in claims.items()})
    match decision.step:
        case Register() | Roll() | Deploy():
            fleet.hold_slot(observed.ref)
        case Wait(reason=Reason(code="BudgetExhausted" | "FleetNotSeen"), until=None):
            fleet.line_up(observed.ref)
        case Wait(reason=Reason(code=code), until=None) if code in OF_WAVES:
            fleet.wait_for_wave(observed.ref)
        case _:
            fleet.free_slot(observed.ref)
    _noted_of_the_family(candidate, decision, world)
    _heed_damage(candidate, world)
    return Decided(candidate, decision, sighting.in_flight)


def _noted_of_the_family(candidate: Candidate, decision: Decision, world: World) -> None:
    """Tell the fleet whether anything of ours lies about in the family; nobody looks again then.

    A correction that is still to be rolled does, until it is: its policy may be gone before. Of one
    that is left over, the whole fleet must first say who uses it.
    """
    ref, traffic = candidate.observed.ref, candidate.traffic
    if not isinstance(candidate.observed.family, Family):
        return
    has_one = lies_about(candidate)
    if has_one and not traffic.complete:
        world.fleet.line_up(ref)
        return
    is_to_be_rolled = bool(candidate.edits) and candidate.registered is not None
    if not is_to_be_rolled and not isinstance(decision.step, Register | Deregister | MarkFailed):
        world.fleet.is_tidy(ref)


def _heed_damage(candidate: Candidate, world: World) -> None:
    """Stop registering where ECS did not keep what we sent, until the cluster remembers it."""
    family, ref = candidate.observed.family, candidate.observed.ref
    if not isinstance(family, Family):
        return
    for one in family.revisions:
        if candidate.damaged(one) and not candidate.is_remembered(one):
            world.fleet.stop_registering(ref.account, ref.region, f"{one.family}:{one.number}")


def _group(ref: ServiceRef, region: str, name: str) -> LogGroupRef:
    return LogGroupRef(ref.account, region, ref.partition, name)
