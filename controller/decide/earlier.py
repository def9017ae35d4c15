"""Sets of policies that were in force earlier in this process, held against the present one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from controller.core.document.edit import apply
from controller.core.policy.policy_set import PolicySet
from controller.core.service.candidate import Candidate
from controller.core.service.registration import content_digest, registrable
from controller.decide.judged import judge_service


def asked_already(
    candidate: Candidate, earlier: Iterable[PolicySet], *, now: datetime
) -> frozenset[str]:
    """Return the short digests of those sets that would roll the service to the same document.

    What such a set asked for, and let be rolled, is no change that the present one brings. What the service's capacity
    providers are is known only as far as the present set had to ask.
    """
    if not candidate.edits:
        return frozenset()
    wanted = candidate.digest
    return frozenset(
        one.short_digest for one in earlier if _would_roll_to(candidate, one, now=now) == wanted
    )


def _would_roll_to(candidate: Candidate, policies: PolicySet, *, now: datetime) -> str | None:
    observed, present = candidate.observed, candidate.policy
    verdict = judge_service(observed, policies, now=now).verdict
    if (verdict.policy.owners, verdict.policy.allow) != (present.owners, present.allow):
        return None  # It may have asked for the same, and have refused to roll it.
    edits = verdict.enforced
    return content_digest(registrable(apply(observed.revision.document, edits))) if edits else None
