"""Rule by rule: the same judgement, told once for each rule."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given

from controller.core.policy.exception import PolicyException
from controller.core.policy.mode import Mode
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.selector import Selector
from controller.core.policy.standing import Standing
from controller.core.reason import Reason
from controller.core.service.context import ServiceContext
from controller.core.service.rule_by_rule import RuleStanding, rule_by_rule
from controller.core.service.rules import RULES
from controller.core.service.verdict import judge, nothing_asked
from tests.core.service.given import (
    CORRECTED,
    DRIFTED,
    NAMES,
    SUBJECT,
    TAGS,
    judged,
    policy,
)
from tests.strategies.policies import policies
from tests.strategies.task_definitions import Members, task_definitions

HELD = Reason("InGracePeriod", "the policy's grace period lasts")


def standing_under(standing: Standing) -> dict[str, RuleStanding]:
    """Return how a service that drifts stands to each rule."""
    context = ServiceContext(standing.policy, NAMES, "non-blocking", TAGS)
    verdict = judge(DRIFTED, context, SUBJECT, group_settings={}, standing=standing)
    return {one.rule: one for one in rule_by_rule(verdict)}


def test_a_rule_that_found_nothing_is_told_as_well() -> None:
    told = rule_by_rule(judged(CORRECTED))

    assert [one.rule for one in told] == [rule.id for rule in RULES]
    assert all(one.findings == () and one.is_asked and one.held is None for one in told)


def test_what_holds_a_rule_is_told_with_the_mode_that_the_policy_gives_it() -> None:
    found = standing_under(Standing(policy(), Mode.AUDIT, HELD))["delivery-mode"]

    assert (found.stated, found.mode, found.held) == (Mode.ENFORCE, Mode.AUDIT, "InGracePeriod")
    assert [one.blocked for one in found.findings] == ["InGracePeriod"]


def test_a_rule_that_is_off_is_not_asked() -> None:
    off = policy(rules={"delivery-mode": {"mode": "Disabled"}})
    found = standing_under(Standing(off, Mode.ENFORCE))["delivery-mode"]

    assert not found.is_asked
    assert found.findings == ()


def test_an_exception_is_told_at_the_rules_of_which_it_speaks() -> None:
    exception = PolicyException(
        name="vendor-image",
        rules=("delivery-mode",),
        match=(Selector(clusters=("*",)),),
        reason="as shipped",
        expires=date(2027, 3, 31),
    )
    found = standing_under(Standing(policy(), Mode.ENFORCE, exemptions=(exception,)))

    assert {rule: one.exempt_by for rule, one in found.items()} == {
        "log-driver": (),
        "awslogs-options": (),
        "delivery-mode": ("vendor-image",),
    }


def test_where_nothing_is_asked_there_is_no_rule() -> None:
    disabled = Standing(policy(grace_period=timedelta(0)), Mode.DISABLED)

    assert rule_by_rule(nothing_asked(DRIFTED, disabled)) == ()


@given(task_definitions(), policies())
def test_every_finding_is_told_once(document: Members, by: LoggingPolicy) -> None:
    verdict = judged(document, by)

    told = [found for one in rule_by_rule(verdict) for found in one.findings]
    assert sorted(one.id for one in told) == sorted(one.id for one in verdict.judgement.findings)
