"""The process was told to make this change; else nothing is written, whatever the policy says."""

from __future__ import annotations

from controller.core.move import Wait
from controller.core.service.candidate import Candidate


def process_yes(candidate: Candidate) -> Wait | None:
    """Refuse, mostly with `AuditOnly`, unless the process says yes to this change."""
    return None if candidate.yes.given else Wait(candidate.yes.otherwise)
