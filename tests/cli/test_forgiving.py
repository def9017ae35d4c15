"""An approval takes the cluster's memory of a conflict away, as far as it may."""

from __future__ import annotations

import pytest

from controller.core.state.conflicts import conflict_tag
from tests.cli.spoken import PROD, TWO, WEB, Account

CONFLICT = conflict_tag(WEB.arn)
APPROVE = "ecs-logging/approve"
VALUE = "2027-01-01T00:00:00.000Z ConflictingManager"


@pytest.fixture
def account() -> Account:
    """An account whose clusters remember conflicts: over the service, and over others."""
    account = Account()
    account.tagged(PROD, CONFLICT, VALUE)
    account.tagged(PROD, conflict_tag("another"), VALUE)
    account.tagged(TWO, CONFLICT, VALUE)
    return account


def test_what_its_cluster_remembers_of_the_service_is_taken_away_and_nothing_else(
    account: Account,
) -> None:
    result = account.says("approve", "prod/web")

    assert result.exit_code == 0
    assert APPROVE in account.tags(WEB)
    assert account.tags(PROD) == {conflict_tag("another"): VALUE}
    assert account.tags(TWO) == {CONFLICT: VALUE}
    assert account.written() == ["TagResource service/prod/web", "UntagResource cluster/prod"]
    assert "cluster/prod: no longer remembers the conflict over web" in result.stdout


def test_both_are_shown_before_it_is_asked(account: Account) -> None:
    result = account.says("approve", "prod/web", types="n\n")

    assert f"- {CONFLICT} (now: {VALUE})" in " ".join(result.stderr.split())
    assert account.written() == []


def test_nothing_is_forgotten_where_the_approval_itself_is_refused(account: Account) -> None:
    account.sandbox.deny("TagResource")

    result = account.says("approve", "prod/web")

    assert result.exit_code == 1
    assert account.tags(PROD)[CONFLICT] == VALUE


@pytest.mark.parametrize(
    ("denied", "told"),
    [
        ("UntagResource", f"the tag {CONFLICT} stays, and holds nothing any more: "),
        ("DescribeClusters", "service/prod/web: approved"),
    ],
)
def test_a_memory_that_may_not_be_taken_away_is_no_fault(
    account: Account, denied: str, told: str
) -> None:
    account.sandbox.deny(denied)

    result = account.says("approve", "prod/web")

    assert result.exit_code == 0
    assert told in " ".join(result.stdout.split())
    assert APPROVE in account.tags(WEB)
    assert account.tags(PROD)[CONFLICT] == VALUE


def test_a_service_without_a_conflict_is_approved_as_ever(account: Account) -> None:
    account.says("approve", "prod/web")
    account.sandbox.clear_requests()

    account.says("approve", "prod/web")

    assert account.written() == ["TagResource service/prod/web"]
