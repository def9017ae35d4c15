"""The baseline: who does not follow which rule today, so that only what is new is told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from controller.core.outcome import Outcome
from controller.core.refs import LogGroupRef, ServiceRef


@dataclass(frozen=True, slots=True)
class Spared:
    """The services, in order, that are to be exempt from one rule, by its id."""

    rule: str
    services: tuple[ServiceRef, ...]


def baseline(
    outcomes: Iterable[Outcome], claimers: Mapping[LogGroupRef, Collection[ServiceRef]]
) -> tuple[Spared, ...]:
    """Return, rule by rule, the services that violate it, or claim a log group that does."""
    found: dict[str, set[ServiceRef]] = {}
    for one in outcomes:
        for finding in one.findings:
            if finding.is_violation:
                found.setdefault(finding.rule, set()).update(_concerned(one, claimers))
    return tuple(
        Spared(rule, tuple(sorted(services)))
        for rule, services in sorted(found.items())
        if services
    )


def _concerned(
    outcome: Outcome, claimers: Mapping[LogGroupRef, Collection[ServiceRef]]
) -> Collection[ServiceRef]:
    match outcome.ref:
        case ServiceRef() as ref:
            return (ref,)
        case LogGroupRef() as ref:
            return claimers.get(ref, ())
        case _:
            return ()


def selectors(
    services: Iterable[ServiceRef], *, with_region: bool
) -> Iterator[dict[str, list[str]]]:
    """Yield the selectors that fit just these services: one for each cluster."""

    def place(one: ServiceRef) -> tuple[str, str]:
        return one.region if with_region else "", one.cluster

    for (region, cluster), several in groupby(sorted(services, key=place), key=place):
        regions = {"regions": [region]} if with_region else {}
        names = sorted({one.name for one in several})
        yield {**regions, "clusters": [cluster], "services": names}
