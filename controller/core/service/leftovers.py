"""Revisions of ours that nothing uses and nothing will: they must not stay in their families.

A revision of ours that failed, or that may no longer be rolled, must not stay the latest of its
family, where every deploy by the bare name would find it [facts 4.8, 4.23].
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from controller.core.move import Decision, Deploy, Deregister, Roll, Wait
from controller.core.reason import Health, Reason
from controller.core.refs import ServiceRef
from controller.core.service.candidate import Candidate
from controller.core.service.code_deploy.phase import is_deploying
from controller.core.service.observed import Family, NotAsked, Unread
from controller.core.service.revision import DIGEST, Revision
from controller.core.service.rolls.completion import is_long_over

_SOON: Final = timedelta(hours=1)
_A_MOMENT: Final = timedelta(minutes=10)
_HELD: Final = Reason(
    "Superseded",
    "the roll for which this revision was registered is held, and it must not stay the latest",
)
_UNUSED: Final = Reason("Superseded", "nothing uses this revision of ours, and nothing will")


def tidying(candidate: Candidate) -> Decision | None:
    """Return the deregistration of a revision of ours that is left over, or None."""
    if Deregister in candidate.refused:
        return None
    for one in _left_over(candidate):
        return Decision(Deregister(candidate.observed.ref, one.arn), Health.HEALTHY, _UNUSED)
    return None


def waiting_in_vain(candidate: Candidate, held: Wait) -> Decision | None:
    """Return the deregistration of a correction whose roll is held for longer than a moment.

    It was registered right before a roll that did not come: we were killed, and now the service
    waits for its turn, its window, or a person. It is registered again when that is over; where
    that is soon, it stays.
    """
    ready, again = candidate.registered, held.until
    if again is not None and again <= candidate.now + _SOON:
        return None
    if ready is None or not candidate.yes.writes or Deregister in candidate.refused:
        return None
    since, wanted = ready.registered_at, candidate.traffic.wants(candidate.digest, _ref(candidate))
    is_old = since is not None and since + _A_MOMENT <= candidate.now
    if not is_old or wanted or not _is_unused(ready, candidate) or not _is_quiet(candidate):
        return None
    return Decision(Deregister(_ref(candidate), ready.arn), Health.HEALTHY, _HELD)


def _ref(candidate: Candidate) -> ServiceRef:
    return candidate.observed.ref


def corrections(candidate: Candidate) -> tuple[Revision, ...]:
    """Return the revisions that we made from the one that the service runs now."""
    origins = candidate.observed.origins
    return tuple(one for one in _ours(candidate) if one.base in origins)


def lies_about(candidate: Candidate) -> bool:
    """Tell whether a revision of ours is there that may be left over, now or later."""
    running = candidate.observed.revision.arn
    made = (*corrections(candidate), *(one for one in _ours(candidate) if one.copy_of == running))
    former = _former(candidate)
    return any(one.is_active for one in made) or (former is not None and took_over(candidate))


def _ours(candidate: Candidate) -> tuple[Revision, ...]:
    """Return what we registered: it is as we sent it, or it is known that ECS did not keep it.

    A pipeline that runs under our role may clone our tags; what it makes is not ours to touch.
    """
    observed = candidate.observed
    family = observed.family.revisions if isinstance(observed.family, Family) else ()
    return tuple(one for one in family if one.is_ours(observed.identity) or candidate.damaged(one))


def _left_over(candidate: Candidate) -> Iterator[Revision]:
    unused = [one for one in _ours(candidate) if one.is_active and _is_unused(one, candidate)]
    for one in unused:
        if one.base in candidate.observed.origins and _is_idle_correction(one, candidate):
            yield one
        if _is_idle_copy(one, candidate):
            yield one
    if (former := _superseded(candidate)) is not None:
        yield former


def _is_unused(revision: Revision, candidate: Candidate) -> bool:
    """Tell whether no service that is known of runs the revision.

    What this one runs is told by this look: what was seen of it before may be over.
    """
    service, ref = candidate.observed.service, candidate.observed.ref
    others = set(candidate.traffic.users_of(revision.arn)) - {ref}
    return revision.arn not in service.uses and not others


def _is_idle_correction(revision: Revision, candidate: Candidate) -> bool:
    """Tell whether no service is to be rolled to the revision."""
    observed, traffic = candidate.observed, candidate.traffic
    if candidate.damaged(revision):
        return True  # Nobody was ever rolled to it, whether we see the whole fleet or not.
    wanted = traffic.wants(revision.tags.get(DIGEST, ""), observed.ref)
    if wanted or not _is_quiet(candidate):
        return False
    if revision.failed_for(observed.ref.arn) or {Roll, Deploy} & candidate.refused:
        return True
    # What is not known for the moment may be the very edit that this revision has.
    unknown = candidate.verdict.judgement.unknown_in_enforce
    return not unknown and revision.tags.get(DIGEST) != candidate.digest


def _is_idle_copy(revision: Revision, candidate: Candidate) -> bool:
    """Tell whether the copy of what the service runs was made for a roll that nobody wants."""
    observed, verdict = candidate.observed, candidate.verdict
    running = observed.revision.arn
    wanted = bool(candidate.edits) or bool(verdict.judgement.unknown_in_enforce)
    alone = set(candidate.traffic.users_of(running)) <= {observed.ref}
    is_copy = revision.copy_of == running and revision.is_ours(observed.identity)
    return is_copy and alone and not wanted and _is_quiet(candidate)


def took_over(candidate: Candidate) -> bool:
    """Tell whether what the service runs is ours and long proven, and its base not kept for that.

    The base is what it could be returned to: it is left alone unless the policy says otherwise.
    """
    observed = candidate.observed
    primary, rollout = observed.service.primary, candidate.policy.rollout
    if not candidate.policy.allow.deregister_superseded or primary is None:
        return False
    return (
        observed.revision.is_ours(observed.identity)
        and not observed.revision.is_unproven_for(observed.ref.arn)
        and is_long_over(observed.service, primary, rollout, candidate.now)
    )


def _superseded(candidate: Candidate) -> Revision | None:
    """Return the revision of ours whose place a later one of ours has taken, if it may go."""
    former = _former(candidate)
    if former is None or not took_over(candidate):
        return None
    return former if _is_unused(former, candidate) and _is_quiet(candidate) else None


def _former(candidate: Candidate) -> Revision | None:
    """Return the revision that ours corrects, if that is ACTIVE and ours as well."""
    base = candidate.observed.base
    if isinstance(base, NotAsked | Unread):
        return None
    return base if base.is_active and base.is_ours(candidate.observed.identity) else None


def _is_quiet(candidate: Candidate) -> bool:
    """Tell whether nothing goes on with the service, and the whole fleet is known."""
    deploying = len(candidate.observed.service.deployments) > 1 or is_deploying(candidate.observed)
    return not deploying and candidate.traffic.complete and candidate.traffic.whole
