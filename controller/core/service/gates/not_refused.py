"""AWS did not refuse the very same moves a moment ago."""

from __future__ import annotations

from controller.core.move import Deploy, MarkProof, Register, Roll, Wait
from controller.core.service.candidate import Candidate


def not_refused(candidate: Candidate) -> Wait | None:
    """Refuse with `RefusedByAws` what AWS refused lately: registering again would only pile up.

    A revision that we registered and may not roll is deregistered meanwhile.
    """
    if not candidate.refused & {Register, Roll, MarkProof, Deploy}:
        return None
    return candidate.refuse(
        "RefusedByAws",
        "AWS refused to register or to roll the corrected revision within the hour",
        "See the log for what it said; it is tried again after an hour, or after a restart.",
    )
