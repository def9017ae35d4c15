"""What log groups are made with: a key, a class, a protection, as people write them."""

from __future__ import annotations

import pytest

from controller.core.policy.log_group import LogGroupPolicy
from tests.core.policy.written import SMALLEST, parsed, policy_from

ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def stated(text: str) -> LogGroupPolicy:
    """Return what a policy says of log groups."""
    log_group = policy_from(f"  logGroup: {{{text}}}").log_group
    assert log_group is not None
    return log_group


@pytest.mark.parametrize(
    "key", [ARN, ARN.replace("arn:aws:", "arn:aws-cn:"), "alias/logs", "alias/team/logs_1"]
)
def test_a_key_is_named_by_its_arn_or_by_an_alias(key: str) -> None:
    assert stated(f'kmsKeyId: "{key}"').kms_key_id == key


@pytest.mark.parametrize(
    "key",
    [
        "logs",
        "1234abcd-12ab-34cd-56ef-1234567890ab",
        "alias/",
        "alias/lo gs",
        ARN.replace(":key/", ":alias/"),
        ARN.replace("kms", "s3"),
        "alias/" + "x" * 256,
    ],
)
def test_any_other_name_of_a_key_is_refused(key: str) -> None:
    (problem,) = parsed(SMALLEST + f'  logGroup: {{kmsKeyId: "{key}"}}\n').problems

    assert problem.reason == "InvalidValue"
    assert problem.hint == "write arn:aws:kms:REGION:ACCOUNT:key/ID, or alias/NAME"


@pytest.mark.parametrize("name", ["STANDARD", "INFREQUENT_ACCESS", "ESSENTIALS"])
def test_a_class_is_one_that_containers_can_log_to(name: str) -> None:  # [fact 6.5]
    assert stated(f"class: {name}").log_group_class == name


@pytest.mark.parametrize("name", ["DELIVERY", "standard", "ARCHIVE"])
def test_any_other_class_is_refused(name: str) -> None:
    (problem,) = parsed(SMALLEST + f"  logGroup: {{class: {name}}}\n").problems

    assert problem.reason == "InvalidValue"
    assert "STANDARD, INFREQUENT_ACCESS, ESSENTIALS" in problem.message


def test_protection_is_asked_for_by_true_alone() -> None:
    assert stated("deletionProtection: true").deletion_protection
    assert not stated("create: true").deletion_protection
    (problem,) = parsed(SMALLEST + '  logGroup: {deletionProtection: "true"}\n').problems
    assert problem.message == "true or false is wanted here, without quotes"


def test_what_is_not_stated_is_not_asked_for() -> None:
    nothing = stated("retentionInDays: 30")

    assert (nothing.kms_key_id, nothing.log_group_class) == (None, None)


def test_a_misspelt_key_is_told_which_was_meant() -> None:
    (problem,) = parsed(SMALLEST + "  logGroup: {kmsKey: alias/logs}\n").problems

    assert problem.hint == "did you mean `kmsKeyId`?"
