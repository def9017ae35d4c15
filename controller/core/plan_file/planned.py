"""The yes of a process that was given a plan file: to the changes in the file, and no others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from controller.core.consent import Change, Yes
from controller.core.plan_file.model import Entry, PlanFile
from controller.core.reason import Reason

_AGAIN: Final = "Make a new plan: ecs-logging plan --out."
_NOT_PLANNED: Final = Reason("NotPlanned", "the plan file does not name this target", _AGAIN)
_OTHER_TARGET: Final = Reason(
    "PlanOutdated", "the target is no longer what it was when the plan was made", _AGAIN
)
_OTHER_PATCH: Final = Reason(
    "PlanOutdated", "the correction would be another than that of the plan", _AGAIN
)


@dataclass(frozen=True, slots=True)
class Planned:
    """Says yes to a change exactly when the plan has it: same target, fingerprint and patch."""

    plan: PlanFile

    def to(self, change: Change) -> Yes:
        """Return the answer that the plan gives to *change*."""
        entries = [entry for entry in self.plan.entries if entry.arn == change.ref.arn]
        given = any(entry.allows(change) for entry in entries)
        return Yes(given=given, writes=bool(entries), otherwise=_why_not(entries, change))


def _why_not(entries: list[Entry], change: Change) -> Reason:
    if not entries:
        return _NOT_PLANNED
    same = any(entry.fingerprint == change.fingerprint for entry in entries)
    return _OTHER_PATCH if same else _OTHER_TARGET
