"""Services that do not belong together and are given one log group by their names."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from controller.core.judge.claim import LogGroupClaim, collide
from controller.core.reason import Reason
from controller.core.refs import LogGroupRef, ServiceRef
from controller.core.service.candidate import Candidate

_SHOWN: Final = 3


def collision(candidate: Candidate, groups: Collection[tuple[str, str]]) -> Reason | None:
    """Return why the service must not begin to log to one of *groups*, by (Region, name); or None.

    A group to which it logs already is not asked about: nothing that is written now makes that
    worse.
    """
    ref = candidate.observed.ref
    for (region, name), claim in candidate.verdict.claims.items():
        if (region, name) in groups and not claim.is_used:
            group = LogGroupRef(ref.account, region, ref.partition, name)
            if others := _others(claim, group, candidate):
                return _told(name, others)
    return None


def _others(
    claim: LogGroupClaim, group: LogGroupRef, candidate: Candidate
) -> tuple[ServiceRef, ...]:
    claimers = candidate.traffic.claims.get(group, {})
    met = (ref for ref, other in claimers.items() if collide(claim, other))
    return tuple(sorted(ref for ref in met if ref != candidate.observed.ref))


def _told(name: str, others: tuple[ServiceRef, ...]) -> Reason:
    listed = ", ".join(f"{one.cluster}/{one.name}" for one in others[:_SHOWN])
    more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
    return Reason(
        "NameCollision",
        f"the policy gives the log group {name} to it and, by accident, to {listed}{more}",
        "Let the template tell them apart ({cluster}/{service}), or write the group's name out "
        "for services that are to share it.",
    )
