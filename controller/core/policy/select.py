"""Select: which policy governs a service, where not everything about the service may be known.

Whether a selector fits is one of three: yes, no, or not to be told (None), when what it selects by
is not known. What cannot be told is never guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from controller.core.policy.glob import matches_any
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.selector import Selector
from controller.core.policy.tags import TagSelector


@dataclass(frozen=True, slots=True)
class Subject:
    """What policies select a service by; None is what is not known.

    `launch_types` are all on which tasks of the service may be placed. `platform` is the
    operatingSystemFamily of its task definition. `tags` are those of the service, all of them.
    """

    cluster: str | None = None
    service: str | None = None
    family: str | None = None
    account: str | None = None
    region: str | None = None
    launch_types: frozenset[str] | None = None
    platform: str | None = None
    scheduling_strategy: str | None = None
    deployment_controller: str | None = None
    tags: Mapping[str, str] | None = None


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
    in_order = ranked(policies)
    for _, equals in groupby(in_order, key=lambda policy: policy.priority):
        verdicts = [(policy, governs(policy, subject)) for policy in equals]
        untold = [policy for policy, verdict in verdicts if verdict is None]
        sure = [policy for policy, verdict in verdicts if verdict]
        if len(sure) > 1:
            return Contested(tuple(policy.name for policy in sure))
        if untold:
            return Undecided(_because(untold[0], subject))
        if sure:
            return Governed(sure[0])
    return Ungoverned(_why_none(in_order, subject))


def may_govern(policies: Iterable[LoggingPolicy], subject: Subject) -> tuple[LoggingPolicy, ...]:
    """Return the policies of which some governs a service, if any does, as far as can be told.

    None of a lower priority than one that surely matches is among them.
    """
    possible: list[LoggingPolicy] = []
    for _, equals in groupby(ranked(policies), key=lambda policy: policy.priority):
        verdicts = [(policy, governs(policy, subject)) for policy in equals]
        possible += [policy for policy, verdict in verdicts if verdict is not False]
        if any(verdict for _, verdict in verdicts):
            break
    return tuple(possible)


def ranked(policies: Iterable[LoggingPolicy]) -> list[LoggingPolicy]:
    """Return policies in the order in which they are asked: by priority, the highest first."""
    return sorted(policies, key=lambda policy: (-policy.priority, policy.name))


def governs(policy: LoggingPolicy, subject: Subject) -> bool | None:
    """Say whether a policy matches a service and does not exclude it, whatever others do."""
    excluded = fits_any(policy.exclude, subject)
    return _all((fits_any(policy.match, subject), None if excluded is None else not excluded))


def fits_any(selectors: Iterable[Selector], subject: Subject) -> bool | None:
    """Say whether a service fits some selector; of none at all, it fits none."""
    return _any(fits(selector, subject) for selector in selectors)


def fits(selector: Selector, subject: Subject) -> bool | None:
    """Say whether a service fits everything that a selector states.

    A service whose tasks may be placed on several launch types fits where any of them is listed:
    all its tasks share the one task definition that a policy is about, so that a policy for
    FARGATE has a say in a service that may also run on EC2, and an exclusion of it spares both.
    """
    return _all(verdict for _, verdict in verdicts(selector, subject))


def not_known(policy: LoggingPolicy, subject: Subject) -> tuple[str, ...]:
    """Return what people call the things that leave open whether a policy governs a service."""
    unknown = dict.fromkeys(
        called
        for selector in (*policy.match, *policy.exclude)
        if fits(selector, subject) is None
        for called, verdict in verdicts(selector, subject)
        if verdict is None
    )
    return tuple(unknown)


def verdicts(selector: Selector, subject: Subject) -> Iterator[tuple[str, bool | None]]:
    """Yield what people call each thing that can be selected by, and whether it fits."""
    yield "the cluster", _glob(selector.clusters, subject.cluster)
    yield "the service", _glob(selector.services, subject.service)
    yield "the family", _glob(selector.families, subject.family)
    yield "the account", _glob(selector.accounts, subject.account)
    yield "the Region", _glob(selector.regions, subject.region)
    yield "the launch type", _listed(selector.launch_types, subject.launch_types)
    yield "the platform", _glob(selector.platforms, subject.platform)
    yield (
        "the scheduling strategy",
        _listed(selector.scheduling_strategies, _alone(subject.scheduling_strategy)),
    )
    yield (
        "the deployment controller",
        _listed(selector.deployment_controllers, _alone(subject.deployment_controller)),
    )
    yield "the tags", _tagged(selector.tags, subject.tags)


def _glob(patterns: Collection[str], value: str | None) -> bool | None:
    if not patterns or "*" in patterns:
        return True
    return None if value is None else matches_any(patterns, value)


def _listed(listed: Collection[str], values: frozenset[str] | None) -> bool | None:
    if not listed:
        return True
    return None if values is None else not values.isdisjoint(listed)


def _tagged(stated: TagSelector | None, tags: Mapping[str, str] | None) -> bool | None:
    if stated is None:
        return True
    return None if tags is None else stated.fits(tags)


def _alone(value: str | None) -> frozenset[str] | None:
    return None if value is None else frozenset({value})


def _all(verdicts: Iterable[bool | None]) -> bool | None:
    answer: bool | None = True
    for verdict in verdicts:
        if verdict is False:
            return False
        if verdict is None:
            answer = None
    return answer


def _any(verdicts: Iterable[bool | None]) -> bool | None:
    none_fits = _all(None if verdict is None else not verdict for verdict in verdicts)
    return None if none_fits is None else not none_fits


def _because(policy: LoggingPolicy, subject: Subject) -> str:
    *others, last = not_known(policy, subject)
    what = f"{', '.join(others)} and {last}" if others else last
    return f"policy `{policy.name}` selects by {what}, not known here"


def _why_none(policies: list[LoggingPolicy], subject: Subject) -> str:
    excluding = [f"`{policy.name}`" for policy in policies if fits_any(policy.match, subject)]
    return f"excluded by policy {' and '.join(excluding)}" if excluding else "no policy matches"
