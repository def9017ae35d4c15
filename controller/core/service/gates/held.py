"""What has failed on this service is not tried on it again, unless once, much later, on a new base.

A failure is known by the service and the logging patch: a release that brings a new image does not
make the same patch another one.
"""

from __future__ import annotations

from collections.abc import Sequence

from controller.core.move import Look, MarkFailed, Wait
from controller.core.service.approved import heeded, how_to_approve
from controller.core.service.candidate import Candidate
from controller.core.service.deployment import History
from controller.core.service.latch import Failure, failures
from controller.core.service.observed import Family
from controller.core.service.releases import is_contested, undoings
from controller.core.service.remembered import Remembered, remembered
from controller.core.service.revision import GONE_BACK, failure_tag
from controller.core.service.rolls.completion import watched_for

_AGAIN = "the same logging patch failed on this service before"
_LEFT = "the service was set back from this very logging patch before: it failed, or was not wanted"
_READ = "Read the stopped tasks' reason; a policy that asks for another logging lifts the hold."


def held(candidate: Candidate) -> Wait | Look | None:
    """Refuse with `HeldAfterFailure` the logging patch that failed before on this service.

    It failed, whichever instance of this controller had tried it.

    After one failure until another revision runs than the one from which the failed one was made
    *and* `rollout.latchRetry` has passed since, both. After two, or where a revision that failed
    can no longer be read, until a person approves.

    A person who goes back as soon as we would is held, not fought: nothing tells the two apart. A
    second time is a conflict.
    """
    past = remembered(candidate)
    if not isinstance(past, Remembered):
        return past
    approved = heeded(candidate)
    tried = [
        one
        for one in failures(
            candidate.observed,
            past.history,
            past.family,
            edits=candidate.edits,
            watched=watched_for(candidate.policy.rollout),
            unmarked=MarkFailed in candidate.refused,
        )
        if approved is None or one.at > approved
    ]
    if tried and all(one.left for one in tried) and _is_a_fight(candidate, past.history):
        return None  # The next gate, `conflict`, holds that.
    certain = [one for one in tried if one.certain]
    if len(certain) > 1:
        told = f"{_told(certain, candidate)}, {len(certain)} times"
        return _held(candidate, told, how_to_approve(candidate))
    if len(certain) < len(tried):
        return _unreadable(candidate)
    return _of_one(candidate, certain[0]) if certain else None


def _is_a_fight(candidate: Candidate, history: History) -> bool:
    undone = undoings(candidate.observed, history, since=heeded(candidate))
    most = candidate.policy.rollout.max_recorrections
    return MarkFailed not in candidate.refused and is_contested(undone, most=most)


def _told(failed: Sequence[Failure], candidate: Candidate) -> str:
    if any(one.left for one in failed):
        return _LEFT
    return f"{_AGAIN} ({cause})" if (cause := _cause(candidate)) else _AGAIN


def _cause(candidate: Candidate) -> str | None:
    """Return the reason that the newest mark gives for a failure, if there is any."""
    key, family = failure_tag(candidate.observed.ref.arn), candidate.observed.family
    revisions = family.revisions if isinstance(family, Family) else ()
    words = (one.tags.get(key, "").partition(" ")[0] for one in revisions)
    return next((word for word in words if word.isalpha() and word != GONE_BACK), None)


def _of_one(candidate: Candidate, failure: Failure) -> Wait | None:
    lifts = failure.at + candidate.policy.rollout.latch_retry
    if failure.base is None or failure.base in candidate.observed.origins:
        remedy = "It is tried once more when another revision runs, and not before {lifts} UTC."
        said = remedy.format(lifts=f"{lifts:%Y-%m-%d %H:%M}")
        told = _told([failure], candidate)
        return _held(candidate, told, f"{_READ} {said} {how_to_approve(candidate)}")
    if candidate.now >= lifts:
        return None
    remedy = f"{_READ} It is tried once more then. {how_to_approve(candidate)}"
    told = f"{_told([failure], candidate)}; that was on another revision"
    wait = _held(candidate, told, remedy)
    return Wait(wait.reason, lifts)


def _held(candidate: Candidate, message: str, remedy: str) -> Wait:
    return candidate.refuse("HeldAfterFailure", message, remedy)


def _unreadable(candidate: Candidate) -> Wait:
    told = (
        "a deployment of this service failed, or was gone back from, whose revision can no longer "
        "be read; it may have brought this very patch"
    )
    remedy = "Make the logging change in a release of the service's own."
    return _held(candidate, told, f"{remedy} {how_to_approve(candidate)}")
