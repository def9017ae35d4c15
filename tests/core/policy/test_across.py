"""Names are unique, and priorities that must tie are refused before any service is looked at."""

from __future__ import annotations

from typing import Any

import pytest

from controller.core.policy.across import surely_tie
from tests.core.policy.written import SMALLEST, governing, parsed, places

Match = dict[str, Any]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"clusters": ["prod-*"]}, {"clusters": ["prod-*"]}),
        ({"clusters": ["*"]}, {"services": ["web"]}),
        ({"clusters": ["prod-*"]}, {"clusters": ["prod-1"]}),
        ({"clusters": ["prod-*"]}, {"clusters": ["prod-eu-*"]}),
        (
            {"clusters": ["prod-*"], "services": ["web"]},
            {"clusters": ["prod-1"], "services": ["w*"]},
        ),
        ({"clusters": ["dev", "prod-*"]}, {"clusters": ["test", "prod-1"]}),
    ],
)
def test_policies_that_surely_meet_tie(one: Match, other: Match) -> None:
    assert surely_tie(governing("a", one), governing("b", other))
    assert surely_tie(governing("b", other), governing("a", one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"clusters": ["prod"]}, {"clusters": ["dev"]}),
        ({"clusters": ["prod-*"]}, {"clusters": ["*-eu"]}),
        (
            {"clusters": ["prod-*"], "services": ["web"]},
            {"clusters": ["prod-1"], "services": ["api"]},
        ),
        ({"clusters": ["prod-?"]}, {"clusters": ["prod-*-x"]}),
    ],
)
def test_policies_that_may_never_meet_do_not_tie(one: Match, other: Match) -> None:
    assert not surely_tie(governing("a", one), governing("b", other))


def test_another_priority_settles_it() -> None:
    assert not surely_tie(governing("a"), governing("b", priority=1))


def test_what_one_excludes_the_other_may_have() -> None:
    own = {"services": ["legacy-*"]}

    assert not surely_tie(governing("a", exclude=[own]), governing("b", own))
    assert not surely_tie(governing("b", own), governing("a", exclude=[own]))
    assert surely_tie(governing("a", exclude=[own]), governing("b", {"services": ["*"]}))


def test_a_tie_is_told_at_the_later_policy_and_names_the_place_of_the_earlier() -> None:
    later = SMALLEST.replace("small", "later") + "  priority: 0\n"
    result = parsed(SMALLEST, later)

    assert places(result) == ["b.yaml:7:3 AmbiguousPriority"]
    assert result.problems[0].message == (
        "`later` and `small` (a.yaml:4:1) match the same services with the same priority, 0"
    )


def test_a_policy_that_ties_with_many_is_told_once() -> None:
    names = ("one", "two", "three", "four")
    result = parsed(*(SMALLEST.replace("small", name) for name in names))

    assert [problem.file for problem in result.problems] == ["b.yaml", "c.yaml", "d.yaml"]
    assert result.problems[2].message == (
        "`four` and `one` (a.yaml:4:1) and 2 more match the same services with the same priority, 0"
    )


def test_a_priority_that_is_taken_over_ties_in_the_document_of_the_heir() -> None:
    base = SMALLEST + "  priority: 1\n"
    heir = "\n".join(base.splitlines()[:4]).replace("small", "heir") + "\n  extends: small\n"

    assert places(parsed(base, heir)) == ["b.yaml:5:3 AmbiguousPriority"]
    assert places(parsed(heir, base)) == ["b.yaml:7:3 AmbiguousPriority"]
    assert places(parsed(f"{base}---\n{heir}")) == ["a.yaml:13:3 AmbiguousPriority"]


def test_a_name_given_twice_is_told_with_the_place_of_the_first() -> None:
    again = SMALLEST + "  priority: 1\n"
    result = parsed(f"{SMALLEST}---\n{again}", again)

    assert places(result) == ["a.yaml:10:12 DuplicateName", "b.yaml:3:12 DuplicateName"]
    assert {problem.message for problem in result.problems} == {
        "the name `small` is already given at a.yaml:3:12"
    }
