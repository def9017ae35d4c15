"""log-group-exists: a group to which a governed service logs exists."""

from __future__ import annotations

import pytest

from controller.core.document.edit import Edit, Set
from controller.core.judge.claim import LogGroupClaim
from controller.core.log_group.observed import CLASS, KEY, PROTECTION, LogGroup
from controller.core.log_group.rules.exists import NAME
from controller.core.policy.mode import Mode
from controller.core.reason import Sync
from tests.core.log_group.given import (
    KEY_ARN,
    MISSING_GROUP,
    NO_SUCH_KEY,
    PCI,
    blocked_by,
    claim,
    group,
    judged,
)
from tests.core.service.given import GROUP

CREATED = (Set(NAME, GROUP.name),)
MADE_WITH_ALL = (
    *CREATED,
    Set(KEY, KEY_ARN),
    Set(CLASS, "STANDARD"),
    Set(PROTECTION, value=True),
)


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


def test_a_group_is_made_with_all_that_it_can_be_given_only_then() -> None:  # [fact 6.6]
    [made, _] = judged(MISSING_GROUP, claim(**PCI), key=KEY_ARN).judgement.items

    assert made.edits == MADE_WITH_ALL


def test_a_group_that_is_there_is_given_nothing_of_it() -> None:
    assert judged(group(365), claim(**PCI), key=KEY_ARN).judgement.edits == ()


def test_a_group_whose_key_cannot_be_found_is_not_made_without_it() -> None:
    verdict = judged(MISSING_GROUP, claim(**PCI), key=NO_SUCH_KEY)

    [finding] = verdict.judgement.findings
    assert (finding.blocked, finding.fixable) == ("KeyUnresolved", False)
    assert "there is no key alias/logs" in finding.message
    assert verdict.judgement.edits == ()
    assert verdict.sync is Sync.DRIFTED


def test_a_key_counts_only_where_the_group_is_to_be_made() -> None:
    verdict = judged(MISSING_GROUP, claim(create=False, **PCI), key=NO_SUCH_KEY)

    assert blocked_by("log-group-exists", verdict) == ["CreationNotAsked"]
