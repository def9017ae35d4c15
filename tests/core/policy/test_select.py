"""The matching policy of highest priority governs; what cannot be told is never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.policy.mode import Mode
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.select import (
    Contested,
    Governed,
    Selection,
    Subject,
    Undecided,
    Ungoverned,
    governs,
    select,
)
from tests.core.policy.written import governing

WEB = Subject("prod-1", "web")
NAMES = st.sampled_from(["prod", "prod-1", "web", "legacy"])
GLOBS = st.sampled_from(["*", "prod*", "prod-1", "web", "leg?cy"])
SELECTORS = st.fixed_dictionaries(
    {}, optional={key: st.lists(GLOBS, min_size=1) for key in ("clusters", "services")}
).filter(bool)
POLICIES = st.lists(
    st.builds(
        lambda name, match, exclude, priority: governing(
            name, *match, exclude=exclude, priority=priority
        ),
        st.sampled_from("abc"),
        st.lists(SELECTORS, min_size=1, max_size=2),
        st.lists(SELECTORS, max_size=1),
        st.integers(0, 1),
    ),
    max_size=3,
    unique_by=lambda policy: policy.name,
)


def test_the_highest_priority_governs_in_whatever_order() -> None:
    low, high = governing("low", priority=1), governing("high", priority=2)

    assert select([low, high], WEB) == Governed(high)
    assert select([high, low], WEB) == Governed(high)


def test_a_policy_of_higher_priority_that_does_not_match_leaves_it_to_the_next() -> None:
    other = governing("other", {"clusters": ["dev-*"]}, priority=2)
    own = governing("own", {"clusters": ["prod-*"]}, priority=1)

    assert select([other, own], WEB) == Governed(own)


def test_within_a_selector_everything_must_fit_and_between_selectors_any() -> None:
    policy = governing(
        "p", {"clusters": ["prod-*"], "services": ["api"]}, {"services": ["web", "shop"]}
    )

    assert governs(policy, Subject("prod-1", "api"))
    assert governs(policy, Subject("dev", "shop"))
    assert not governs(policy, Subject("dev", "api"))


def test_exclude_wins_over_match_and_is_told() -> None:
    policy = governing("p", exclude=[{"services": ["w*"]}])

    assert select([policy], WEB) == Ungoverned("excluded by policy `p`")


def test_a_service_that_nothing_matches_is_ungoverned() -> None:
    assert select([], WEB) == Ungoverned("no policy matches")
    assert select([governing("p", {"services": ["api"]})], WEB) == Ungoverned("no policy matches")


def test_a_disabled_policy_governs_so_that_no_lower_one_takes_over() -> None:
    disabled = governing("off", priority=1).model_copy(update={"mode": Mode.DISABLED})

    assert select([disabled, governing("on")], WEB) == Governed(disabled)


def test_equal_priorities_are_contested_by_all_who_match() -> None:
    policies = [governing("b"), governing("a"), governing("c", {"services": ["api"]})]

    assert select(policies, WEB) == Contested(("a", "b"))


def test_a_contest_below_the_governing_policy_is_none() -> None:
    top = governing("top", priority=1)

    assert select([governing("a"), top, governing("b")], WEB) == Governed(top)


@pytest.mark.parametrize(
    ("match", "subject", "answer"),
    [
        ({"clusters": ["prod-*"]}, Subject(None, "web"), None),
        ({"clusters": ["*"]}, Subject(None, "web"), True),
        ({"services": ["web"]}, Subject(None, "web"), True),
        ({"clusters": ["prod-*"], "services": ["api"]}, Subject(None, "web"), False),
        ({"clusters": ["prod-*"], "services": ["web"]}, Subject(None, "web"), None),
        ({"clusters": ["prod-*"], "services": ["web"]}, Subject(None, None), None),
    ],
)
def test_an_unknown_attribute_leaves_open_only_what_it_decides(
    match: dict[str, list[str]], subject: Subject, *, answer: bool | None
) -> None:
    assert governs(governing("p", match), subject) is answer


def test_an_unknown_attribute_that_decides_is_named() -> None:
    policy = governing("p", {"clusters": ["prod-*"], "services": ["web"]})

    assert select([policy], Subject(None, None)) == Undecided(
        "policy `p` selects by the cluster and the service, not known here"
    )


def test_an_unknown_attribute_of_an_exclusion_decides_too() -> None:
    policy = governing("p", exclude=[{"services": ["legacy-*"]}])

    assert isinstance(select([policy], Subject("prod-1", None)), Undecided)


def test_a_policy_that_may_match_above_one_that_does_leaves_it_undecided() -> None:
    may, does = governing("may", {"clusters": ["prod-*"]}, priority=1), governing("does")

    assert isinstance(select([may, does], Subject(None, "web")), Undecided)


def test_a_policy_that_may_match_beside_one_that_does_leaves_it_undecided() -> None:
    may, does = governing("may", {"clusters": ["prod-*"]}), governing("does")

    assert isinstance(select([may, does], Subject(None, "web")), Undecided)


@given(POLICIES, st.none() | NAMES, st.none() | NAMES)
def test_every_set_of_policies_has_an_answer_for_every_subject(
    policies: list[LoggingPolicy], cluster: str | None, service: str | None
) -> None:
    assert isinstance(select(policies, Subject(cluster, service)), Selection)


@given(POLICIES, NAMES, NAMES)
def test_what_is_known_is_always_decided(
    policies: list[LoggingPolicy], cluster: str, service: str
) -> None:
    assert not isinstance(select(policies, Subject(cluster, service)), Undecided)


@given(POLICIES, NAMES, NAMES)
def test_what_was_decided_while_less_was_known_still_holds_when_more_is(
    policies: list[LoggingPolicy], cluster: str, service: str
) -> None:
    full = select(policies, Subject(cluster, service))

    for partial in (Subject(None, service), Subject(cluster, None), Subject(None, None)):
        match select(policies, partial):
            case Contested(names):
                assert isinstance(full, Contested)
                assert set(names) <= set(full.names)
            case Ungoverned():
                assert isinstance(full, Ungoverned)
            case Governed() as early:
                assert full == early
            case Undecided():
                pass
