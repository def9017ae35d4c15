"""log-group-kms: a group that exists is encrypted as the policy says, or it is told."""

from __future__ import annotations

import pytest

from controller.core.document.unresolved import Unresolved
from controller.core.log_group.observed import LogGroup
from controller.core.reason import Sync
from tests.core.log_group.given import (
    KEY_ARN,
    MISSING_GROUP,
    NO_SUCH_KEY,
    blocked_by,
    claim,
    group,
    judged,
)

RULE = "log-group-kms"
OTHER = KEY_ARN.replace("1234", "5678")


@pytest.mark.parametrize(
    ("one", "key", "blocked"),
    [
        pytest.param(group(30, kmsKeyId=KEY_ARN), KEY_ARN, [], id="by this key"),
        pytest.param(group(30, kmsKeyId=OTHER), KEY_ARN, ["KeyDiffers"], id="by another"),
        pytest.param(group(30), KEY_ARN, ["KeyDiffers"], id="by none"),
        pytest.param(group(30), NO_SUCH_KEY, ["KeyDiffers"], id="by none, whatever is asked for"),
        pytest.param(
            group(30, kmsKeyId=OTHER), NO_SUCH_KEY, ["Unknown"], id="by one that may be it"
        ),
        pytest.param(MISSING_GROUP, KEY_ARN, [], id="still to be made"),
    ],
)
def test_a_group_is_encrypted_by_the_key_of_the_policy(
    one: LogGroup, key: str | Unresolved, blocked: list[str | None]
) -> None:
    verdict = judged(one, claim(kms_key_id="alias/logs"), key=key)

    assert blocked_by(RULE, verdict) == blocked


def test_a_key_for_which_nobody_asks_is_left_alone() -> None:
    assert judged(group(30, kmsKeyId=OTHER), claim()).sync is Sync.COMPLIANT


def test_the_key_of_a_group_that_exists_is_never_written() -> None:
    assert judged(group(30), claim(kms_key_id=KEY_ARN), key=KEY_ARN).judgement.edits == ()


def test_an_alias_that_may_not_be_read_leaves_it_unknown_and_not_drifted() -> None:
    verdict = judged(group(30, kmsKeyId=KEY_ARN), claim(kms_key_id="alias/logs"), key=NO_SUCH_KEY)

    assert verdict.sync is Sync.UNKNOWN
    assert "there is no key alias/logs" in verdict.judgement.findings[0].message
