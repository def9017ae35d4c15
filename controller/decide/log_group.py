"""One log group: join what its claimers ask, observe, judge, and return the next step."""

from __future__ import annotations

from dataclasses import dataclass

from controller.core.consent import Change, Yes
from controller.core.log_group.claims import join
from controller.core.log_group.fingerprint import change_of
from controller.core.log_group.next_move import next_move
from controller.core.log_group.observed import LogGroup
from controller.core.log_group.verdict import LogGroupVerdict, judge
from controller.core.move import Decision, Done, Look, Wait
from controller.core.refs import LogGroupRef
from controller.decide.withheld import unless_withheld
from controller.decide.world import World
from controller.observe.key import look_up_key


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
    before = join(world.fleet.claims.claims_on(ref))
    if before is None:
        return None
    key = await look_up_key(before.kms_key_id, ref.region, world.kms)
    group = await world.logs.log_group(ref)
    joined = join(world.fleet.claims.claims_on(ref))
    if joined is None:
        return None
    if joined.kms_key_id != before.kms_key_id:
        return await decide_log_group(ref, world)
    verdict = judge(group, joined, world.identity.instance, now=world.clock.now(), key=key)
    change = change_of(group, verdict.judgement.enforced)
    yes = world.consent.to(change)
    decision = _next_move(group, verdict, yes, world)
    if not isinstance(decision.step, Wait | Done | Look):
        clusters = {one.cluster_ref for one in world.fleet.claims.claimers_of(ref)}
        yes = await unless_withheld(yes, ref, clusters, world)
        if join(world.fleet.claims.claims_on(ref)) != joined:
            return await decide_log_group(ref, world)
        decision = _next_move(group, verdict, yes, world)
    return DecidedGroup(group, verdict, change, decision)


def _next_move(group: LogGroup, verdict: LogGroupVerdict, yes: Yes, world: World) -> Decision:
    return next_move(
        group,
        verdict,
        instance=world.identity.instance,
        yes=yes,
        claims_complete=world.fleet.complete,
        claims_whole=world.fleet.sees_all,
        now=world.clock.now(),
    )
