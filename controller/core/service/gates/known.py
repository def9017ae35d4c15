"""Nothing that a rule in Enforce asks for is unknown."""

from __future__ import annotations

from controller.core.move import Wait
from controller.core.service.candidate import Candidate


def known(candidate: Candidate) -> Wait | None:
    """Refuse with `Unknown` where a rule in Enforce could not compare what is."""
    unknown = candidate.verdict.judgement.unknown_in_enforce
    if not unknown:
        return None
    return candidate.refuse(
        "Unknown",
        unknown[0].message,
        "Let the controller read it (see docs/permissions.md), or set the rule to Audit.",
    )
