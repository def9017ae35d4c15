"""The log groups that a service asks for: those to which its corrected revision would log."""

from __future__ import annotations

import pytest

from controller.core.document.json import Json
from controller.core.document.unresolved import Unresolved
from controller.core.policy.mode import Mode
from controller.core.reason import Reason
from tests.core.service.given import (
    awslogs,
    container,
    destination,
    judged,
    logging_by,
    policy,
    task_definition,
)

OURS = ("eu-central-1", "/ecs/web")


def test_a_service_claims_the_group_to_which_it_would_log() -> None:
    verdict = judged(task_definition(container(logConfiguration=logging_by("json-file"))))

    claim = verdict.claims[OURS]
    assert (claim.create, claim.retention_in_days, claim.policy) == (True, 30, "production")
    assert verdict.needs == (OURS,)
    assert {one.mode for one in claim.settings.values()} == {Mode.ENFORCE}


def test_containers_that_share_a_group_claim_it_once() -> None:
    logs = awslogs()
    verdict = judged(
        task_definition(
            container("a", logConfiguration=logs), container("b", logConfiguration=logs)
        )
    )

    assert list(verdict.claims) == [OURS]


def test_a_group_is_looked_for_in_its_own_region() -> None:
    by = policy(destinations=(destination(keep=("group", "region")),))
    logs = awslogs(awslogs_group="/kept", awslogs_region="us-east-1")

    verdict = judged(task_definition(container(logConfiguration=logs)), by)
    assert list(verdict.claims) == [("us-east-1", "/kept")]


def test_a_group_that_only_a_rule_in_audit_would_use_is_claimed_in_audit() -> None:
    by = policy(rules={"awslogs-options": {"mode": "Audit"}})
    logs = awslogs(awslogs_group="/old")

    verdict = judged(task_definition(container(logConfiguration=logs)), by)
    modes = {
        name: {one.mode for one in claim.settings.values()}
        for (_, name), claim in verdict.claims.items()
    }
    assert modes == {"/ecs/web": {Mode.AUDIT}, "/old": {Mode.ENFORCE}}
    assert verdict.needs == (("eu-central-1", "/old"),)


def test_a_policy_that_says_nothing_of_log_groups_asks_for_nothing() -> None:
    by = policy(log_group=None)

    [claim] = judged(task_definition(container()), by).claims.values()
    assert (claim.create, claim.retention_in_days) == (None, None)


def test_a_claim_carries_what_a_group_is_to_be_made_with() -> None:
    strict = {
        "kms_key_id": "alias/logs",
        "log_group_class": "STANDARD",
        "deletion_protection": True,
    }

    [claim] = judged(task_definition(container()), policy(log_group=strict)).claims.values()
    assert (claim.kms_key_id, claim.log_group_class) == ("alias/logs", "STANDARD")
    assert claim.deletion_protection


def test_what_is_excluded_or_logs_elsewhere_claims_nothing() -> None:
    by = policy(containers={"exclude": ({"names": ("agent",)},)}, accept=({"driver": "gelf"},))
    agent = container("agent", logConfiguration=awslogs())
    app = container("app", logConfiguration=logging_by("gelf"))

    assert judged(task_definition(agent, app), by).claims == {}


def test_a_group_that_is_not_known_is_not_claimed() -> None:
    logs = awslogs(awslogs_group=Unresolved("Ref Group"))

    assert judged(task_definition(container(logConfiguration=logs))).claims == {}


def test_where_nothing_will_be_rolled_only_groups_in_use_are_claimed() -> None:
    logs = awslogs(awslogs_group="/old")
    verdict = judged(task_definition(container(logConfiguration=logs)))

    assert list(verdict.claims_if(rollable=True)) == [OURS]
    assert list(verdict.claims_if(rollable=False)) == []
    used = judged(task_definition(container(logConfiguration=awslogs())))
    assert list(used.claims_if(rollable=False)) == [OURS]


# ── groups of which nothing is asked ──────────────────────────────────────────────────────────────


def logging_to(group: str, name: str = "web") -> dict[str, Json]:
    return container(name, logConfiguration=awslogs(awslogs_group=group))


def test_a_group_that_is_to_be_left_is_used_until_then_and_may_forget_as_the_policy_says() -> None:
    left = task_definition(logging_to("/old"))
    allowing = policy(allow={"shorter_retention": True})

    for by, may_forget in ((None, False), (allowing, True)):
        [(group, claim)] = judged(left, by).in_use.items()
        assert group == ("eu-central-1", "/old")
        assert (claim.asks, claim.is_used, claim.settings) == (False, True, {})
        assert claim.allow_shorter_retention is may_forget


def test_a_group_of_a_container_that_is_excluded_is_used_and_does_not_forget() -> None:
    by = policy(allow={"shorter_retention": True}, containers={"exclude": ({"names": ("agent",)},)})
    verdict = judged(task_definition(logging_to("/agent", "agent"), logging_to("/ecs/web")), by)

    assert list(verdict.claims) == [OURS]
    [(group, claim)] = verdict.in_use.items()
    assert group == ("eu-central-1", "/agent")
    assert (claim.asks, claim.allow_shorter_retention) == (False, False)


def test_a_group_that_is_claimed_is_not_told_of_twice() -> None:
    verdict = judged(task_definition(logging_to("/ecs/web"), logging_to("/ecs/web", "other")))

    assert list(verdict.claims) == [OURS]
    assert verdict.in_use == {}


# ── retention by a variable ───────────────────────────────────────────────────────────────────────

KEEP = {"keep": {"source": "{tag:env}", "map": {"prod": 365, "dev": 14}}}
BY_VARIABLE = policy(variables=KEEP, log_group={"create": True, "retention_in_days": "{var:keep}"})


@pytest.mark.parametrize(("env", "days"), [("prod", 365), ("dev", 14)])
def test_a_retention_by_a_variable_is_claimed_as_a_number(env: str, days: int) -> None:
    verdict = judged(task_definition(container()), BY_VARIABLE, tags={"env": env})

    assert verdict.claims[OURS].retention_in_days == days


def test_a_retention_that_has_no_value_is_claimed_with_the_reason() -> None:
    verdict = judged(task_definition(container()), BY_VARIABLE, tags={"env": "qa"})

    days = verdict.claims[OURS].retention_in_days
    assert isinstance(days, Reason)
    assert (days.code, "keep" in days.message) == ("NoValue", True)


def test_a_retention_is_not_known_without_the_tags() -> None:
    verdict = judged(task_definition(container()), BY_VARIABLE, tags=None)

    assert isinstance(verdict.claims[OURS].retention_in_days, Unresolved)
