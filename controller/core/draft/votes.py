"""What most agree on, cluster by cluster, and else what most do elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

V = TypeVar("V", bound=Hashable)

Votes: TypeAlias = Mapping[str, Sequence[frozenset[V]]]
"""By cluster, what each voter could agree to: of a name, every template that gives it."""


@dataclass(frozen=True, slots=True)
class Chosen(Generic[V]):
    """A value, and how many of how many voters agree to it; `of` 0: nobody had a vote.

    `elsewhere`: it was not chosen by these voters, but by most of other clusters.
    """

    value: V
    agreed: int = 0
    of: int = 0
    elsewhere: bool = False


def chosen(votes: Votes[V], prefer: Callable[[V], Any], default: V) -> dict[str, Chosen[V]]:
    """Return what is chosen in each cluster: what at least half of its voters agree to.

    Of several, what most agree to everywhere, then what *prefer* puts first; it must tell all
    values apart. A cluster without a majority takes what most of the clusters that have one chose,
    by their voters, and *default* where none has.
    """
    everywhere = Counter(value for voters in votes.values() for voter in voters for value in voter)
    own = {
        cluster: found
        for cluster, voters in votes.items()
        if (found := _majority(voters, everywhere, prefer)) is not None
    }
    weights: Counter[V] = Counter()
    for one in own.values():
        weights[one.value] += one.agreed
    most = min(weights, key=lambda value: (-weights[value], prefer(value)), default=default)
    return {
        cluster: own.get(cluster) or _borrowed(voters, most, elsewhere=bool(own))
        for cluster, voters in votes.items()
    }


def _majority(
    voters: Sequence[frozenset[V]], everywhere: Counter[V], prefer: Callable[[V], Any]
) -> Chosen[V] | None:
    counts = Counter(value for voter in voters for value in voter)
    if not counts:
        return None
    best = min(counts, key=lambda value: (-counts[value], -everywhere[value], prefer(value)))
    is_majority = 2 * counts[best] >= len(voters)
    return Chosen(best, counts[best], len(voters)) if is_majority else None


def _borrowed(voters: Sequence[frozenset[V]], value: V, *, elsewhere: bool) -> Chosen[V]:
    agreed = sum(value in voter for voter in voters)
    return Chosen(value, agreed, len(voters), elsewhere=elsewhere)


def together(several: Sequence[Chosen[V]]) -> Chosen[V]:
    """Return what clusters chose alike, with the voters of all of them."""
    first, *_ = several
    return Chosen(
        first.value,
        sum(one.agreed for one in several),
        sum(one.of for one in several),
        elsewhere=all(one.elsewhere for one in several),
    )
