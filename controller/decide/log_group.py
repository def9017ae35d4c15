"""One log group: join what its claimers ask, observe, judge, and return the next step."""

from __future__ import annotations

from dataclasses import dataclass

from controller.core.consent import Change
from controller.core.log_group.claims import join
from controller.core.log_group.fingerprint import change_of
from controller.core.log_group.next_move import next_move
from controller.core.log_group.observed import LogGroup
from controller.core.log_group.verdict import LogGroupVerdict, judge
from controller.core.move import Decision
from controller.core.refs import LogGroupRef
from controller.decide.world import World


@dataclass(frozen=True, slots=True)
class DecidedGroup:
    """What the claimers say of the group, and the next step that follows."""

    group: LogGroup
    verdict: LogGroupVerdict
    change: Change
    decision: Decision


async def decide_log_group(ref: LogGroupRef, world: World) -> DecidedGroup | None:
    """Observe and judge the log group, and return its next step; None where nobody claims it.

    Raises an AwsError where the group cannot be observed.
    """
    if join(world.fleet.claims_on(ref)) is None:
        return None
    group = await world.logs.log_group(ref)
    joined = join(world.fleet.claims_on(ref))
    if joined is None:
        return None
    verdict = judge(group, joined, world.identity.instance)
    change = change_of(group, verdict.judgement.enforced)
    decision = next_move(
        group,
        verdict,
        instance=world.identity.instance,
        yes=world.consent.to(change),
        claims_complete=world.fleet.complete,
        claims_whole=world.fleet.sees_all,
        now=world.clock.now(),
    )
    return DecidedGroup(group, verdict, change, decision)
