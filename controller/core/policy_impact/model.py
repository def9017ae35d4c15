"""The impact of a change of policies: target by target, in numbers, and what maxImpact says of it.

It compares two judgements of one fleet at one moment. What both sets say alike is no impact, how
bad it may be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from controller.core.judge.finding import Finding
from controller.core.pace.traffic import Traffic
from controller.core.policy.policy_set import PolicySet
from controller.core.reason import Reason, Sync
from controller.core.refs import Ref, ServiceRef
from controller.core.report import Report
from controller.core.state.impact import Measure

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Judged:
    """A fleet as one set of policies judges it.

    `logs_to` tells of each service where each container would log if all edits were made.
    """

    policies: PolicySet
    report: Report
    traffic: Traffic
    logs_to: Mapping[ServiceRef, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """One thing under the old set, and under the new one."""

    old: T
    new: T

    @property
    def differs(self) -> bool:
        """Tell whether the two sets differ in it."""
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class Difference:
    """What is wanted of one part of a target: of a container, where it logs; None is nothing."""

    of: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class TargetImpact:
    """What the change of policies changes for one target.

    `sync` is None under a set that has nothing to do with a log group. `written` tells whether the
    set would write it, once what holds the write lets go: a service by a new revision that is
    rolled out. `is_new_write`: the new set would write what the old one would not. `reason` is
    what the new set says of it.
    """

    ref: Ref
    policy: Pair[str | None]
    sync: Pair[Sync | None]
    written: Pair[bool]
    is_new_write: bool = False
    added: tuple[Finding, ...] = ()
    removed: tuple[Finding, ...] = ()
    differences: tuple[Difference, ...] = ()
    reason: Reason | None = None

    @property
    def is_affected(self) -> bool:
        """Tell whether anything is otherwise under the new set."""
        differs = self.policy.differs or self.sync.differs or self.written.differs
        found = bool(self.added or self.removed or self.differences)
        return differs or self.is_new_write or found


@dataclass(frozen=True, slots=True)
class Impact:
    """What one set of policies in place of another would change in a fleet.

    The `digest` of a set without any policy is None.
    `counts` are numbers of services and log groups under either set, by what they are called.
    `measure` and `held` are what the controller would say of the new set where the old one is in
    force: `held` is why it would load as Audit, if so. `max_impact` is that of the new set, in
    percent. `gaps` are sentences on what could not be seen. `inventory` is the file that was looked
    at instead of AWS.
    """

    observed_at: datetime
    digest: Pair[str | None]
    targets: tuple[TargetImpact, ...]
    counts: Mapping[str, Pair[int]]
    measure: Measure
    max_impact: int
    held: Reason | None
    gaps: tuple[str, ...]
    incomplete: bool
    inventory: str | None = None

    @property
    def affected(self) -> tuple[TargetImpact, ...]:
        """The targets for which anything is otherwise under the new set."""
        return tuple(one for one in self.targets if one.is_affected)

    @property
    def new_writes(self) -> tuple[TargetImpact, ...]:
        """The services that the new set would roll out to, as the old one would not."""
        return tuple(
            one for one in self.targets if one.is_new_write and isinstance(one.ref, ServiceRef)
        )
