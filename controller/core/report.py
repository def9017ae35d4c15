"""A report: how all targets stood at one moment, and what could not be seen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from controller.core.outcome import Outcome
from controller.core.policy.severity import Severity
from controller.core.reason import Reason, Sync


@dataclass(frozen=True, slots=True)
class Report:
    """The outcomes of one look at a fleet, in the order of their refs.

    `gaps` are sentences that name what could not be listed or looked at, and why. `inventory` is
    the file that was looked at instead of AWS: then all is as of `observed_at`. `notices` are what
    people should know of exceptions and of owners' tags.
    """

    observed_at: datetime
    policy_digest: str
    outcomes: tuple[Outcome, ...]
    gaps: tuple[str, ...] = ()
    inventory: str | None = None
    notices: tuple[Reason, ...] = ()

    @property
    def incomplete(self) -> bool:
        """Tell whether anything could not be seen, or could not be compared with the policy."""
        unsure = {Sync.UNKNOWN, Sync.UNDECIDED}
        return bool(self.gaps) or any(
            one.sync in unsure
            or not one.observed
            or any(finding.is_unsure for finding in one.findings)
            for one in self.outcomes
        )

    @property
    def counts(self) -> dict[Sync, int]:
        """How many targets stand how."""
        counted = Counter(one.sync for one in self.outcomes)
        return {sync: counted[sync] for sync in Sync}

    def violates(self, least: Severity) -> bool:
        """Tell whether there is a violation of at least this severity."""
        return any(
            finding.is_violation and finding.severity >= least
            for one in self.outcomes
            for finding in one.findings
        )
