"""log-group-deletion-protection: nobody deletes by one call what the policy protects."""

from __future__ import annotations

import pytest

from controller.core.judge.claim import LogGroupClaim
from controller.core.log_group.observed import LogGroup
from tests.core.log_group.given import MISSING_GROUP, blocked_by, claim, group, judged

RULE = "log-group-deletion-protection"
PROTECTED = claim(retention=None, deletion_protection=True)
OPEN = claim(retention=None)


@pytest.mark.parametrize(
    ("one", "asked", "blocked"),
    [
        pytest.param(group(deletionProtectionEnabled=True), PROTECTED, [], id="it is"),
        pytest.param(group(deletionProtectionEnabled=False), PROTECTED, ["NotProtected"], id="not"),
        pytest.param(group(), PROTECTED, ["NotProtected"], id="[6.7] nothing is shown"),
        pytest.param(group(deletionProtectionEnabled=True), OPEN, [], id="more than asked for"),
        pytest.param(MISSING_GROUP, PROTECTED, [], id="still to be made"),
    ],
)
def test_a_group_without_protection_is_told_and_never_written(
    one: LogGroup, asked: LogGroupClaim, blocked: list[str | None]
) -> None:
    verdict = judged(one, asked)

    assert blocked_by(RULE, verdict) == blocked
    assert one is MISSING_GROUP or verdict.judgement.edits == ()
