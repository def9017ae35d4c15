"""What is told of each policy agrees with what is decided."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.policy.mode import Mode
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.select import Contested, Governed, Subject, Undecided, governs, select
from controller.core.policy.why import Considered, Place, why
from tests.core.policy.test_select import POLICIES, UNKNOWN
from tests.core.policy.written import governing
from tests.strategies.subjects import SUBJECTS, without

WEB = Subject("prod-1", "web")


def told(*policies: LoggingPolicy, of: Subject = WEB) -> list[tuple[str, Place]]:
    return [(one.name, one.place) for one in why(policies, of).considered]


def only(policy: LoggingPolicy, of: Subject = WEB) -> Considered:
    (one,) = why([policy], of).considered
    return one


def test_policies_are_told_by_priority_with_who_governs_and_who_comes_after() -> None:
    policies = governing("low"), governing("high", priority=9), governing("middle", priority=3)

    assert told(*policies) == [
        ("high", Place.GOVERNS),
        ("middle", Place.OUTRANKED),
        ("low", Place.OUTRANKED),
    ]
    assert why(policies, WEB).considered[1].because == "it comes after `high`, of a higher priority"


def test_a_selector_that_excludes_is_named_by_its_number() -> None:
    found = only(governing("p", exclude=[{"services": ["api"]}, {"services": ["w*"]}]))

    assert (found.place, found.excluded_by) == (Place.EXCLUDED, 2)
    assert found.because == "selector 2 of its `exclude` fits"


def test_a_policy_that_does_not_match_says_what_does_not_fit_each_of_its_selectors() -> None:
    found = only(governing("p", {"clusters": ["dev"]}, {"clusters": ["*"], "services": ["api"]}))

    assert found.place is Place.NO_MATCH
    assert not found.concerns
    assert found.because == (
        "the cluster does not fit selector 1 of its `match`; "
        "the service does not fit selector 2 of its `match`"
    )


def test_what_is_lacking_is_named_and_keeps_those_below_waiting() -> None:
    by_tag = governing("by-tag", {"tags": {"matchLabels": {"team": "x"}}}, priority=1)
    considered = why([governing("low"), by_tag], WEB).considered

    assert [(one.place, one.lacks) for one in considered] == [
        (Place.NOT_KNOWN, ("the tags",)),
        (Place.PENDING, ()),
    ]
    assert considered[1].because == "it cannot be told whether `by-tag` governs"


def test_what_is_lacking_below_the_one_that_governs_changes_nothing() -> None:
    by_tag = governing("by-tag", {"tags": {"matchLabels": {"team": "x"}}})

    assert told(governing("top", priority=1), by_tag) == [
        ("top", Place.GOVERNS),
        ("by-tag", Place.NOT_KNOWN),
    ]


def test_of_a_tie_each_names_the_others() -> None:
    considered = why([governing("a"), governing("b"), governing("c", priority=-1)], WEB).considered

    assert [one.place for one in considered] == [Place.TIED, Place.TIED, Place.OUTRANKED]
    assert considered[0].because == "its priority is that of `b`, so that none of them governs"


def test_a_disabled_policy_governs_and_says_that_it_asks_nothing() -> None:
    disabled = governing("off").model_copy(update={"mode": Mode.DISABLED})

    assert only(disabled).place is Place.GOVERNS
    assert only(disabled).because.startswith("it is disabled")


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────


def subjects() -> st.SearchStrategy[Subject]:
    return st.builds(without, SUBJECTS, UNKNOWN | st.just(frozenset()))


@given(POLICIES, subjects())
def test_the_winner_that_is_told_is_the_one_that_is_selected(
    policies: list[LoggingPolicy], subject: Subject
) -> None:
    selection = select(policies, subject)
    explained = why(policies, subject)

    at: dict[Place, set[str]] = {place: set() for place in Place}
    for one in explained.considered:
        at[one.place].add(one.name)
    assert explained.selection == selection
    assert at[Place.GOVERNS] == (
        {selection.policy.name} if isinstance(selection, Governed) else set()
    )
    assert at[Place.TIED] == (set(selection.names) if isinstance(selection, Contested) else set())
    if isinstance(selection, Undecided):
        assert at[Place.NOT_KNOWN]
    else:
        assert not at[Place.PENDING]


@given(POLICIES, subjects())
def test_every_policy_is_told_once_and_as_it_answers_for_itself(
    policies: list[LoggingPolicy], subject: Subject
) -> None:
    matching = {Place.GOVERNS, Place.TIED, Place.PENDING, Place.OUTRANKED}
    answer: dict[bool | None, Any] = {
        True: matching,
        False: {Place.EXCLUDED, Place.NO_MATCH},
        None: {Place.NOT_KNOWN},
    }
    by_name = {one.name: one for one in why(policies, subject).considered}

    assert by_name.keys() == {one.name for one in policies}
    for policy in policies:
        assert by_name[policy.name].place in answer[governs(policy, subject)]


@given(POLICIES, subjects())
def test_nobody_who_lost_has_a_higher_priority_than_who_governs(
    policies: list[LoggingPolicy], subject: Subject
) -> None:
    considered = why(policies, subject).considered
    winner = next((one for one in considered if one.place is Place.GOVERNS), None)
    if winner is None:
        return
    lost = (one for one in considered if one.place in {Place.OUTRANKED, Place.NOT_KNOWN})
    assert all(one.priority < winner.priority for one in lost)


@given(POLICIES, subjects())
def test_whoever_does_not_govern_says_why(policies: list[LoggingPolicy], subject: Subject) -> None:
    silent = [
        one.name
        for one in why(policies, subject).considered
        if not one.because and one.place is not Place.GOVERNS
    ]
    assert silent == []


@pytest.mark.parametrize("place", [Place.EXCLUDED, Place.NOT_KNOWN])
def test_who_is_excluded_or_not_known_still_concerns_the_service(place: Place) -> None:
    assert Considered("p", 0, Mode.AUDIT, place).concerns
