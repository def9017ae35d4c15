"""What has failed on this service is not tried on it again."""

from __future__ import annotations

from controller.core.document.edit import NoSuchPlaceError, apply
from controller.core.document.json import same
from controller.core.move import Look, Wait
from controller.core.service.candidate import Candidate
from controller.core.service.observed import NotAsked, Unread
from controller.core.service.revision import Revision
from controller.core.service.rolls import was_left

PART = "history"


def held(candidate: Candidate) -> Wait | Look | None:
    """Refuse with `HeldAfterFailure` the logging patch that failed before on this service.

    The history of the service's deployments tells, and the mark on our revision. An empty but
    complete history means never failed; a history that was refused or cut means Unknown.
    """
    history, family = candidate.observed.history, candidate.observed.family
    if isinstance(history, NotAsked):
        return Look(PART)
    if isinstance(family, NotAsked):
        return Look("family")
    for unread in (history, family):
        if isinstance(unread, Unread):
            return Wait(unread.reason)
    if isinstance(history, Unread) or isinstance(family, Unread):
        return None
    if not history.complete:
        return candidate.refuse(
            "Unknown",
            "the history of the service's deployments was not read to its end",
            "Nothing is rolled where a failure may have been overlooked.",
        )
    tried = (one for one in family.revisions if _was_given_up(one, candidate))
    if any(_is_the_same_patch(one, candidate) for one in tried):
        return _held(candidate)
    failed = [past for past in history.deployments if past.failed]
    if any(_brought_this(past.revision, candidate) for past in failed if past.revision):
        return _held(candidate)
    # What can no longer be read may have been this very patch.
    return _unreadable(candidate) if any(past.revision is None for past in failed) else None


def _was_given_up(revision: Revision, candidate: Candidate) -> bool:
    observed = candidate.observed
    if revision.failed_for(observed.ref.arn):
        return True
    return revision.bears_our_name(observed.identity) and was_left(revision, observed)


def _brought_this(revision: Revision, candidate: Candidate) -> bool:
    ours = revision.bears_our_name(candidate.observed.identity)
    return ours and _is_the_same_patch(revision, candidate)


def _is_the_same_patch(revision: Revision, candidate: Candidate) -> bool:
    """Tell whether *revision* already has all that the present edits would put."""
    try:
        return same(apply(revision.document, candidate.edits), revision.document)
    except NoSuchPlaceError:
        return False


def _held(candidate: Candidate) -> Wait:
    return candidate.refuse(
        "HeldAfterFailure",
        "the same logging patch failed on this service before",
        "Read the stopped tasks' reason; a policy that asks for another logging lifts the hold.",
    )


def _unreadable(candidate: Candidate) -> Wait:
    return candidate.refuse(
        "HeldAfterFailure",
        "a deployment of this service failed whose revision can no longer be read; it may have "
        "brought this very patch",
        "Make the logging change in a release of the service's own.",
    )
