"""The matching policy of highest priority governs; what cannot be told is never guessed."""

from __future__ import annotations

from typing import Any

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
    fits_any,
    governs,
    may_govern,
    select,
)
from tests.core.policy.written import governing
from tests.strategies.subjects import ATTRIBUTES, SELECTORS, SUBJECTS, without

WEB = Subject("prod-1", "web")
UNKNOWN = st.frozensets(st.sampled_from(ATTRIBUTES))
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


# ── everything that can be selected by ────────────────────────────────────────────────────────────

KNOWN = Subject(
    cluster="prod-1",
    service="web",
    family="web-td",
    account="111122223333",
    region="eu-central-1",
    launch_types=frozenset({"FARGATE"}),
    platform="WINDOWS_SERVER_2022_CORE",
    scheduling_strategy="REPLICA",
    deployment_controller="ECS",
    tags={"team": "payments"},
)


@pytest.mark.parametrize(
    ("fitting", "other", "attribute", "called"),
    [
        ({"clusters": ["prod-*"]}, {"clusters": ["dev-*"]}, "cluster", "the cluster"),
        ({"services": ["w?b"]}, {"services": ["api"]}, "service", "the service"),
        ({"families": ["web-*"]}, {"families": ["web"]}, "family", "the family"),
        ({"accounts": ["1111*"]}, {"accounts": ["444455556666"]}, "account", "the account"),
        ({"regions": ["eu-*"]}, {"regions": ["us-*"]}, "region", "the Region"),
        (
            {"launchTypes": ["EC2", "FARGATE"]},
            {"launchTypes": ["EC2"]},
            "launch_types",
            "the launch type",
        ),
        ({"platforms": ["WINDOWS_*"]}, {"platforms": ["LINUX"]}, "platform", "the platform"),
        (
            {"schedulingStrategies": ["REPLICA"]},
            {"schedulingStrategies": ["DAEMON"]},
            "scheduling_strategy",
            "the scheduling strategy",
        ),
        (
            {"deploymentControllers": ["ECS"]},
            {"deploymentControllers": ["EXTERNAL"]},
            "deployment_controller",
            "the deployment controller",
        ),
        (
            {"tags": {"matchLabels": {"team": "payments"}}},
            {"tags": {"matchExpressions": [{"key": "team", "operator": "DoesNotExist"}]}},
            "tags",
            "the tags",
        ),
    ],
)
def test_a_service_is_selected_by_any_of_it_and_never_by_what_is_not_known(
    fitting: dict[str, Any], other: dict[str, Any], attribute: str, called: str
) -> None:
    policy, unknown = governing("p", fitting), without(KNOWN, frozenset({attribute}))

    assert governs(policy, KNOWN) is True
    assert governs(governing("p", other), KNOWN) is False
    assert select([policy], unknown) == Undecided(f"policy `p` selects by {called}, not known here")


def test_all_that_is_not_known_is_named() -> None:
    policy = governing("p", {"accounts": ["1*"], "regions": ["eu-*"], "launchTypes": ["EC2"]})

    assert select([policy], WEB) == Undecided(
        "policy `p` selects by the account, the Region and the launch type, not known here"
    )


@pytest.mark.parametrize(
    ("placed_on", "fits"),
    [
        ({"FARGATE"}, True),
        ({"EC2"}, False),
        ({"FARGATE", "EC2"}, True),
        ({"EC2", "MANAGED_INSTANCES"}, False),
    ],
)
def test_a_service_that_may_run_on_several_launch_types_fits_by_any_of_them(
    placed_on: set[str], *, fits: bool
) -> None:
    subject = Subject("prod-1", "web", launch_types=frozenset(placed_on))

    assert governs(governing("p", {"launchTypes": ["FARGATE"]}), subject) is fits
    excluding = governing("p", exclude=[{"launchTypes": ["FARGATE"]}])
    assert governs(excluding, subject) is not fits


def test_a_service_without_tags_is_not_one_whose_tags_are_not_known() -> None:
    untagged = governing(
        "p", {"tags": {"matchExpressions": [{"key": "team", "operator": "NotIn", "values": ["x"]}]}}
    )

    assert governs(untagged, Subject(tags={})) is True
    assert governs(untagged, Subject()) is None


def test_of_no_selector_at_all_a_service_fits_none() -> None:
    assert fits_any((), Subject()) is False


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────


@given(POLICIES, SUBJECTS, UNKNOWN)
def test_every_set_of_policies_has_an_answer_for_every_subject(
    policies: list[LoggingPolicy], subject: Subject, unknown: frozenset[str]
) -> None:
    assert isinstance(select(policies, without(subject, unknown)), Selection)


@given(POLICIES, SUBJECTS)
def test_what_is_known_is_always_decided(policies: list[LoggingPolicy], subject: Subject) -> None:
    assert not isinstance(select(policies, subject), Undecided)


@given(POLICIES, SUBJECTS, UNKNOWN)
def test_what_was_decided_while_less_was_known_still_holds_when_more_is(
    policies: list[LoggingPolicy], subject: Subject, unknown: frozenset[str]
) -> None:
    full = select(policies, subject)

    match select(policies, without(subject, unknown)):
        case Contested(names):
            assert isinstance(full, Contested)
            assert set(names) <= set(full.names)
        case Ungoverned():
            assert isinstance(full, Ungoverned)
        case Governed() as early:
            assert full == early
        case Undecided():
            pass


@given(policies=POLICIES, subject=SUBJECTS, hidden=UNKNOWN)
def test_whoever_governs_once_all_is_known_is_among_those_who_may(
    policies: list[LoggingPolicy], subject: Subject, hidden: frozenset[str]
) -> None:
    possible = may_govern(policies, without(subject, hidden))

    match select(policies, subject):
        case Governed(policy=policy):
            assert policy in possible
        case Contested(names=names):
            assert set(names) <= {one.name for one in possible}
        case Ungoverned() | Undecided():
            assert [one for one in possible if governs(one, subject)] == []


def test_below_a_policy_that_surely_matches_nobody_may_govern() -> None:
    low, high = governing("low", priority=1), governing("high", priority=2)
    unsure = governing("unsure", {"tags": {"matchLabels": {"team": "shop"}}}, priority=3)

    assert may_govern([low, high, unsure], WEB) == (unsure, high)
