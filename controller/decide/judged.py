"""What one set of policies says of an observed service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from controller.core.judge.finding import Subject
from controller.core.judge.setting import settings_for
from controller.core.log_group.rules import RULES as GROUP_RULES
from controller.core.policy.mode import Mode
from controller.core.policy.nobody import nobodys
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.select import Governed, Selection, select
from controller.core.policy.standing import Standing, standing
from controller.core.service.context import ServiceContext
from controller.core.service.observed import Observed
from controller.core.service.subject import subject_of
from controller.core.service.verdict import Verdict, judge, nothing_asked


@dataclass(frozen=True, slots=True)
class JudgedService:
    """Which policy governs the service, how far it goes, and what it makes of what runs.

    `asks` False: nobody asks anything of the service, and the verdict is an empty one.
    """

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
        verdict = _judge(observed, stands)
    else:
        verdict = nothing_asked(observed.revision.document, stands)
    return JudgedService(selected, stands, verdict, asks)


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


def _judge(observed: Observed, stands: Standing) -> Verdict:
    ref, policy = observed.ref, stands.policy
    names = {
        "account": ref.account,
        "region": ref.region,
        "partition": ref.partition,
        "cluster": ref.cluster,
        "service": ref.name,
        "family": observed.revision.family,
    }
    return judge(
        observed.revision.document,
        ServiceContext(policy, names, observed.default_mode, observed.service.tags),
        Subject(ref.account, ref.region, "service", ref.cluster, ref.name),
        group_settings=settings_for(GROUP_RULES, policy, stands),
        standing=stands,
    )
