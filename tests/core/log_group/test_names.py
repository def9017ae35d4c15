"""A log group whose retention or whose claimers are in doubt is left as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.core.document.unresolved import Unresolved
from controller.core.judge.claim import LogGroupClaim
from controller.core.log_group.verdict import LogGroupVerdict, judge
from controller.core.reason import Reason
from tests.core.log_group.given import INSTANCE, claim, group, joined
from tests.core.service.given import NOW

NO_VALUE = Reason("NoValue", "the variable keep has no entry for 'qa'")
NOT_KNOWN = Unresolved("the context does not say tag:env")


def verdict(*claims: LogGroupClaim) -> LogGroupVerdict:
    """Return what the claims say of the group as it is."""
    return judge(group(7), joined(*claims), INSTANCE, now=NOW)


def keeping(days: int | Unresolved | Reason) -> LogGroupClaim:
    return replace(claim(), retention_in_days=days)


@pytest.mark.parametrize(
    ("days", "blocked"), [(NO_VALUE, "NoValue"), (NOT_KNOWN, "Undecided")], ids=["none", "unknown"]
)
@pytest.mark.parametrize("others", [(), (keeping(30),), (keeping(30), keeping(365))], ids=len)
def test_where_one_claimer_cannot_tell_the_retention_none_is_set(
    days: Unresolved | Reason, blocked: str, others: tuple[LogGroupClaim, ...]
) -> None:
    said = verdict(*others, keeping(days)).judgement

    expected = blocked if len(others) < 2 else "PolicyConflict"
    assert [one.blocked for one in said.findings] == [expected]
    assert said.enforced == ()


def test_the_reason_is_told() -> None:
    (finding,) = verdict(keeping(NO_VALUE)).judgement.findings

    assert "the variable keep has no entry for 'qa'" in finding.message


# ── claimers by accident ──────────────────────────────────────────────────────────────────────────


def named(whom: str, *, is_used: bool = False, days: int = 30) -> LogGroupClaim:
    return replace(keeping(days), named_for=frozenset({(whom,)}), is_used=is_used)


def test_a_group_that_all_claim_by_accident_is_not_touched() -> None:
    said = verdict(named("a"), named("b")).judgement

    assert [one.blocked for one in said.findings] == ["PolicyConflict"]
    assert said.enforced == ()


def test_who_would_come_by_accident_has_no_say_beside_who_is_there() -> None:
    together = joined(named("a", is_used=True, days=365), named("b", days=14))

    assert (together.retention_in_days, together.conflict) == (365, None)


def test_who_shares_a_group_on_purpose_has_a_say() -> None:
    together = joined(named("a"), named("a"), claim())

    assert (together.retention_in_days, together.conflict) == (30, None)
