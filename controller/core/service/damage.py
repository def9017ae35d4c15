"""Revisions that came back from ECS other than they were sent: which they are, and what is due.

That a revision is damaged is known to the process that sent it. So that the next process knows it,
too, the cluster is tagged with the revision's name before the revision is deregistered.
"""

from __future__ import annotations

from controller.core.move import Decision, Look, RememberUnknownMember
from controller.core.reason import Health, Reason
from controller.core.service.candidate import Candidate
from controller.core.service.observed import Family, NotAsked
from controller.core.service.revision import Revision
from controller.core.state.stopped import came_back_otherwise


def is_doubtful(revision: Revision, candidate: Candidate) -> bool:
    """Tell whether nobody knows if ECS damaged *revision* or somebody else made it.

    It bears our name, corrects what the service runs, is used by nobody, and is not what its digest
    says. So it looks if a process was killed before it had read it back; but also if a pipeline
    that runs under our role has registered a document with our tags, and is about to deploy it.
    """
    observed = candidate.observed
    return (
        revision.is_active
        and revision.is_damaged(observed.identity)
        and revision.base == observed.revision.arn
        and revision.arn not in observed.service.uses
        and not candidate.traffic.users_of(revision.arn)
        and not candidate.damaged(revision)
    )


def damage_of(revision: Revision, candidate: Candidate) -> Reason | None:
    """Return why nothing is rolled beside *revision*, or None where ECS may have kept it whole."""
    if candidate.damaged(revision):
        name = f"{revision.family}:{revision.number}"
        return came_back_otherwise(name, candidate.observed.ref.region)
    return _doubt(revision) if is_doubtful(revision, candidate) else None


def _doubt(revision: Revision) -> Reason:
    name = f"{revision.family}:{revision.number}"
    return Reason(
        "UnknownMember",
        f"{name} bears our tags and is not what its digest says: ECS may not have kept what was "
        "sent, or somebody else registered it",
        f"Compare {name} with its base. Then deregister it, or deploy it.",
    )


def remembering(candidate: Candidate) -> Decision | None:
    """Return what is due before a damaged revision is deregistered, or None.

    That is: the cluster remembers it. After a restart it must be read first whether it does.
    """
    observed = candidate.observed
    if not candidate.yes.writes or not isinstance(observed.family, Family):
        return None
    revisions = observed.family.revisions
    doubtful = any(is_doubtful(one, candidate) for one in revisions)
    if doubtful and isinstance(observed.state, NotAsked):
        return Decision(Look("state"))
    if RememberUnknownMember in candidate.refused:
        return None
    for one in revisions:
        if candidate.damaged(one) and not candidate.is_remembered(one):
            move = RememberUnknownMember(observed.ref.cluster_ref, one.arn)
            return Decision(move, Health.DEGRADED, _NOT_KEPT)
    return None


_NOT_KEPT = Reason("UnknownMember", "it came back from ECS other than it was sent")
