"""What a set of policies asks of a service sooner or later, held against sets before it.

A set that is let in is not measured again. So what counts is not only what it would roll now, but
also what it would once a grace period or an exception is over, or what is not known can be read.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from controller.core.document.edit import apply
from controller.core.move import Step
from controller.core.pace.ask import Ask, covered
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.select import Contested, Governed, Undecided, Ungoverned, may_govern
from controller.core.policy.standing import Standing, in_the_end, standing
from controller.core.service.candidate import Candidate
from controller.core.service.gates import refusals
from controller.core.service.observed import Observed
from controller.core.service.registration import content_digest, registrable
from controller.core.service.subject import subject_of
from controller.core.service.verdict import Verdict
from controller.decide.judged import JudgedService, judge_by, judge_service
from controller.decide.rollable import would_be_rolled

_UNDECIDED: Final = "Undecided"


@dataclass(frozen=True, slots=True)
class _Wish:
    """A verdict by which the service would be rolled, and by what it is held for now, if at all."""

    verdict: Verdict
    held: tuple[Hashable, ...] = ()


def asks(candidate: Candidate, judged: JudgedService, step: Step) -> frozenset[Ask]:
    """Return all to which the policies by which the candidate was judged would ever roll it.

    *step* is what was decided of it: what is never rolled, or was tried already, is not asked.
    """
    observed = candidate.observed
    return frozenset(
        _ask(wish, observed)
        for wish in _wishes(observed, judged, candidate.now)
        if would_be_rolled(_step(wish, candidate, step))
    )


def asked_already(
    candidate: Candidate, asked: frozenset[Ask], earlier: Iterable[PolicySet]
) -> frozenset[str]:
    """Return the short digests of those sets that would roll the service to the same, as soon.

    What such a set asked for, and let be rolled, is no change that the present one brings. What the
    service's capacity providers are is known only as far as the present set had to ask.
    """
    if not asked:
        return frozenset()
    observed, now = candidate.observed, candidate.now
    return frozenset(
        one.short_digest for one in earlier if covered(asked, _all_asks(observed, one, now))
    )


def _all_asks(observed: Observed, policies: PolicySet, now: datetime) -> frozenset[Ask]:
    judged = judge_service(observed, policies, now=now)
    return frozenset(_ask(wish, observed) for wish in _wishes(observed, judged, now))


def _wishes(observed: Observed, judged: JudgedService, now: datetime) -> Iterator[_Wish]:
    match judged.selected:
        case Governed():
            yield from _of_policy(observed, judged.stands, judged.verdict, now)
        case Undecided():
            yield from _of_those_who_may_govern(observed, judged.policies, now)
        case Ungoverned() | Contested():
            return


def _of_those_who_may_govern(
    observed: Observed, policies: PolicySet, now: datetime
) -> Iterator[_Wish]:
    subject, made = subject_of(observed), observed.service.created_at
    for policy in may_govern(policies.policies, subject):
        stands = standing(policies, policy, subject, created_at=made, now=now)
        for wish in _of_policy(observed, stands, judge_by(observed, stands), now):
            yield replace(wish, held=(_UNDECIDED, *wish.held))


def _of_policy(
    observed: Observed, stands: Standing, present: Verdict, now: datetime
) -> Iterator[_Wish]:
    if _asks_anything(present):
        yield _Wish(present)
    end = in_the_end(stands.policy, subject_of(observed), now=now)
    if (end.cap, end.exemptions) == (stands.cap, stands.exemptions):
        return
    later = judge_by(observed, end)
    if _asks_anything(later) and later.enforced != present.enforced:
        yield _Wish(later, _holds(stands))


def _asks_anything(verdict: Verdict) -> bool:
    return bool(verdict.enforced or verdict.judgement.unknown_in_enforce)


def _holds(stands: Standing) -> tuple[Hashable, ...]:
    """Return what the standing holds back and until when, so that two of them can be compared."""
    spared = ((one.rules, one.containers, one.ends) for one in stands.exemptions)
    return stands.cap, stands.held, stands.changes_at, *spared


def _ask(wish: _Wish, observed: Observed) -> Ask:
    verdict = wish.verdict
    body = registrable(apply(observed.revision.document, verdict.enforced))
    unknown = (one.id for one in verdict.judgement.unknown_in_enforce)
    return Ask(
        content_digest(body),
        held=wish.held,
        terms=(verdict.policy.owners, verdict.policy.allow),
        unknown=tuple(sorted(unknown)),
        is_sure=_UNDECIDED not in wish.held,
    )


def _step(wish: _Wish, candidate: Candidate, step: Step) -> Step | None:
    """Return what would be decided by the wish, without looking at anything more."""
    if wish.verdict is candidate.verdict:
        return step
    return next(refusals(replace(candidate, verdict=wish.verdict)), None)
