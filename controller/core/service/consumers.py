"""Who reads a log group along: the filters through which its events go elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from controller.core.document.digest import digest
from controller.core.document.json import Document

_ASIDE: Final = frozenset({"filterName", "logGroupName", "creationTime", "roleArn", "distribution"})
"""What says neither which events a filter takes nor what becomes of them."""


@dataclass(frozen=True, slots=True)
class Consumer:
    """A filter of a log group: of which `kind`, by which `name`, and what it `does`.

    Two that do the same take the same events to the same end, whatever their names: `does` is the
    digest of the pattern, and of the destination or the metrics.
    """

    kind: str
    name: str
    does: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


def subscription_filter(name: str, described: Document) -> Consumer:
    """Return a filter that hands events on, as DescribeSubscriptionFilters shows it [fact 6.11]."""
    return Consumer("subscription filter", name, _does(described))


def metric_filter(name: str, described: Document) -> Consumer:
    """Return a filter that counts events, as DescribeMetricFilters shows it [fact 6.11]."""
    return Consumer("metric filter", name, _does(described))


def lacking(left: frozenset[Consumer], reached: frozenset[Consumer]) -> tuple[Consumer, ...]:
    """Return those of *left* of which none in *reached* does the same, by kind and name."""
    there = {(one.kind, one.does) for one in reached}
    missing = (one for one in left if (one.kind, one.does) not in there)
    return tuple(sorted(missing, key=lambda one: (one.kind, one.name)))


def _does(described: Document) -> str:
    """Return, in one form, all that a filter says of itself; what is empty is as if it were not."""
    told = {key: one for key, one in described.items() if key not in _ASIDE and one}
    return digest(told)
