"""The draft: one policy for all clusters whose services log alike, each value with who agrees."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from controller.core.draft.habits import Habits, Shape
from controller.core.draft.templates import preference
from controller.core.draft.votes import Chosen, Votes, chosen, together
from controller.core.policy.retention import RETENTION_DAYS
from controller.core.service.awslogs import NON_BLOCKING

GROUP: Final = "/ecs/{cluster}/{service}"
STREAM_PREFIX: Final = "{service}"
REGION: Final = "{region}"
NAME: Final = "logging"

_LONGEST: Final = 60
_NOT_IN_NAMES: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a policy asks of its services, each value with how many of them have it already.

    A buffer or a retention of None is left to chance: most state none.
    """

    group: Chosen[str]
    stream_prefix: Chosen[str]
    region: Chosen[str]
    mode: Chosen[str]
    buffer: Chosen[str | None]
    retention: Chosen[int | None]

    @property
    def values(self) -> tuple[object, ...]:
        """The values alone: policies that agree in them are one."""
        buffer = self.buffer.value if self.mode.value == NON_BLOCKING else None
        return (
            self.group.value,
            self.stream_prefix.value,
            self.region.value,
            self.mode.value,
            buffer,
            self.retention.value,
        )


@dataclass(frozen=True, slots=True)
class PolicyDraft:
    """One policy: for the clusters named, or for all where it names none; and what it accepts."""

    name: str
    clusters: tuple[str, ...]
    services: int
    wanted: Wanted
    accept: tuple[Shape, ...]


def draft(habits: Iterable[Habits], *, whole: bool = True) -> tuple[PolicyDraft, ...]:
    """Return policies that ask what most services do; of no services, one with the defaults.

    One that is for all clusters names none, unless only some were looked at (*whole* False).
    Clusters of one name in several Regions are taken as one: that is how policies match them.
    """
    clusters: dict[str, list[Habits]] = {}
    for one in habits:
        clusters.setdefault(one.ref.cluster, []).append(one)
    wanted = _wanted(clusters or {"": []})

    def values(cluster: str) -> str:
        return repr(wanted[cluster].values)

    alike = sorted(wanted, key=lambda cluster: (values(cluster), cluster))
    groups = [[*names] for _, names in groupby(alike, key=values)]
    if len(groups) == 1:
        matched = () if whole else tuple(clusters)
        return (_policy(NAME, matched, groups[0], clusters, wanted),)
    groups.sort()
    names = _names([one[0] for one in groups])
    return tuple(
        _policy(name, tuple(several), several, clusters, wanted)
        for name, several in zip(names, groups, strict=True)
    )


def _wanted(clusters: Mapping[str, Sequence[Habits]]) -> dict[str, Wanted]:
    def votes(member: Callable[[Habits], frozenset[str]]) -> Votes[str]:
        return {name: [member(one) for one in _by_awslogs(all_)] for name, all_ in clusters.items()}

    buffers = {name: [one.buffers for one in _by_awslogs(all_)] for name, all_ in clusters.items()}
    groups = chosen(votes(lambda one: one.groups), preference, GROUP)
    prefixes = chosen(votes(lambda one: one.stream_prefixes), preference, STREAM_PREFIX)
    regions = chosen(votes(lambda one: one.regions), preference, REGION)
    modes = chosen(votes(lambda one: one.modes), _non_blocking_first, NON_BLOCKING)
    sizes = chosen(buffers, _none_first, None)
    retentions = chosen({name: _kept(all_) for name, all_ in clusters.items()}, _none_first, None)
    return {
        name: Wanted(
            groups[name],
            prefixes[name],
            regions[name],
            modes[name],
            sizes[name],
            retentions[name],
        )
        for name in clusters
    }


def _by_awslogs(habits: Iterable[Habits]) -> Iterable[Habits]:
    return (one for one in habits if one.by_awslogs)


def _kept(habits: Iterable[Habits]) -> list[frozenset[int | None]]:
    """Return the votes of log groups on their retention: each has one, however many log to it."""
    groups = {arn: days for one in habits for arn, days in one.retentions.items()}
    known = {None, *RETENTION_DAYS}
    return [frozenset({days} & known) for _, days in sorted(groups.items())]


def _non_blocking_first(mode: str) -> tuple[bool, str]:
    return mode != NON_BLOCKING, mode


def _none_first(value: str | int | None) -> tuple[bool, str]:
    return value is not None, str(value)


def _policy(
    name: str,
    matched: tuple[str, ...],
    clusters: Collection[str],
    habits: Mapping[str, Sequence[Habits]],
    wanted: Mapping[str, Wanted],
) -> PolicyDraft:
    here = [one for cluster in clusters for one in habits.get(cluster, ())]
    several = [wanted[cluster] for cluster in clusters]
    return PolicyDraft(
        name=name,
        clusters=matched,
        services=len(here),
        wanted=Wanted(
            group=together([one.group for one in several]),
            stream_prefix=together([one.stream_prefix for one in several]),
            region=together([one.region for one in several]),
            mode=together([one.mode for one in several]),
            buffer=together([one.buffer for one in several]),
            retention=together([one.retention for one in several]),
        ),
        accept=_accepted(shape for one in here for shape in one.shapes),
    )


def _accepted(shapes: Iterable[Shape]) -> tuple[Shape, ...]:
    """Return the fewest shapes that accept all of these."""
    known = set(shapes)
    needed = (
        one for one in known if not any(other != one and other.covers(one) for other in known)
    )
    return tuple(sorted(needed, key=lambda one: (one.driver, one.output or "", one.secret_options)))


def _names(clusters: Sequence[str]) -> list[str]:
    """Return a name for the policy of each cluster, as policies may be called."""
    taken: list[str] = []
    for cluster in clusters:
        bare = _NOT_IN_NAMES.sub("-", cluster.lower()).strip("-")[:_LONGEST].strip("-") or NAME
        name, number = bare, 1
        while name in taken:
            number += 1
            name = f"{bare[: _LONGEST - 4]}-{number}"
        taken.append(name)
    return taken
