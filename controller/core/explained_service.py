"""All that is known of why one service stands as it does, for whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from controller.core.gate import Answer
from controller.core.move import Wait
from controller.core.outcome import Outcome
from controller.core.policy.standing import Standing
from controller.core.policy.why import Why
from controller.core.service.rule_by_rule import RuleStanding


@dataclass(frozen=True, slots=True)
class ExplainedService:
    """How a service stands, and everything that led to it: judged and redacted values only.

    `outcome` is the one that an audit tells. `why` is None where the service, or the revision that
    it is set to, could not be seen; `standing` where no policy governs. `log_groups` are how those
    stand that it asks for. `unasked` says why no gate was asked, where that is so. `gaps` are
    sentences on what of the fleet could not be seen: what others do to this service, by the
    budget, shared log groups and the like, is told only as far as they were.
    """

    outcome: Outcome
    observed_at: datetime
    why: Why | None = None
    standing: Standing | None = None
    rules: tuple[RuleStanding, ...] = ()
    log_groups: tuple[Outcome, ...] = ()
    unasked: str | None = None
    gaps: tuple[str, ...] = ()
    inventory: str | None = None

    @property
    def gates(self) -> tuple[Answer, ...]:
        """What all gates say of what would be rolled; nothing where none was asked."""
        return self.outcome.gates

    @property
    def holding(self) -> tuple[Wait, ...]:
        """What the gates say that hold the service, in their order."""
        return tuple(one.holds for one in self.gates if one.holds is not None)
