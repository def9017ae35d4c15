"""Status: what goes on in a fleet, from one look at all of it and from what its clusters say.

Nothing of it is remembered anywhere but in AWS, so whoever looks sees the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from controller.core.consent import NOT_ENFORCED
from controller.core.outcome import Outcome, RollInFlight
from controller.core.pace.line import stopped
from controller.core.pace.traffic import Traffic
from controller.core.policy.policy_set import PolicySet
from controller.core.reason import Reason
from controller.core.refs import ClusterRef, Ref, ServiceRef
from controller.core.report import Report
from controller.core.state.impact import States
from controller.core.state.model import ClusterState
from controller.core.state.waves import WaveStatus, waves_of

HOLDS: Final = frozenset({"ConflictingManager", "HeldAfterFailure"})
"""The codes of what holds one service until a person, or the world, has changed something."""


@dataclass(frozen=True, slots=True)
class StoppedLine:
    """A policy under which nothing more begins, and why."""

    policy: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Rolling:
    """A roll that goes on, or the way back from one. `told` says what it waits for."""

    ref: ServiceRef
    roll: RollInFlight
    told: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that wait for the same reason; `until` is when the first of them may go on."""

    code: str
    refs: tuple[Ref, ...]
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A service that is held, and why."""

    ref: Ref
    reason: Reason


@dataclass(frozen=True, slots=True)
class Status:
    """What goes on. `clusters` are those that say anything, with what they say.

    `ready` are those that only wait for a process that enforces. `policy_digest` is None where no
    policies were given: then only what was begun, and what clusters say, is known.
    """

    observed_at: datetime
    policy_digest: str | None
    clusters: Mapping[ClusterRef, ClusterState | Reason] = field(default_factory=dict)
    lines: tuple[StoppedLine, ...] = ()
    waves: tuple[WaveStatus, ...] = ()
    rolls: tuple[Rolling, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    ready: tuple[Ref, ...] = ()
    holds: tuple[Held, ...] = ()
    suspended: tuple[Ref, ...] = ()
    gaps: tuple[str, ...] = ()


def status_of(
    report: Report, traffic: Traffic, policies: PolicySet | None, states: States
) -> Status:
    """Return what goes on, from the *report* of a look and what was seen for it."""
    governing = () if policies is None else policies.policies
    told = {
        ref: state if isinstance(state, ClusterState) else state.reason
        for ref, state in sorted(states.items())
        if not isinstance(state, ClusterState) or _says_anything(state)
    }
    rolls = tuple(_rolls(report))
    moving = {one.ref for one in rolls}
    left = [one for one in report.outcomes if one.ref not in moving]
    return Status(
        observed_at=report.observed_at,
        policy_digest=None if policies is None else policies.digest,
        clusters=told,
        lines=tuple(_lines(traffic, policies, states)),
        waves=tuple(
            wave
            for policy in governing
            for wave in waves_of(policy, traffic, states, report.policy_digest, report.observed_at)
        ),
        rolls=rolls,
        waiting=_waiting(left),
        ready=tuple(one.ref for one in left if _is_ready(one)),
        holds=tuple(
            Held(one.ref, reason) for one in left for reason in one.held_by if reason.code in HOLDS
        ),
        suspended=tuple(one.ref for one in report.outcomes if one.suspended),
        gaps=report.gaps,
    )


def _says_anything(state: ClusterState) -> bool:
    return state.paused is not None or state.unknown_member is not None


def _lines(traffic: Traffic, policies: PolicySet | None, states: States) -> Iterator[StoppedLine]:
    acknowledged = {
        ref: state.acknowledged
        for ref, state in states.items()
        if isinstance(state, ClusterState) and state.acknowledged is not None
    }
    for policy in () if policies is None else policies.policies:
        reason = stopped(policy, traffic.sightings, acknowledged)
        if reason is not None:
            yield StoppedLine(policy.name, reason)


def _rolls(report: Report) -> Iterator[Rolling]:
    for one in report.outcomes:
        if one.roll is not None and isinstance(one.ref, ServiceRef):
            yield Rolling(one.ref, one.roll, None if one.reason is None else one.reason.message)


def _is_ready(one: Outcome) -> bool:
    return one.awaits_consent and one.held_by == (NOT_ENFORCED,)


def _waiting(outcomes: list[Outcome]) -> tuple[Waiting, ...]:
    """Return what waits by its reasons, the most frequent first; one may wait for several."""
    refs: dict[str, dict[Ref, None]] = {}
    until: dict[str, datetime] = {}
    for one in outcomes:
        if one.proposal is None or not one.proposal.patch:
            continue
        for reason in one.held_by:
            if reason != NOT_ENFORCED and reason.code not in HOLDS:
                refs.setdefault(reason.code, {})[one.ref] = None
        for gate in one.gates:
            if gate.holds is not None and gate.holds.until is not None:
                code, at = gate.holds.reason.code, gate.holds.until
                until[code] = min(at, until.get(code, at))
    found = (Waiting(code, tuple(who), until.get(code)) for code, who in refs.items())
    return tuple(sorted(found, key=lambda one: (-len(one.refs), one.code)))
