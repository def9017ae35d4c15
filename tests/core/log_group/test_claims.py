"""The claims of many on one log group, joined."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.judge.claim import LogGroupClaim
from controller.core.log_group.claims import join
from controller.core.log_group.observed import LogGroup
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
    uses,
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

USES = st.builds(
    uses, shorter=st.booleans(), held=st.sampled_from([None, "ClaimerUndecided", "OwnerTag"])
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


def test_who_only_uses_a_group_asks_nothing_of_it() -> None:
    assert join([uses(), uses(held="OwnerTag")]) is None

    alone, beside = joined(claim()), joined(uses(), claim(), uses())
    assert beside == alone


@pytest.mark.parametrize("shorter", [True, False])
def test_shortening_needs_every_user_too(*, shorter: bool) -> None:
    said = judged(group(90), claim(shorter=True), uses(shorter=shorter))

    assert bool(said.judgement.enforced) is shorter
    [finding] = said.judgement.findings
    assert finding.blocked == (None if shorter else "ShorterRetention")
    assert ("nobody asks that" in finding.message) is not shorter


def test_who_does_not_ask_for_shortening_is_not_told_of_others() -> None:
    [finding] = judged(group(90), claim(), uses()).judgement.findings

    assert "nobody asks that" not in finding.message


def test_a_user_does_not_keep_a_group_from_being_made_or_lengthened() -> None:
    assert len(judged(MISSING_GROUP, claim(), uses()).judgement.enforced) == 2
    assert len(judged(group(7), claim(), uses()).judgement.enforced) == 1


@pytest.mark.parametrize("one", [MISSING_GROUP, group(7)], ids=["made", "lengthened"])
def test_a_user_who_may_have_a_say_keeps_a_group_from_being_changed(one: LogGroup) -> None:
    said = judged(one, claim(), uses(held="ClaimerUndecided")).judgement

    assert said.enforced == ()
    assert {finding.blocked for finding in said.findings} == {"ClaimerUndecided"}
    assert {finding.severity for finding in said.findings} == {
        finding.severity for finding in judged(one, claim()).judgement.findings
    }


def test_users_do_not_decide_who_comes_to_a_group_by_accident() -> None:
    a, b = (replace(claim(), named_for=frozenset({(whom,)})) for whom in "ab")

    assert joined(a, b, uses()).conflict is not None


@given(st.lists(st.one_of(CLAIMS, USES), min_size=1, max_size=5))
def test_the_order_of_claimers_does_not_matter(claims: list[LogGroupClaim]) -> None:
    assert join(claims) == join(reversed(claims))


@given(st.lists(CLAIMS, min_size=1, max_size=4), st.lists(USES, max_size=3))
def test_users_only_ever_weaken_what_is_done(
    claims: list[LogGroupClaim], others: list[LogGroupClaim]
) -> None:
    for one in (MISSING_GROUP, group(7), group(90), group()):
        asked = judged(one, *claims).judgement.enforced
        assert {*judged(one, *claims, *others).judgement.enforced} <= {*asked}


@given(st.lists(CLAIMS, min_size=1, max_size=5))
def test_nothing_is_written_that_one_claimer_does_not_enforce(claims: list[LogGroupClaim]) -> None:
    verdict = judged(MISSING_GROUP, *claims)

    for rule in ("log-group-exists", "log-group-retention"):
        if any(one.settings[rule].mode is not Mode.ENFORCE for one in claims):
            items = [item for item in verdict.judgement.items if item.finding.rule == rule]
            assert all(item.mode is not Mode.ENFORCE for item in items)
