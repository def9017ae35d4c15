"""The claims of many on one log group, joined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.judge.claim import LogGroupClaim
from controller.core.log_group.claims import join
from controller.core.policy.mode import Mode
from controller.core.policy.severity import Severity
from tests.core.log_group.given import (
    KEY_ARN,
    MISSING_GROUP,
    PCI,
    claim,
    group,
    joined,
    judged,
    severe,
)

CLAIMS = st.builds(
    claim,
    create=st.sampled_from([None, True, False]),
    retention=st.sampled_from([None, 7, 30]),
    shorter=st.booleans(),
    policy=st.sampled_from(["a", "b"]),
    exists=st.sampled_from(Mode),
    retains=st.sampled_from(Mode),
    kms_key_id=st.sampled_from([None, "alias/logs", KEY_ARN]),
    log_group_class=st.sampled_from([None, "STANDARD", "INFREQUENT_ACCESS"]),
    deletion_protection=st.booleans(),
)


def test_a_longer_retention_is_fine_where_all_say_so_who_ask_for_one() -> None:
    fine, exact, silent = claim(may_keep_longer=True), claim(), claim(retention=None)

    assert joined(fine, fine, silent).may_keep_longer
    assert not joined(fine, exact).may_keep_longer


def test_what_nobody_claims_is_not_joined() -> None:
    assert join(()) is None


def test_fifty_claimers_make_one_finding_and_one_edit() -> None:
    fifty = [claim(retention=30) for _ in range(50)]

    verdict = judged(group(90), *fifty)
    assert len(verdict.judgement.findings) == 1
    assert len(judged(group(7), *fifty).judgement.enforced) == 1


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        pytest.param([claim(retention=7), claim(retention=30)], "7 and 30 days", id="retention"),
        pytest.param(
            [claim(retention=90), claim(retention=365)], "90 and 365 days", id="in their order"
        ),
        pytest.param([claim(create=True), claim(create=False)], "created", id="creation"),
        pytest.param(
            [claim(kms_key_id="alias/logs"), claim(kms_key_id="alias/audit")],
            "alias/audit and alias/logs",
            id="key",
        ),
        pytest.param(
            [claim(log_group_class="STANDARD"), claim(log_group_class="INFREQUENT_ACCESS")],
            "INFREQUENT_ACCESS and STANDARD",
            id="class",
        ),
    ],
)
def test_claims_that_contradict_each_other_are_a_conflict_and_nothing_is_written(
    claims: list[LogGroupClaim], told: str
) -> None:
    verdict = judged(MISSING_GROUP, *claims)

    [finding] = verdict.judgement.findings
    assert (finding.blocked, finding.fixable) == ("PolicyConflict", False)
    assert told in finding.message
    assert verdict.judgement.edits == ()


def test_a_claim_that_asks_nothing_contradicts_nobody() -> None:
    together = joined(claim(retention=None, create=None), claim(retention=30, create=True))

    assert (together.conflict, together.retention_in_days, together.create) == (None, 30, True)


def test_what_one_claimer_asks_for_besides_is_asked_for_all() -> None:
    together = joined(claim(retention=None), claim(**PCI))

    assert together.conflict is None
    assert (together.kms_key_id, together.log_group_class) == ("alias/logs", "STANDARD")
    assert together.deletion_protection


def test_nobody_who_asks_for_creation_means_none() -> None:
    assert not joined(claim(create=None)).create
    assert not joined(claim(create=False)).create


def test_any_claimer_in_audit_makes_it_audit() -> None:
    together = joined(claim(), claim(exists=Mode.AUDIT), claim())

    assert together.settings["log-group-exists"].mode is Mode.AUDIT
    assert together.settings["log-group-retention"].mode is Mode.ENFORCE


def test_the_highest_severity_of_all_claimers_holds() -> None:
    settings = joined(claim(), severe(claim())).settings

    assert {one.severity for one in settings.values()} == {Severity.CRITICAL}


def test_shortening_needs_every_claimer() -> None:
    assert joined(claim(shorter=True), claim(shorter=True)).allow_shorter_retention
    assert not joined(claim(shorter=True), claim(shorter=False)).allow_shorter_retention


def test_the_policies_of_all_claimers_are_named_once() -> None:
    three = (claim(policy="b"), claim(policy="a"), claim(policy="b"))

    assert joined(*three).policies == ("a", "b")


@given(st.lists(CLAIMS, min_size=1, max_size=5))
def test_the_order_of_claimers_does_not_matter(claims: list[LogGroupClaim]) -> None:
    assert join(claims) == join(reversed(claims))


@given(st.lists(CLAIMS, min_size=1, max_size=5))
def test_nothing_is_written_that_one_claimer_does_not_enforce(claims: list[LogGroupClaim]) -> None:
    verdict = judged(MISSING_GROUP, *claims)

    for rule in ("log-group-exists", "log-group-retention"):
        if any(one.settings[rule].mode is not Mode.ENFORCE for one in claims):
            items = [item for item in verdict.judgement.items if item.finding.rule == rule]
            assert all(item.mode is not Mode.ENFORCE for item in items)
