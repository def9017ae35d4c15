"""The vocabulary of these tests: a service that is explained, and any at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from controller.core.consent import NOT_ENFORCED
from controller.core.explained_service import ExplainedService
from controller.core.gate import Answer
from controller.core.move import Look, Wait
from controller.core.policy.exception import PolicyException
from controller.core.policy.mode import Mode
from controller.core.policy.select import Governed, Subject
from controller.core.policy.selector import Selector
from controller.core.policy.severity import Severity
from controller.core.policy.standing import Standing
from controller.core.policy.why import Considered, Place, Why, why
from controller.core.reason import Reason
from controller.core.service.rule_by_rule import RuleStanding
from tests.core.policy.written import governing
from tests.report.reports import (
    FINDINGS,
    NOW,
    OUTCOMES,
    REASONS,
    TEXTS,
    drifted,
    finding,
    log_group,
    outcome,
)

POLICY = governing("production", {"clusters": ["prod"]}, priority=3).model_copy(
    update={"mode": Mode.ENFORCE}
)
EXCEPTION = PolicyException(
    name="vendor-image",
    rules=("log-driver",),
    match=(Selector(clusters=("*",)),),
    reason="as shipped",
    expires=date(2027, 3, 31),
    owner="payments",
)
AUDIT_ONLY = Answer("process_yes", "The process was told.", Wait(NOT_ENFORCED))
PASSED = Answer("supported", "The service can be moved.", None)
BUDGET = Answer(
    "within_budget",
    "Few are rolled.",
    Wait(Reason("BudgetExhausted", "1 of 1", "It goes on."), NOW),
)


def rule(**changes: Any) -> RuleStanding:
    """Return how a rule in Enforce stands that found nothing, with *changes*."""
    stated: dict[str, Any] = {
        "rule": "delivery-mode",
        "title": "Logs are handed over",
        "severity": Severity.HIGH,
        "stated": Mode.ENFORCE,
        "mode": Mode.ENFORCE,
        "held": None,
        "exempt_by": (),
        "findings": (),
    }
    return RuleStanding(**(stated | changes))


def explained(**changes: Any) -> ExplainedService:
    """Return a service that has drifted, and that only the process holds, with *changes*."""
    policies = [POLICY, governing("low"), governing("dev", {"clusters": ["dev"]})]
    stated: dict[str, Any] = {
        "outcome": drifted(),
        "observed_at": NOW,
        "why": why(policies, Subject("prod", "web")),
        "standing": Standing(POLICY, Mode.ENFORCE),
        "rules": (rule(findings=(finding(),)),),
        "log_groups": (outcome(log_group()),),
        "gates": (PASSED, AUDIT_ONLY),
    }
    stated |= changes
    asked = replace(stated["outcome"], gates=stated.pop("gates"))
    return ExplainedService(**(stated | {"outcome": asked}))


# ── any service at all ────────────────────────────────────────────────────────────────────────────

_MODES = st.sampled_from(Mode)
_CONSIDERED = st.builds(
    Considered,
    name=st.sampled_from(["production", "p" * 63]),
    priority=st.integers(-5, 10**6),
    mode=_MODES,
    place=st.sampled_from(Place),
    because=TEXTS,
    excluded_by=st.integers(1, 3) | st.none(),
    lacks=st.lists(TEXTS, max_size=2).map(tuple),
)
_STANDINGS = st.builds(
    Standing,
    st.just(POLICY),
    _MODES,
    held=REASONS | st.none(),
    exemptions=st.sampled_from([(), (EXCEPTION,)]),
    changes_at=st.just(NOW) | st.none(),
    warnings=st.lists(TEXTS, max_size=2).map(tuple),
)
_RULES = st.builds(
    rule,
    rule=st.sampled_from(["log-driver", "r" * 40]),
    mode=_MODES,
    held=st.sampled_from(["AuditOnly", "InGracePeriod"]),
    findings=st.lists(FINDINGS, max_size=2).map(tuple),
)
_WAITS = st.builds(Wait, REASONS, st.just(NOW) | st.none())
_GATES = st.builds(
    Answer,
    st.sampled_from(["supported", "g" * 30]),
    TEXTS,
    st.none() | st.just(Look("family")) | _WAITS,
)
_SERVICES = OUTCOMES.filter(lambda one: one.ref.arn.startswith("arn:aws:ecs"))
EXPLAINED = st.builds(
    ExplainedService,
    st.builds(
        lambda one, gates: replace(one, gates=tuple(gates)), _SERVICES, st.lists(_GATES, max_size=3)
    ),
    st.just(NOW),
    why=st.builds(Why, st.just(Governed(POLICY)), st.lists(_CONSIDERED, max_size=3).map(tuple))
    | st.none(),
    standing=_STANDINGS | st.none(),
    rules=st.lists(_RULES, max_size=3).map(tuple),
    log_groups=st.lists(OUTCOMES, max_size=2).map(tuple),
    unasked=TEXTS | st.none(),
    gaps=st.lists(TEXTS, max_size=2).map(tuple),
    inventory=TEXTS | st.none(),
)
