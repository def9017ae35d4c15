"""The vocabulary of these tests: a fleet as two sets of policies judge it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from controller.core.judge.claim import LogGroupClaim
from controller.core.judge.setting import settings_for
from controller.core.log_group.rules import RULES as GROUP_RULES
from controller.core.outcome import Outcome
from controller.core.pace.ask import Ask
from controller.core.pace.traffic import Sighting, Traffic
from controller.core.policy.policy_set import PolicySet
from controller.core.policy_impact.model import Judged
from controller.core.reason import Sync
from controller.core.refs import LogGroupRef, ServiceRef
from controller.core.report import Report
from tests.core.service.given import GROUP, NOW, policy
from tests.report.reports import outcome

OLD: Final = PolicySet.of([policy()])
NEW: Final = PolicySet.of([policy(name="other")])
NOTHING: Final = PolicySet.of(())


def web(number: int = 0, *, cluster: str = "prod") -> ServiceRef:
    """Return a service."""
    return ServiceRef("111122223333", "eu-central-1", "aws", cluster, f"web-{number}")


def sighting(ref: ServiceRef, wants: str | None = None, *, governed: bool = True) -> Sighting:
    """Return what was seen of a service; with *wants* it is to be rolled to that document."""
    return Sighting(
        ref,
        "production" if governed else None,
        in_flight=False,
        wants=wants,
        enforces=governed,
        asks=frozenset() if wants is None else frozenset({Ask(wants)}),
    )


def claim(days: int | None) -> LogGroupClaim:
    """Return a claim on `GROUP` that asks for so many days."""
    settings = settings_for(GROUP_RULES, policy())
    return LogGroupClaim(
        GROUP.region,
        GROUP.name,
        create=True,
        retention_in_days=days,
        allow_shorter_retention=False,
        settings=settings,
        policy="production",
    )


def judged(
    policies: PolicySet,
    *sightings: Sighting,
    outcomes: tuple[Outcome, ...] | None = None,
    claims: Mapping[LogGroupRef, LogGroupClaim] | None = None,
    logs_to: Mapping[ServiceRef, Mapping[str, str]] | None = None,
    gaps: tuple[str, ...] = (),
) -> Judged:
    """Return a fleet as *policies* judge it; without *outcomes*, all that is governed complies."""
    told = tuple(_outcome(one) for one in sightings) if outcomes is None else outcomes
    seen = {one.ref: one for one in sightings}
    claimed = {group: {web(): one} for group, one in (claims or {}).items()}
    traffic = Traffic(complete=True, whole=True, sightings=seen, claims=claimed)
    return Judged(policies, Report(NOW, policies.digest, told, gaps), traffic, logs_to or {})


def _outcome(one: Sighting) -> Outcome:
    sync = Sync.UNGOVERNED if one.policy is None else Sync.COMPLIANT
    return replace(outcome(one.ref, sync), policy=one.policy)
