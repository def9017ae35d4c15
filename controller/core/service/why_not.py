"""Why nothing is to be written to a service although something may differ."""

from __future__ import annotations

from controller.core.judge.finding import EXEMPT
from controller.core.policy.standing import exempt
from controller.core.reason import Reason
from controller.core.service.candidate import Candidate
from controller.core.service.collision import collision


def why_not(candidate: Candidate) -> Reason | None:
    """Return what keeps the edits that may be from being made, or None where there are none.

    What is exempt is told only where nothing else is: the rest is of more use.
    """
    if (met := collision(candidate, candidate.verdict.claims.keys())) is not None:
        return met
    blocked = [one for one in candidate.verdict.judgement.findings if one.blocked is not None]
    first = min(blocked, key=lambda one: one.blocked == EXEMPT, default=None)
    if first is None or first.blocked is None:
        return None
    standing = candidate.verdict.standing
    if standing is not None and standing.held is not None and first.blocked == standing.held.code:
        return standing.held
    exemptions = () if standing is None else standing.exemptions
    by = next((one for one in exemptions if one.name == first.exempt_by), None)
    return Reason(first.blocked, first.message) if by is None else exempt(by)
