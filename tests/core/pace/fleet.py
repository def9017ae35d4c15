"""The vocabulary of these tests: what was last seen of the services of a policy with waves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from controller.core.pace.traffic import RollResult, Sighting, Traffic
from controller.core.policy.model import LoggingPolicy
from controller.core.refs import ServiceRef
from tests.core.service.given import REF, ago, policy

CANARIES = {"name": "canaries", "match": [{"services": ["canary-*"]}], "bake": "10m"}
MAIN = {"name": "main", "match": [{"services": ["main-*"]}], "bake": "30m"}


def waves(*stated: dict[str, Any], **rollout: Any) -> LoggingPolicy:
    """Return a policy with these waves."""
    return policy(rollout={"waves": list(stated), **rollout})


IN_WAVES = waves(CANARIES, MAIN)
"""First those called `canary-…`, then `main-…`, then the rest."""


def named(name: str, **where: str) -> ServiceRef:
    """Return a service of this name, in the cluster `prod` unless said otherwise."""
    return replace(REF, name=name, **where)


def rolled(age: float, *, failed: bool = False, took: float = 5, **more: Any) -> RollResult:
    """Return a roll that ended *age* minutes ago."""
    return RollResult(ago(age + took), ago(age), failed, **more)


def drifted(name: str, wave: int | None = 0, **more: Any) -> Sighting:
    """Return a service that is to be rolled and could go first."""
    seen = Sighting(
        named(name),
        "production",
        in_flight=False,
        wants="v1-digest",
        wave=wave,
        canary_eligible=True,
    )
    return replace(seen, **more)


def done(name: str, wave: int | None = 0, *, at: float | None = None, **more: Any) -> Sighting:
    """Return a service that is as the policy wants it: rolled *at* minutes ago, or not by us."""
    rolls = () if at is None else (rolled(at),)
    seen = drifted(name, wave, settled=True, rolls=rolls, corrected=at is not None)
    evidence: datetime | None = None if at is None else ago(at)
    return replace(seen, wants=None, evidence=evidence, **more)


def flying(name: str, wave: int | None = 0, **more: Any) -> Sighting:
    """Return a service that is being rolled."""
    return replace(drifted(name, wave), wants=None, in_flight=True, **more)


def traffic(seen: Iterable[Sighting], *slots: ServiceRef, complete: bool = True) -> Traffic:
    """Return the fleet in which this was seen."""
    known = {one.ref: one for one in seen}
    return Traffic(complete=complete, whole=True, sightings=known, slots=frozenset(slots))
