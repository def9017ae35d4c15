"""What came of looking at one target once: everything that reports, metrics and the queue need.

An Outcome holds judged and redacted values only: no document, no old value, nothing from which
a write could be made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from controller.core.consent import NOT_ENFORCED, Change
from controller.core.document.diff import Change as Line
from controller.core.document.patch import Operation
from controller.core.document.path import Path
from controller.core.gate import Answer
from controller.core.judge.finding import Finding
from controller.core.move import Move
from controller.core.reason import Health, Reason, Sync
from controller.core.record import Record
from controller.core.refs import Ref, ServiceRef


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be changed: `lines` of all rules, `patch` of those in Enforce only.

    `held` are the paths of those lines that no rule in Enforce asks for.
    """

    change: Change
    lines: tuple[Line, ...]
    patch: tuple[Operation, ...]
    held: frozenset[Path] = frozenset()


@dataclass(frozen=True, slots=True)
class RollInFlight:
    """A roll that goes on: its phase by name, to which revision, since when, and until when.

    `until` is when its phase ends, one way or the other; None where nobody can say.
    """

    phase: str
    task_definition: str
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one target stands, and what was done about it.

    `move` is the step that was taken, or that would be if the process enforced; `moved` tells
    which. A registration stands there without its document. `may_move` False: the process writes
    nothing to this target. `observed` False: it could not be looked at, so the picture is
    incomplete. `requeue_after` is when to look again. `policy_digest` is that of the set of
    policies by which it was judged, findings and all. `warnings` are sentences on what its owner
    says by tags, and on a roll that takes long. `gates` are what all gates say of what would be
    rolled, where all were asked.
    `claimers` are the services that ask anything of a log group. `record` is that of the write that
    was made or tried, whatever came of it. `roll` is the roll of ours that goes on. `suspended`:
    somebody has suspended the service, whether anything is asked of it or not.
    """

    ref: Ref
    sync: Sync
    health: Health
    requeue_after: timedelta
    reason: Reason | None = None
    policy: str | None = None
    policy_digest: str | None = None
    task_definition: str | None = None
    findings: tuple[Finding, ...] = ()
    proposal: Proposal | None = None
    move: Move | None = None
    moved: bool = False
    may_move: bool = True
    observed: bool = True
    in_flight: bool = False
    warnings: tuple[str, ...] = ()
    gates: tuple[Answer, ...] = ()
    claimers: tuple[ServiceRef, ...] = ()
    record: Record | None = None
    roll: RollInFlight | None = None
    suspended: bool = False

    @property
    def held_by(self) -> tuple[Reason, ...]:
        """All that holds it: its reason first, then whatever else a gate has against a roll.

        That the process does not enforce holds everything alike, and is told where it is all.
        """
        first = () if self.reason is None else (self.reason,)
        told = (one.holds.reason for one in self.gates if one.holds is not None)
        return tuple(dict.fromkeys((*first, *(one for one in told if one != NOT_ENFORCED))))

    @property
    def awaits_consent(self) -> bool:
        """Tell whether nothing but the process's own yes keeps the proposal from being written."""
        return (
            self.reason == NOT_ENFORCED and self.proposal is not None and bool(self.proposal.patch)
        )
