"""Comparing two judgements of one fleet, target by target, and measuring the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from controller.core.judge.finding import Finding
from controller.core.outcome import Outcome
from controller.core.pace.ask import covered
from controller.core.pace.traffic import Sighting, Traffic
from controller.core.policy_impact.counts import counts
from controller.core.policy_impact.differences import differences
from controller.core.policy_impact.model import Impact, Judged, Pair, TargetImpact
from controller.core.reason import Sync
from controller.core.refs import ClusterRef, LogGroupRef, Ref, ServiceRef
from controller.core.state.impact import UNREAD, NewSet, States, held, measure
from controller.core.state.model import ClusterState, Unknown


def compare(old: Judged, new: Judged, states: States) -> Impact:
    """Return what *new* in place of *old* would change; *states* are what clusters remember now.

    Both judge what was seen of the same services, at the same moment.
    """
    targets = tuple(_targets(old, new))
    fleet = _as_measured(old, new)
    before = _with_old_in_force(old, fleet, states)
    new_set = NewSet(new.policies.short_digest, new.policies.max_impact)
    return Impact(
        observed_at=new.report.observed_at,
        digest=Pair(_digest(old), _digest(new)),
        targets=targets,
        counts=counts(old, new, targets),
        measure=measure(new_set, fleet, before),
        max_impact=new_set.max_impact,
        held=held(new_set, fleet, before),
        gaps=tuple(dict.fromkeys((*old.report.gaps, *new.report.gaps))),
        incomplete=old.report.incomplete or new.report.incomplete,
    )


def _digest(judged: Judged) -> str | None:
    return judged.policies.digest if judged.policies.policies else None


def _targets(old: Judged, new: Judged) -> Iterator[TargetImpact]:
    before, after = ({one.ref: one for one in each.report.outcomes} for each in (old, new))
    refs: set[Ref] = {ref for ref in before.keys() | after.keys() if not _is_cluster(ref)}
    for ref in sorted(refs, key=lambda one: (isinstance(one, LogGroupRef), one.arn)):
        outcomes = Pair(before.get(ref), after.get(ref))
        findings = Pair(_findings(outcomes.old), _findings(outcomes.new))
        yield TargetImpact(
            ref=ref,
            policy=Pair(_policy(outcomes.old), _policy(outcomes.new)),
            sync=Pair(_sync(outcomes.old), _sync(outcomes.new)),
            written=Pair(_is_written(ref, old, outcomes.old), _is_written(ref, new, outcomes.new)),
            is_new_write=_is_new_write(ref, old, new, outcomes),
            added=_beside(findings.new, findings.old),
            removed=_beside(findings.old, findings.new),
            differences=differences(ref, old, new),
            reason=None if outcomes.new is None else outcomes.new.reason,
        )


def _is_cluster(ref: Ref) -> bool:
    """Tell whether it is a cluster, of which policies ask nothing."""
    return isinstance(ref, ClusterRef)


def _policy(outcome: Outcome | None) -> str | None:
    return None if outcome is None else outcome.policy


def _sync(outcome: Outcome | None) -> Sync | None:
    return None if outcome is None else outcome.sync


def _findings(outcome: Outcome | None) -> tuple[Finding, ...]:
    return () if outcome is None else outcome.findings


def _beside(these: Sequence[Finding], those: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return *these* that are not among *those*; what merely becomes enforced is among them."""
    known = {_told(one) for one in those}
    return tuple(one for one in these if _told(one) not in known)


def _told(one: Finding) -> tuple[object, ...]:
    return one.id, one.severity, one.message, one.exempt_by


def _is_written(ref: Ref, judged: Judged, outcome: Outcome | None) -> bool:
    if isinstance(ref, ServiceRef):
        seen = judged.traffic.sightings.get(ref)
        return seen is not None and any(one.is_certain for one in seen.asks)
    return outcome is not None and (outcome.awaits_consent or outcome.move is not None)


def _is_new_write(ref: Ref, old: Judged, new: Judged, outcomes: Pair[Outcome | None]) -> bool:
    is_written = _is_written(ref, new, outcomes.new)
    if isinstance(ref, ServiceRef):
        before, after = (each.traffic.sightings.get(ref) for each in (old, new))
        return is_written and after is not None and not _same_write(before, after)
    was_written = _is_written(ref, old, outcomes.old)
    return is_written and not (was_written and _patch(outcomes.old) == _patch(outcomes.new))


def _patch(outcome: Outcome | None) -> object:
    proposal = None if outcome is None else outcome.proposal
    return None if proposal is None else proposal.patch


def _same_write(before: Sighting | None, after: Sighting) -> bool:
    return before is not None and covered(after.asks, before.asks)


# ── what the controller would say of the new set ──────────────────────────────────────────────────


def _as_measured(old: Judged, new: Judged) -> Traffic:
    """Return the fleet as a controller sees it that goes on with the new set where the old was.

    What cannot be seen is told beside the measure, and does not keep it from being taken.
    """
    asked = frozenset({old.policies.short_digest})
    before = old.traffic.sightings
    sightings = {
        ref: replace(one, asked_by=asked if _same_write(before.get(ref), one) else frozenset())
        for ref, one in new.traffic.sightings.items()
    }
    return replace(new.traffic, complete=True, sightings=sightings)


def _with_old_in_force(old: Judged, fleet: Traffic, states: States) -> States:
    """Return what clusters remember once the old set is in force, which it is where it enforces.

    Elsewhere they remember what they do now; an approval that was given is not forgotten.
    """
    return {one: _state(one, old, states) for one in fleet.clusters}


def _state(cluster: ClusterRef, old: Judged, states: States) -> ClusterState | Unknown:
    here = [one for one in old.traffic.sightings.values() if one.ref.cluster_ref == cluster]
    now = states.get(cluster, UNREAD)
    if not any(one.enforces for one in here):
        return now
    known = now if isinstance(now, ClusterState) else ClusterState()
    governed = sum(one.policy is not None for one in here)
    return replace(known, policy_digest=old.policies.short_digest, governed=governed)
