"""Select: which policy governs a service, where not everything about the service may be known.

Whether a selector fits is one of three: yes, no, or not to be told (None), when what it selects by
is not known. What cannot be told is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from controller.core.policy.glob import matches_any
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.selector import Selector


@dataclass(frozen=True, slots=True)
class Subject:
    """What policies select a service by; None is what is not known."""

    cluster: str | None
    service: str | None


@dataclass(frozen=True, slots=True)
class Governed:
    """One policy governs the service; whether it is Disabled is for the caller to ask."""

    policy: LoggingPolicy


@dataclass(frozen=True, slots=True)
class Ungoverned:
    """No policy governs the service, for the reason given."""

    reason: str


@dataclass(frozen=True, slots=True)
class Undecided:
    """Something is not known that decides which policy governs the service, if any."""

    because: str


@dataclass(frozen=True, slots=True)
class Contested:
    """Policies of one priority all match the service, so that none of them governs it."""

    names: tuple[str, ...]


Selection = Governed | Ungoverned | Undecided | Contested


def select(policies: Iterable[LoggingPolicy], subject: Subject) -> Selection:
    """Return which policy governs a service: of those that match, the one of highest priority."""
    ranked = sorted(policies, key=lambda policy: (-policy.priority, policy.name))
    for _, equals in groupby(ranked, key=lambda policy: policy.priority):
        verdicts = [(policy, governs(policy, subject)) for policy in equals]
        untold = [policy for policy, verdict in verdicts if verdict is None]
        sure = [policy for policy, verdict in verdicts if verdict]
        if len(sure) > 1:
            return Contested(tuple(policy.name for policy in sure))
        if untold:
            return Undecided(_because(untold[0], subject))
        if sure:
            return Governed(sure[0])
    return Ungoverned(_why_none(ranked, subject))


def governs(policy: LoggingPolicy, subject: Subject) -> bool | None:
    """Say whether a policy matches a service and does not exclude it, whatever others do."""
    matched = _any(fits(selector, subject) for selector in policy.match)
    excluded = _any(fits(selector, subject) for selector in policy.exclude)
    return _all((matched, None if excluded is None else not excluded))


def fits(selector: Selector, subject: Subject) -> bool | None:
    """Say whether a service fits everything that a selector states."""
    return _all(_fits(patterns, value) for _, patterns, value in _statements(selector, subject))


def _statements(
    selector: Selector, subject: Subject
) -> Iterator[tuple[str, tuple[str, ...], str | None]]:
    yield "cluster", selector.clusters, subject.cluster
    yield "service", selector.services, subject.service


def _fits(patterns: tuple[str, ...], value: str | None) -> bool | None:
    if not patterns or "*" in patterns:
        return True
    return None if value is None else matches_any(patterns, value)


def _all(verdicts: Iterable[bool | None]) -> bool | None:
    known = set(verdicts)
    return False if False in known else None if None in known else True


def _any(verdicts: Iterable[bool | None]) -> bool | None:
    known = set(verdicts)
    return True if True in known else None if None in known else False


def _because(policy: LoggingPolicy, subject: Subject) -> str:
    unknown = dict.fromkeys(
        attribute
        for selector in (*policy.match, *policy.exclude)
        for attribute, patterns, value in _statements(selector, subject)
        if fits(selector, subject) is None and _fits(patterns, value) is None
    )
    what = " and ".join(f"the {attribute}" for attribute in unknown)
    return f"policy `{policy.name}` selects by {what}, not known here"


def _why_none(policies: list[LoggingPolicy], subject: Subject) -> str:
    excluding = [
        f"`{policy.name}`"
        for policy in policies
        if _any(fits(selector, subject) for selector in policy.match)
    ]
    return f"excluded by policy {' and '.join(excluding)}" if excluding else "no policy matches"
