"""What `policy validate` says of sets that hold exceptions."""

from __future__ import annotations

from datetime import UTC, datetime

from controller.report import validated
from controller.report.markdown import validated as markdown
from controller.report.page import Page
from tests.core.policy.written import SMALLEST, parsed

NOW = datetime(2027, 4, 1, tzinfo=UTC)
OVER = """\
apiVersion: ecs-logging/v1alpha1
kind: PolicyException
metadata: {name: billing}
spec:
  rules: ["*"]
  match: [{services: [web]}]
  reason: vendor image
  owner: payments
  expires: 2027-03-31
"""
HOLDS = (
    OVER.replace("billing", "search").replace("03-31", "04-01").replace("  owner: payments\n", "")
)


def test_exceptions_are_counted_and_listed_with_owner_and_last_day() -> None:
    lines = validated.render(parsed(SMALLEST, OVER, HOLDS), Page(), NOW).splitlines()

    assert lines[0] == "1 policy and 2 exceptions are valid."
    assert [line.split() for line in lines[5:8]] == [
        ["Exception", "Owner", "Expires"],
        ["billing", "payments", "2027-03-31", "(expired)"],
        ["search", "2027-04-01"],
    ]


def test_programs_are_told_the_same() -> None:
    told = validated.structure(parsed(SMALLEST, OVER, HOLDS), NOW)

    assert told["exceptions"] == [
        {"name": "billing", "owner": "payments", "expires": "2027-03-31", "expired": True},
        {"name": "search", "owner": None, "expires": "2027-04-01", "expired": False},
    ]


def test_reviewers_are_told_the_same() -> None:
    told = markdown.render(parsed(SMALLEST, OVER, HOLDS), NOW)

    assert "**1 policy and 2 exceptions are valid.**" in told
    assert "| billing | payments | 2027-03-31 (expired) |" in told
    assert "| search |  | 2027-04-01 |" in told


def test_exceptions_alone_govern_nothing() -> None:
    alone = parsed(OVER)
    answer = "0 policies and 1 exception are valid. Nothing governs: there is no policy."

    assert validated.render(alone, Page(), NOW).splitlines()[0] == answer
    assert f"**{answer}**" in markdown.render(alone, NOW)
    assert "Priority" not in validated.render(alone, Page(), NOW)


def test_without_a_moment_nobody_says_whether_an_exception_is_over() -> None:
    told = validated.structure(parsed(SMALLEST, OVER))["exceptions"]

    assert told == [
        {"name": "billing", "owner": "payments", "expires": "2027-03-31", "expired": None}
    ]
    assert "expired" not in validated.render(parsed(SMALLEST, OVER), Page())
