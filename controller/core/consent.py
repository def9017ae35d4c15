"""The process's yes: whether a change may be written, beside what policy and rule say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from controller.core.reason import Reason
from controller.core.refs import Ref


@dataclass(frozen=True, slots=True)
class Change:
    """A change as a plan file knows it: what it is made to, and what it makes of it.

    `fingerprint` identifies what the target was when the change was computed, `patch` the change.
    """

    ref: Ref
    fingerprint: str
    patch: str


@dataclass(frozen=True, slots=True)
class Yes:
    """Whether the process lets one change be written; if not, `otherwise` says why.

    `writes` tells whether the process may write to this target at all, which includes seeing a
    roll through, returning, and tidying up: a plan file speaks of its own targets only.
    """

    given: bool
    writes: bool
    otherwise: Reason


class Consent(Protocol):
    """Who answers for the process."""

    def to(self, change: Change) -> Yes:
        """Return the process's answer to *change*."""
        ...


NOT_ENFORCED = Reason(
    "AuditOnly",
    "this process does not enforce",
    "Start it with --enforce (or ECS_LOGGING_ENFORCE=true).",
)


class Never:
    """The answer of a process in Audit."""

    def to(self, change: Change) -> Yes:
        """Return no."""
        return Yes(given=False, writes=False, otherwise=NOT_ENFORCED)


class Always:
    """The answer of a process that was started with --enforce."""

    def to(self, change: Change) -> Yes:
        """Return yes."""
        return Yes(given=True, writes=True, otherwise=NOT_ENFORCED)
