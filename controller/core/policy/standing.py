"""Standing: how far a policy goes with one service at one moment, and from what it is exempt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from controller.core.policy.day import begins
from controller.core.policy.exception import PolicyException
from controller.core.policy.mode import Mode, weakest
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.owner_tags import UNREAD, OwnersWord, OwnerTags, owners_word
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.select import Subject, fits_any
from controller.core.reason import Reason


@dataclass(frozen=True, slots=True)
class Standing:
    """How far *policy* goes with one service now.

    `cap` is the weakest of the policy's mode and all that holds it; `held` says why, where that is
    weaker than the policy's mode. `exemptions` are in force and match the service. `changes_at` is
    the next moment at which any of this may be otherwise.
    """

    policy: LoggingPolicy
    cap: Mode
    held: Reason | None = None
    exemptions: tuple[PolicyException, ...] = ()
    changes_at: datetime | None = None
    warnings: tuple[str, ...] = ()

    @property
    def off(self) -> Reason | None:
        """Why nothing at all is asked of the service; None where something is."""
        if self.cap is not Mode.DISABLED:
            return None
        return self.held or Reason("PolicyDisabled", f"its policy {self.policy.name} is disabled")


@dataclass(frozen=True, slots=True)
class _Hold:
    """Something that keeps a policy from going all its way, until when it is known to."""

    cap: Mode
    reason: Reason
    until: datetime | None = None


def standing(
    policy_set: PolicySet,
    policy: LoggingPolicy,
    subject: Subject,
    *,
    created_at: datetime | None,
    now: datetime,
) -> Standing:
    """Return how far *policy*, which governs the service *subject*, goes with it at *now*.

    *created_at* is when the service was made. What is not known only ever weakens.
    """
    exempting, unsure = in_force(policy_set.exceptions, subject, now)
    word = _owners_word(policy, subject, now)
    holds = [
        *_of_owner(policy, word),
        *_of_grace(policy, created_at, now),
        *(_Hold(Mode.AUDIT, undecided(one), one.ends) for one in unsure),
    ]
    moments = [
        *(one.until for one in holds),
        *(one.ends for one in exempting),
        None if word is None else word.until,
    ]
    cap = weakest(policy.mode, *(one.cap for one in holds))
    return Standing(
        policy=policy,
        cap=cap,
        held=next((x.reason for x in holds if x.cap is cap and cap is not policy.mode), None),
        exemptions=exempting,
        changes_at=min((one for one in moments if one is not None), default=None),
        warnings=tuple(_warnings(policy, word)),
    )


def in_the_end(policy: LoggingPolicy, subject: Subject, *, now: datetime) -> Standing:
    """Return how far *policy* goes with a service once all that ends by itself is over.

    That is its grace period, and every exception. What the owner says stays; what the owner may
    have said, where the tags could not be read, does not: they may be read in a moment.
    """
    word = None if subject.tags is None else _owners_word(policy, subject, now)
    holds = tuple(_of_owner(policy, word))
    cap = weakest(policy.mode, *(one.cap for one in holds))
    return Standing(policy, cap, held=holds[0].reason if holds else None)


def in_force(
    exceptions: Iterable[PolicyException], subject: Subject, now: datetime
) -> tuple[tuple[PolicyException, ...], tuple[PolicyException, ...]]:
    """Return the exceptions, not over at *now*, that match, and those of which it is not known."""
    current = [one for one in exceptions if not one.is_over(now)]
    fitting = [(one, fits_any(one.match, subject)) for one in current]
    return tuple(one for one, fit in fitting if fit), tuple(
        one for one, fit in fitting if fit is None
    )


def exempt(exception: PolicyException) -> Reason:
    """Return what people are told of an exception by which something is exempt."""
    told = f"{exception.name} exempts it to the end of {exception.expires}: {exception.reason}"
    ticket = "" if exception.ticket is None else f" ({exception.ticket})"
    asked = "" if exception.owner is None else f" {exception.owner} answers for it{ticket}."
    return Reason("Exempt", told, f"It ends by itself.{asked}")


def undecided(exception: PolicyException) -> Reason:
    """Return what people are told of an exception of which it is not known whether it matches."""
    return Reason(
        "ExemptionUndecided",
        f"whether the exception {exception.name} is for this service cannot be told",
        "Let it be known what the exception selects by.",
    )


def _owners_word(policy: LoggingPolicy, subject: Subject, now: datetime) -> OwnersWord | None:
    if policy.owner_tags is OwnerTags.IGNORE:
        return None
    return UNREAD if subject.tags is None else owners_word(subject.tags, now)


def _of_owner(policy: LoggingPolicy, word: OwnersWord | None) -> Iterator[_Hold]:
    if word is not None and policy.owner_tags is OwnerTags.HONOUR:
        yield _Hold(word.cap, word.reason, word.until)


def _of_grace(policy: LoggingPolicy, created_at: datetime | None, now: datetime) -> Iterator[_Hold]:
    """Yield what holds while the grace period is not over.

    It counts from the later of the day on which the policy takes effect and the service's making;
    where the latter is not known, a period that is longer than nothing is never over.
    """
    if policy.effective_from is None:
        return
    start, remedy = begins(policy.effective_from), "It ends by itself."
    if created_at is None and policy.grace_period > timedelta(0):
        told = "the policy's grace period counts from the making of the service, which is not known"
        yield _Hold(Mode.AUDIT, Reason("InGracePeriod", told))
        return
    over = max(start, created_at or start) + policy.grace_period
    if now < over:
        told = f"the policy's grace period lasts until {over:%Y-%m-%d %H:%M} UTC"
        yield _Hold(Mode.AUDIT, Reason("InGracePeriod", told, remedy), over)


def _warnings(policy: LoggingPolicy, word: OwnersWord | None) -> Iterator[str]:
    if word is None:
        return
    if word.warning is not None:
        yield word.warning
    if policy.owner_tags is OwnerTags.REPORT:
        yield f"{word.reason.message}; the policy reports it, and does not honour it"
