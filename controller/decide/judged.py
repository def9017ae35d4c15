"""What one set of policies says of an observed service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from controller.core.judge.finding import Subject
from controller.core.judge.setting import Setting, settings_for
from controller.core.log_group.rules import RULES as GROUP_RULES
from controller.core.policy.mode import Mode
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.nobody import nobodys
from controller.core.policy.patience import as_patient_as
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.select import Contested, Governed, Selection, Undecided, select
from controller.core.policy.severity import Severity
from controller.core.policy.standing import Standing, standing
from controller.core.service.claims import groups_of
from controller.core.service.claims_of_use import claims_of_use
from controller.core.service.context import ServiceContext
from controller.core.service.in_use import named_in
from controller.core.service.named_for import named_for
from controller.core.service.observed import Observed
from controller.core.service.subject import subject_of
from controller.core.service.verdict import Claims, Verdict, judge, nothing_asked
from controller.core.service.watched_by import watched_by

_NOT_KNOWN: Final[Mapping[str, Setting]] = MappingProxyType(
    {rule.id: Setting(Mode.AUDIT, Severity.LOW, held="ClaimerUndecided") for rule in GROUP_RULES}
)
"""How a service would take the rules of whom it cannot be told by which policy it is governed."""


@dataclass(frozen=True, slots=True)
class JudgedService:
    """Which of `policies` governs the service, how far it goes, and what it makes of what runs.

    `asks` False: nobody asks anything of the service, and the verdict is an empty one.
    """

    policies: PolicySet
    selected: Selection
    stands: Standing
    verdict: Verdict
    asks: bool


def judge_service(observed: Observed, policies: PolicySet, *, now: datetime) -> JudgedService:
    """Judge the service by the set at *now*, as far as what was observed tells."""
    selected = select(policies.policies, subject_of(observed))
    stands = _standing(selected, observed, policies, now)
    asks = isinstance(selected, Governed) and stands.off is None
    if asks:
        verdict = judge_by(observed, stands)
    else:
        watching = watched_by(observed, selected, policies)
        stands = replace(stands, policy=as_patient_as(stands.policy, watching))
        in_use = _in_use(selected, stands, observed)
        verdict = nothing_asked(observed.revision.document, stands, in_use)
    return JudgedService(policies, selected, stands, verdict, asks)


def _standing(
    selected: Selection, observed: Observed, policies: PolicySet, now: datetime
) -> Standing:
    """Return how far the policy goes with the service, or that nobody's goes nowhere."""
    if not isinstance(selected, Governed):
        return Standing(nobodys(), Mode.DISABLED)
    return standing(
        policies,
        selected.policy,
        subject_of(observed),
        created_at=observed.service.created_at,
        now=now,
    )


def _in_use(selected: Selection, stands: Standing, observed: Observed) -> Claims:
    """Return what is to be heeded of the groups to which a service logs of which nothing is asked.

    Whoever has no say now, but will have one or may have one already, is not to find that others
    have changed the group meanwhile: these see what they would change, and change nothing.
    """
    document, policy = observed.revision.document, stands.policy
    groups = named_in(document)
    match selected:
        case Governed() if stands.held is not None:
            audited = settings_for(GROUP_RULES, policy, replace(stands, cap=Mode.AUDIT))
            context = _context(observed, policy)
            uses, named = groups_of(document, context), named_for(document, context)
            held = claims_of_use(uses, policy, settings=audited, named=named)
            return claims_of_use(groups, policy) | held
        case Undecided() | Contested():
            return claims_of_use(groups, policy, settings=_NOT_KNOWN)
        case _:
            return claims_of_use(groups, policy)


def judge_by(observed: Observed, stands: Standing) -> Verdict:
    """Judge the service by the policy of *stands*, as far as that goes with it."""
    ref, policy = observed.ref, stands.policy
    return judge(
        observed.revision.document,
        _context(observed, policy),
        Subject(ref.account, ref.region, "service", ref.cluster, ref.name),
        group_settings=settings_for(GROUP_RULES, policy, stands),
        standing=stands,
    )


def _context(observed: Observed, policy: LoggingPolicy) -> ServiceContext:
    ref = observed.ref
    names = {
        "account": ref.account,
        "region": ref.region,
        "partition": ref.partition,
        "cluster": ref.cluster,
        "service": ref.name,
        "family": observed.revision.family,
    }
    return ServiceContext(policy, names, observed.default_mode, observed.service.tags)
