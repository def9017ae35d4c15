"""Whether a roll proves anything, and the mark on the revision where it does not."""

from __future__ import annotations

from controller.core.move import MarkProof
from controller.core.service.candidate import Candidate
from controller.core.service.revision import Revision, proof_tag

PROVEN = "Proven"


def proves(candidate: Candidate) -> bool:
    """Tell whether a roll now would start a task by which the revision can prove itself."""
    return candidate.observed.service.desired > 0


def proof(candidate: Candidate, revision: Revision, value: str) -> MarkProof:
    """Return the move that marks *revision*, for the service, as unproven or as proven now."""
    ref = candidate.observed.ref
    when = f" {candidate.now:%Y-%m-%dT%H:%M:%SZ}" if value == PROVEN else ""
    return MarkProof(ref, revision.arn, proof_tag(ref.arn), f"{value}{when}")
