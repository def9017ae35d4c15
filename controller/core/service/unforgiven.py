"""A conflict over the service that its cluster remembers, until a person forgives it.

Others undo our corrections, and the history that shows it ends some day: `approve` alone lifts it.
"""

from __future__ import annotations

from controller.core.move import Decision, Look, RememberConflict, Wait
from controller.core.reason import Health
from controller.core.service.approved import heeded
from controller.core.service.candidate import Candidate
from controller.core.service.deployment import History
from controller.core.service.observed import NotAsked
from controller.core.service.releases import undoings
from controller.core.state.conflicts import (
    MOST,
    REASONS,
    Conflict,
    conflict_of,
    conflict_tag,
    conflict_value,
)
from controller.core.state.model import ClusterState


def unforgiven(candidate: Candidate, because: str) -> Conflict | None:
    """Return the conflict of this code that is remembered, unless a person has approved since.

    None where it cannot be told what the cluster remembers: the gate `paused` holds that.
    """
    state = _state(candidate)
    found = None if state is None else state.conflicts.get(_tag(candidate))
    if found is None or found.because != because:
        return None
    approved = heeded(candidate)
    return found if approved is None or approved < found.at else None


def told_of_memory(found: Conflict) -> str:
    """Return what is said of a conflict that the history no longer shows."""
    often = "again and again, " if found.because == "ConflictingManager" else ""
    return (
        f"the corrected logging was taken off {often}last at {found.at:%Y-%m-%d %H:%M} UTC, and "
        "nobody has approved since; the history of the service tells no more of it"
    )


def why_forgotten(candidate: Candidate, because: str) -> str:
    """Return, to be put behind a message, why it lasts only as long as the history; else ""."""
    if not candidate.yes.writes or unforgiven(candidate, because) is not None:
        return ""
    cluster = candidate.observed.ref.cluster
    if RememberConflict in candidate.refused:
        why = f"the cluster {cluster} may not be tagged with it"
    elif _is_full(candidate):
        why = f"the cluster {cluster} remembers {MOST} such services already"
    else:
        return ""
    return f"; {why}, so it holds only as long as the history of the service shows it"


def remembering_conflict(
    candidate: Candidate, refusal: Wait | Look, health: Health
) -> Decision | None:
    """Return the move by which the cluster remembers what the roll is refused for.

    None where it need not, or cannot: then the history alone holds, as far as it goes.
    """
    history = candidate.observed.history
    if not isinstance(refusal, Wait) or not isinstance(history, History):
        return None
    because = refusal.reason.code
    may = candidate.yes.writes and RememberConflict not in candidate.refused
    if because not in REASONS or not may or _is_full(candidate):
        return None
    undone = undoings(candidate.observed, history, since=heeded(candidate))
    if not undone or _is_remembered(candidate, found := Conflict(undone[0].at, because)):
        return None
    ref = candidate.observed.ref
    move = RememberConflict(ref.cluster_ref, ref, found.at, because)
    return Decision(move, health, refusal.reason)


def _is_remembered(candidate: Candidate, found: Conflict) -> bool:
    """Tell whether it is: as it would be written now, or as it was when it was seen first."""
    state = _state(candidate)
    before = None if state is None else state.conflicts.get(_tag(candidate))
    # The tag holds milliseconds, and what it says may be forgiven by less than one.
    same = before is not None and before == conflict_of(conflict_value(found))
    return state is None or same or unforgiven(candidate, found.because) is not None


def _is_full(candidate: Candidate) -> bool:
    state = _state(candidate)
    conflicts = {} if state is None else state.conflicts
    return len(conflicts) >= MOST and _tag(candidate) not in conflicts


def _state(candidate: Candidate) -> ClusterState | None:
    """Return what the service's cluster remembers, or None where that is not known."""
    states, cluster = candidate.observed.state, candidate.observed.ref.cluster_ref
    state = None if isinstance(states, NotAsked) else states.get(cluster)
    return state if isinstance(state, ClusterState) else None


def _tag(candidate: Candidate) -> str:
    return conflict_tag(candidate.observed.ref.arn)
