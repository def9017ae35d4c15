"""From a decision to the Outcome that reports it: redacted, and with the time to look again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, get_args

from controller.core.consent import Change
from controller.core.document.diff import diff
from controller.core.document.edit import Edit
from controller.core.document.json import Document
from controller.core.document.patch import json_patch
from controller.core.document.path import Path
from controller.core.move import Decision, Deploy, Done, Move, Redeploy, Register, Wait
from controller.core.outcome import Outcome, Proposal
from controller.core.policy.owner_tags import is_suspended
from controller.core.policy.standing import Standing
from controller.core.reason import Health, Reason, Sync
from controller.core.refs import Ref, ServiceRef
from controller.core.service.candidate import Candidate
from controller.core.service.fingerprint import change_of
from controller.core.service.public import is_public
from controller.core.service.rolls.takes_long import takes_long
from controller.core.service.rolls.told import roll_in_flight
from controller.core.state.model import ClusterState
from controller.decide.cluster import DecidedCluster
from controller.decide.log_group import DecidedGroup
from controller.decide.service import Decided, Left
from controller.decide.world import World
from controller.errors import NOT_SAVED, SAVE_ANEW, AwsError, DeniedError

_SOONEST: Final = timedelta(seconds=1)
_OF_A_LOG_GROUP: Final = frozenset(
    {"logGroupName", "retentionInDays", "kmsKeyId", "logGroupClass", "deletionProtectionEnabled"}
)
_PERMISSIONS: Final = "See docs/permissions.md for what is read and written, and why."


def of_service(
    ref: ServiceRef, decided: Left | Decided, world: World, resync: timedelta
) -> Outcome | None:
    """Return the Outcome of one look at a service; None where the service is gone."""
    if isinstance(decided, Left):
        return _of_left(ref, decided, world, resync)
    candidate = decided.candidate
    verdict, revision = candidate.verdict, candidate.observed.revision
    outcome = Outcome(
        ref=ref,
        sync=verdict.sync,
        health=decided.decision.health,
        requeue_after=resync,
        policy=verdict.policy.name,
        policy_digest=candidate.policy_digest,
        task_definition=revision.arn,
        findings=verdict.judgement.findings,
        proposal=_proposal(
            change_of(candidate.observed, verdict),
            verdict.document,
            shown=verdict.judgement.edits,
            enforced=verdict.enforced,
        ),
        in_flight=decided.in_flight and _goes_on(decided.decision),
        may_move=candidate.yes.writes,
    )
    outcome = _warned(_standing(outcome, verdict.standing, world.clock.now()), candidate)
    outcome = _going_on(outcome, candidate)
    return _with_step(outcome, decided.decision, world.clock.now(), outcome.requeue_after)


def _going_on(outcome: Outcome, candidate: Candidate) -> Outcome:
    """Return *outcome* with the roll that goes on, and whether somebody suspended the service."""
    observed = candidate.observed
    roll = roll_in_flight(observed, candidate.policy.rollout, candidate.now)
    return replace(outcome, roll=roll, suspended=is_suspended(observed.service.tags or {}))


def _warned(outcome: Outcome, candidate: Candidate) -> Outcome:
    """Return *outcome* with a warning where a roll takes longer than a healthy one may."""
    told = takes_long(candidate.observed, candidate.policy.rollout, candidate.now)
    return outcome if told is None else replace(outcome, warnings=(*outcome.warnings, told))


def _standing(outcome: Outcome, standing: Standing | None, now: datetime) -> Outcome:
    """Return *outcome* with what is said of the standing, and looked at again when that changes."""
    if standing is None:
        return outcome
    again = outcome.requeue_after
    if standing.changes_at is not None:
        again = min(again, max(standing.changes_at - now, _SOONEST))
    return replace(outcome, requeue_after=again, warnings=standing.warnings)


def _goes_on(decision: Decision) -> bool:
    """Tell whether the roll goes on by itself or by our next move, rather than needing a person."""
    step = decision.step
    if not isinstance(step, Wait):
        return True
    return step.until is not None and step.reason.code != "AwaitingPerson"


def _of_left(ref: ServiceRef, left: Left, world: World, resync: timedelta) -> Outcome | None:
    if left.sync is None:
        return None
    outcome = Outcome(
        ref=ref,
        sync=left.sync,
        health=Health.HEALTHY,
        requeue_after=resync,
        reason=left.reason,
        policy_digest=world.policies().digest,
    )
    if (unfinished := left.unfinished) is None:
        return outcome
    candidate, decision = unfinished.candidate, unfinished.decision
    outcome = _standing(outcome, candidate.verdict.standing, world.clock.now())
    outcome = _going_on(_warned(outcome, candidate), candidate)
    arn = candidate.observed.revision.arn
    outcome = replace(outcome, task_definition=arn, may_move=candidate.yes.writes)
    if isinstance(decision.step, Done):
        return outcome
    in_flight = unfinished.in_flight and _goes_on(decision)
    outcome = replace(outcome, health=decision.health, in_flight=in_flight)
    return _with_step(outcome, decision, world.clock.now(), outcome.requeue_after)


def of_log_group(decided: DecidedGroup, world: World, resync: timedelta) -> Outcome:
    """Return the Outcome of one look at a log group."""
    judgement = decided.verdict.judgement
    outcome = Outcome(
        ref=decided.group.ref,
        sync=decided.verdict.sync,
        health=decided.decision.health,
        requeue_after=resync,
        policy=", ".join(decided.verdict.joined.policies),
        policy_digest=world.policies().digest,
        findings=judgement.findings,
        proposal=_proposal(
            decided.change,
            decided.group.document,
            shown=judgement.edits,
            enforced=judgement.enforced,
        ),
        claimers=tuple(sorted(world.fleet.claims.claimers_of(decided.group.ref))),
    )
    return _with_step(outcome, decided.decision, world.clock.now(), resync)


def of_cluster(decided: DecidedCluster, world: World, resync: timedelta) -> Outcome:
    """Return the Outcome of one look at a cluster: how it stands to the policies as a set.

    What could not be read counts as not observed only where it keeps something from being written:
    an audit does not need it.
    """
    state, health = decided.cluster.state, decided.decision.health
    remembers = state.policy_digest if isinstance(state, ClusterState) else None
    sync = Sync.UNGOVERNED
    if remembers is not None:
        sync = Sync.COMPLIANT if remembers == decided.new.digest else Sync.DRIFTED
    is_missing = health is Health.DEGRADED
    outcome = Outcome(
        ref=decided.cluster.ref,
        sync=Sync.UNKNOWN if is_missing else sync,
        health=health,
        requeue_after=resync,
        policy_digest=world.policies().digest,
        may_move=decided.may_move,
        observed=not is_missing,
    )
    return _with_step(outcome, decided.decision, world.clock.now(), resync)


def _proposal(
    change: Change, document: Document, *, shown: tuple[Edit, ...], enforced: tuple[Edit, ...]
) -> Proposal | None:
    if not shown:
        return None
    lines = diff(document, shown, public=_is_shown)
    written = {line.path for line in diff(document, enforced, public=_is_shown)}
    held = frozenset(line.path for line in lines) - written
    return Proposal(change, lines, json_patch(document, enforced), held)


def _is_shown(path: Path) -> bool:
    return is_public(path) or str(path) in _OF_A_LOG_GROUP


def _with_step(outcome: Outcome, decision: Decision, now: datetime, resync: timedelta) -> Outcome:
    match decision.step:
        case Wait(reason=reason, until=until):
            again = resync if until is None else min(max(until - now, _SOONEST), resync)
            return replace(outcome, reason=reason, requeue_after=again)
        case Done(reason=reason):
            return replace(outcome, reason=reason)
        case step if isinstance(step, get_args(Move)):
            return replace(outcome, reason=decision.why, move=_shown(step))
        case _:
            return outcome


def _shown(move: Move) -> Move:
    """Return *move* as reports may keep it: without documents, tags and AppSpecs."""
    if isinstance(move, Register):
        return replace(move, document={}, tags={})
    return replace(move, content="") if isinstance(move, Deploy | Redeploy) else move


def unobserved(ref: Ref, error: AwsError, resync: timedelta) -> Outcome:
    """Return the Outcome of a look that AWS did not allow: nothing is known, nothing is done."""
    return Outcome(
        ref=ref,
        sync=Sync.UNKNOWN,
        health=Health.DEGRADED,
        requeue_after=resync,
        reason=_reason(error),
        observed=False,
    )


def refused(outcome: Outcome, error: AwsError, resync: timedelta) -> Outcome:
    """Return *outcome* with the reason why AWS did not take the move."""
    return replace(outcome, health=Health.DEGRADED, reason=_reason(error), requeue_after=resync)


def _reason(error: AwsError) -> Reason:
    if isinstance(error, DeniedError):
        return Reason("AccessDenied", str(error), _PERMISSIONS)
    if error.code == NOT_SAVED:
        return Reason("NotSaved", str(error), SAVE_ANEW)
    return Reason("Refused", str(error), "AWS would refuse it again: see what it says.")
