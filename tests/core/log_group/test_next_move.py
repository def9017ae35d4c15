"""The next step of a log group: created first, then completed, and left to its owner."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from controller.core.judge.claim import LogGroupClaim
from controller.core.log_group.observed import MANAGED_BY, LogGroup
from controller.core.move import CreateLogGroup, Done, SetRetention, Wait
from controller.core.policy.mode import Mode
from controller.core.reason import Health, Sync
from tests.core.log_group.given import (
    INSTANCE,
    KEY_ARN,
    MISSING_GROUP,
    NO_SUCH_KEY,
    NOT_ENFORCED,
    OUR_TAGS,
    PCI,
    claim,
    decided,
    group,
    judged,
    made,
)
from tests.core.service.given import GROUP, NOW

CREATE = CreateLogGroup(GROUP, {MANAGED_BY: INSTANCE})
A_MINUTE = timedelta(minutes=1)
STACK = {"aws:cloudformation:stack-name": "shop"}


def test_a_missing_group_is_created_then_completed_then_done() -> None:  # [fact 6.6]
    assert decided(MISSING_GROUP, claim()).step == CREATE
    assert decided(made(A_MINUTE), claim()).step == SetRetention(GROUP, 30)
    assert decided(group(30, tags=OUR_TAGS), claim()).step == Done()


def test_a_group_is_created_with_all_at_once_and_then_completed() -> None:  # [fact 6.6]
    asked = claim(**PCI)
    shown: dict[str, Any] = {"kmsKeyId": KEY_ARN, "deletionProtectionEnabled": True}

    assert decided(MISSING_GROUP, asked, key=KEY_ARN).step == CreateLogGroup(
        GROUP,
        {MANAGED_BY: INSTANCE},
        kms_key_id=KEY_ARN,
        log_group_class="STANDARD",
        deletion_protection=True,
    )
    assert decided(made(A_MINUTE, **shown), asked, key=KEY_ARN).step == SetRetention(GROUP, 365)
    assert decided(group(365, tags=OUR_TAGS, **shown), asked, key=KEY_ARN).step == Done()


def test_a_group_whose_key_cannot_be_found_waits_for_it() -> None:
    step = decided(MISSING_GROUP, claim(**PCI), key=NO_SUCH_KEY).step

    assert isinstance(step, Done)
    assert step.reason is not None
    assert step.reason.code == "KeyUnresolved"


def test_nothing_is_written_while_a_rule_in_enforce_does_not_know() -> None:
    one = group(7, kmsKeyId=KEY_ARN)

    step = decided(one, claim(kms_key_id="alias/logs"), key=NO_SUCH_KEY).step

    assert isinstance(step, Done)
    assert step.reason is not None
    assert step.reason.code == "Unknown"
    assert step.reason.remedy


def test_what_differs_for_good_does_not_keep_the_rest_from_being_written() -> None:
    asked = claim(log_group_class="INFREQUENT_ACCESS")

    assert decided(group(7), asked).step == SetRetention(GROUP, 30)


def test_a_step_is_progress() -> None:
    assert decided(MISSING_GROUP, claim()).health is Health.PROGRESSING


@pytest.mark.parametrize(
    ("one", "asked", "code"),
    [
        pytest.param(group(90), claim(), "ShorterRetention", id="shortening"),
        pytest.param(
            group(), claim(retention=7), "ShorterRetention", id="made by another in between"
        ),
        pytest.param(MISSING_GROUP, claim(create=False), "CreationNotAsked", id="not to be made"),
        pytest.param(
            MISSING_GROUP,
            claim(exists=Mode.AUDIT, retains=Mode.AUDIT),
            "AuditOnly",
            id="a policy in Audit",
        ),
        pytest.param(
            MISSING_GROUP, claim(exists=Mode.AUDIT), "LogGroupMissing", id="nothing to complete"
        ),
        pytest.param(group(7, tags=STACK), claim(), "OwnedElsewhere", id="a stack's"),
    ],
)
def test_what_is_not_to_be_written_is_done_and_says_why(
    one: LogGroup, asked: LogGroupClaim, code: str
) -> None:
    step = decided(one, asked).step

    assert isinstance(step, Done)
    assert step.reason is not None
    assert step.reason.code == code


def test_claims_that_contradict_each_other_write_nothing() -> None:
    step = decided(MISSING_GROUP, claim(retention=7), claim(retention=30)).step

    assert isinstance(step, Done)
    assert step.reason is not None
    assert step.reason.code == "PolicyConflict"


def test_nothing_is_written_before_every_claimer_was_seen() -> None:
    step = decided(MISSING_GROUP, claim(), complete=False).step

    assert isinstance(step, Wait)
    assert step.reason.code == "ClaimsIncomplete"
    assert step.until is not None
    assert step.until > NOW


def test_a_group_that_is_there_is_not_written_to_while_some_claimer_cannot_be_seen() -> None:
    step = decided(group(7), claim(), whole=False).step

    assert isinstance(step, Wait)
    assert step.reason.code == "ClaimsIncomplete"
    assert decided(MISSING_GROUP, claim(), whole=False).step == CREATE
    assert decided(made(A_MINUTE), claim(), whole=False).step == SetRetention(GROUP, 30)


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(group(7, tags=OUR_TAGS), id="with a retention"),
        pytest.param(group(365, tags=OUR_TAGS), id="with a longer one"),
        pytest.param(made(timedelta(days=31)), id="without one for long"),
    ],
)
def test_that_a_group_is_ours_does_not_let_it_be_changed_behind_a_claimers_back(
    one: LogGroup,
) -> None:
    step = decided(one, claim(shorter=True), whole=False).step

    assert isinstance(step, Wait)
    assert step.reason.code == "ClaimsIncomplete"
    assert decided(one, claim(shorter=True)).step == SetRetention(GROUP, 30)


def test_a_process_that_does_not_enforce_writes_nothing() -> None:
    assert decided(MISSING_GROUP, claim(), yes=NOT_ENFORCED).step == Wait(NOT_ENFORCED.otherwise)


def test_a_group_is_drifted_or_compliant() -> None:
    assert judged(group(7), claim()).sync is Sync.DRIFTED
    assert judged(group(30), claim()).sync is Sync.COMPLIANT


def test_a_retention_of_another_type_is_none() -> None:
    assert group("30").retention_in_days is None
