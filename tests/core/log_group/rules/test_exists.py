"""log-group-exists: a group to which a governed service logs exists."""

from __future__ import annotations

import pytest

from controller.core.document.edit import Edit, Set
from controller.core.judge.claim import LogGroupClaim
from controller.core.log_group.observed import LogGroup
from controller.core.log_group.rules.exists import NAME
from controller.core.policy.mode import Mode
from tests.core.log_group.given import MISSING_GROUP, claim, group, judged
from tests.core.service.given import GROUP

CREATED = (Set(NAME, GROUP.name),)


@pytest.mark.parametrize(
    ("one", "asked", "blocked", "edits"),
    [
        pytest.param(group(), claim(), [], (), id="it exists"),
        pytest.param(group(), claim(create=False), [], (), id="it exists, whoever made it"),
        pytest.param(MISSING_GROUP, claim(), [None], CREATED, id="[2.26] missing, to be created"),
        pytest.param(
            MISSING_GROUP, claim(create=False), ["CreationNotAsked"], (), id="not to be created"
        ),
        pytest.param(
            MISSING_GROUP, claim(create=None), ["CreationNotAsked"], (), id="nobody says so"
        ),
        pytest.param(
            MISSING_GROUP, claim(exists=Mode.AUDIT), ["AuditOnly"], CREATED, id="only shown"
        ),
        pytest.param(MISSING_GROUP, claim(exists=Mode.DISABLED), [], (), id="not asked"),
    ],
)
def test_a_group_that_is_missing_is_created_where_the_policy_says_so(
    one: LogGroup, asked: LogGroupClaim, blocked: list[str | None], edits: tuple[Edit, ...]
) -> None:
    items = [
        item for item in judged(one, asked).judgement.items if item.finding.rule.endswith("exists")
    ]

    assert [item.finding.blocked for item in items] == blocked
    assert tuple(edit for item in items for edit in item.edits) == edits
