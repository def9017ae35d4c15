"""log-group-retention: events are kept as the policy says, and none is lost that was kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from controller.core.document.edit import Edit, Set
from controller.core.judge.claim import LogGroupClaim
from controller.core.log_group.observed import LogGroup
from controller.core.log_group.rules.retention import DAYS
from controller.core.policy.mode import Mode
from tests.core.log_group.given import MISSING_GROUP, OUR_TAGS, claim, group, judged, made

THIRTY = (Set(DAYS, 30),)
SHORTER = ["ShorterRetention"]
THE_ACCOUNTS: dict[str, Any] = {"retentionPolicyName": "keep-it-all"}


@pytest.mark.parametrize(
    ("one", "asked", "blocked", "edits"),
    [
        pytest.param(group(30), claim(), [], (), id="it is so"),
        pytest.param(group(7), claim(), [None], THIRTY, id="longer"),
        pytest.param(group(90), claim(), SHORTER, (), id="shorter deletes events"),
        pytest.param(group(90), claim(shorter=True), [None], THIRTY, id="shorter, asked by name"),
        pytest.param(group(), claim(), SHORTER, (), id="[6.1] for ever is longer than anything"),
        pytest.param(group(), claim(shorter=True), [None], THIRTY, id="[6.1] asked by name"),
        pytest.param(
            made(timedelta(days=29)), claim(), [None], THIRTY, id="[6.6] ours, not complete"
        ),
        pytest.param(
            made(timedelta(days=30)), claim(), SHORTER, (), id="ours, with events that old"
        ),
        pytest.param(
            made(-timedelta(minutes=5)), claim(), [None], THIRTY, id="made by a clock ahead"
        ),
        pytest.param(group(tags=OUR_TAGS), claim(), SHORTER, (), id="ours, nobody knows how old"),
        pytest.param(
            group(90, tags=OUR_TAGS), claim(), SHORTER, (), id="ours, set longer by somebody"
        ),
        pytest.param(
            group(tags={"ecs-logging/managed-by": "other"}), claim(), SHORTER, (), id="another's"
        ),
        pytest.param(
            group(7, **THE_ACCOUNTS),
            claim(),
            ["AccountRetentionPolicy"],
            (),
            id="[6.2] the account's policy holds",
        ),
        pytest.param(group(30, **THE_ACCOUNTS), claim(), [], (), id="[6.2] and is as asked"),
        pytest.param(group(7), claim(retention=None), [], (), id="nobody asks"),
        pytest.param(group(7), claim(retains=Mode.AUDIT), ["AuditOnly"], THIRTY, id="only shown"),
        pytest.param(MISSING_GROUP, claim(), [None], THIRTY, id="with the group to be made"),
        pytest.param(MISSING_GROUP, claim(create=False), [], (), id="no group to be made"),
        pytest.param(group(90), claim(may_keep_longer=True), [], (), id="longer, which is fine"),
        pytest.param(group(), claim(may_keep_longer=True), [], (), id="for ever, which is fine"),
        pytest.param(group(7), claim(may_keep_longer=True), [None], THIRTY, id="not long enough"),
        pytest.param(
            made(timedelta(days=29)),
            claim(may_keep_longer=True),
            [None],
            THIRTY,
            id="to be completed",
        ),
        pytest.param(
            made(timedelta(days=31)), claim(may_keep_longer=True), [], (), id="ours, for ever"
        ),
        pytest.param(
            MISSING_GROUP, claim(may_keep_longer=True), [None], THIRTY, id="to be made with it"
        ),
    ],
)
def test_retention_is_never_shortened_unasked(
    one: LogGroup, asked: LogGroupClaim, blocked: list[str | None], edits: tuple[Edit, ...]
) -> None:
    items = [
        item
        for item in judged(one, asked).judgement.items
        if item.finding.rule == "log-group-retention"
    ]

    assert [item.finding.blocked for item in items] == blocked
    assert tuple(edit for item in items for edit in item.edits) == edits
