"""This process is the one that may act: where several run, one of them holds the lease."""

from __future__ import annotations

from controller.core.move import Wait
from controller.core.service.candidate import Candidate


def lease(candidate: Candidate) -> Wait | None:
    """Refuse with `NotLeading` while another process holds the lease.

    What was begun is seen through and returned all the same: that names our own deployment.
    """
    if candidate.leads:
        return None
    return candidate.refuse(
        "NotLeading",
        "another process of this controller holds the lease",
        "That one acts; this one takes over if it ends.",
        again_in=candidate.watch,
    )
