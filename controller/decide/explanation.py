"""One service, decided as ever, and then everything that led to it: nothing is left unasked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from controller.core.explained_service import ExplainedService
from controller.core.outcome import Outcome
from controller.core.policy.select import Governed
from controller.core.policy.why import why
from controller.core.reason import Sync
from controller.core.refs import Ref, ServiceRef
from controller.core.service.rule_by_rule import rule_by_rule
from controller.core.service.subject import subject_of
from controller.decide.gates import answered
from controller.decide.outcome import of_service, unobserved
from controller.decide.service import Decided, Left, decide_service
from controller.decide.world import World
from controller.errors import DeniedError, TerminalError


async def explain_service(
    ref: ServiceRef, world: World, resync: timedelta, seen: Mapping[Ref, Outcome]
) -> ExplainedService | None:
    """Look at the service once more, and return why it stands as it does; None where it is gone.

    *seen* is what came of looking at the rest of the fleet, without which nobody knows what its
    gates have to say. Raises RetryError for a passing fault; what we may not see is told.
    """
    try:
        decided = await decide_service(ref, world)
    except (DeniedError, TerminalError) as error:
        return ExplainedService(unobserved(ref, error, resync), world.clock.now())
    outcome = of_service(ref, decided, world, resync)
    if outcome is None:
        return None
    explained = ExplainedService(outcome, world.clock.now())
    complete = decided.unfinished if isinstance(decided, Left) else decided
    if complete is None:
        return explained
    return await _with_all(explained, complete, world, seen)


async def _with_all(
    explained: ExplainedService, decided: Decided, world: World, seen: Mapping[Ref, Outcome]
) -> ExplainedService:
    candidate, ref = decided.candidate, decided.candidate.observed.ref
    asked = why(world.policies().policies, subject_of(candidate.observed))
    is_governed = isinstance(asked.selection, Governed)
    claims = world.fleet.claims
    groups = sorted(one for one in claims.claimed() if ref in claims.claimers_of(one))
    unasked = _unasked(decided)
    gates = () if unasked else await answered(candidate, world)
    return replace(
        explained,
        outcome=replace(explained.outcome, gates=gates),
        why=asked,
        standing=candidate.verdict.standing if is_governed else None,
        rules=rule_by_rule(candidate.verdict),
        log_groups=tuple(seen[one] for one in groups if one in seen),
        unasked=unasked,
    )


def _unasked(decided: Decided) -> str | None:
    """Return why no gate has anything to say, or None where there is something to let through."""
    verdict = decided.candidate.verdict
    if decided.candidate.edits:
        return None
    if not verdict.asks:
        return "no policy asks anything of the service"
    if decided.in_flight:
        return "a roll goes on, and is seen to its end first"
    if verdict.judgement.edits:
        return "no rule in Enforce asks for a change"
    if verdict.sync is Sync.EXEMPT:
        return "what was found is exempt"
    return "nothing that was found has an edit" if verdict.judgement.items else "nothing was found"
