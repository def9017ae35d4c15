"""Selectors surely meet where what one states says it of what the other does, and else may not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.policy.across import surely_tie
from controller.core.policy.select import Contested, Subject, select
from tests.core.policy.written import governing
from tests.strategies.subjects import CONTROLLERS, LAUNCH_TYPES, STRATEGIES, selectors

Match = dict[str, Any]

EVERYWHERE: Match = {"clusters": ["*"]}
PAYMENTS: Match = {"tags": {"matchLabels": {"team": "payments"}}}
FARGATE: Match = {"launchTypes": ["FARGATE"]}


def tagged(key: str, operator: str, *values: str) -> Match:
    """Return a selector by one tag."""
    expression = {"key": key, "operator": operator} | ({"values": [*values]} if values else {})
    return {"tags": {"matchExpressions": [expression]}}


def meet(one: Match, other: Match, *excluded: Match) -> bool:
    """Tell whether two policies tie, in whichever order."""
    policies = governing("a", one, exclude=excluded), governing("b", other)
    tie = surely_tie(*policies)
    assert surely_tie(*reversed(policies)) is tie
    return tie


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"families": ["web-*"]}, {"families": ["web-1"]}),
        ({"accounts": ["111122223333"]}, {"accounts": ["1111*"]}),
        ({"regions": ["eu-*"]}, {"clusters": ["prod-*"]}),
        ({"launchTypes": ["FARGATE", "EC2"]}, {"launchTypes": ["EC2", "EXTERNAL"]}),
        ({"platforms": ["WINDOWS_*"]}, {"platforms": ["WINDOWS_SERVER_2022_*"]}),
        (EVERYWHERE, FARGATE),
        (EVERYWHERE, PAYMENTS),
        (PAYMENTS, {**PAYMENTS, **FARGATE}),
        (PAYMENTS, {"clusters": ["prod-*"]}),
        (PAYMENTS, tagged("team", "Exists")),
        (PAYMENTS, tagged("team", "In", "shop", "payments")),
        (PAYMENTS, tagged("team", "NotIn", "shop")),
        (tagged("team", "NotIn", "shop"), tagged("team", "DoesNotExist")),
    ],
)
def test_what_one_states_may_say_it_of_the_other(one: Match, other: Match) -> None:
    assert meet(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"accounts": ["111122223333"]}, {"accounts": ["444455556666"]}),
        (FARGATE, {"launchTypes": ["EC2"]}),
        (FARGATE, {"schedulingStrategies": ["DAEMON"]}),
        (FARGATE, PAYMENTS),
        (PAYMENTS, {"tags": {"matchLabels": {"tier": "web"}}}),
        (PAYMENTS, {"tags": {"matchLabels": {"team": "shop"}}}),
        (PAYMENTS, tagged("team", "DoesNotExist")),
        ({"platforms": ["WINDOWS_*"]}, {"platforms": ["*_CORE"]}),
        ({**PAYMENTS, "clusters": ["a"]}, {**PAYMENTS, "clusters": ["b"]}),
    ],
)
def test_whether_others_meet_is_known_only_when_a_service_does(one: Match, other: Match) -> None:
    assert not meet(one, other)


def test_a_selector_that_no_service_can_fit_meets_nothing() -> None:
    nothing = {
        "tags": {
            "matchLabels": {"team": "payments"},
            "matchExpressions": [{"key": "team", "operator": "NotIn", "values": ["payments"]}],
        }
    }

    assert not meet(EVERYWHERE, nothing)
    assert not meet(nothing, nothing)


@pytest.mark.parametrize(
    "excluded",
    [
        FARGATE,
        PAYMENTS,
        {"platforms": ["LINUX"]},
        {"schedulingStrategies": ["DAEMON"]},
        {"clusters": ["prod-?"]},
        {"clusters": ["*"], **tagged("team", "Exists")},
        {"clusters": ["*"], **tagged("team", "DoesNotExist")},
    ],
)
def test_an_exclusion_of_some_leaves_others_in_common(excluded: Match) -> None:
    assert meet(EVERYWHERE, EVERYWHERE, excluded)


@pytest.mark.parametrize(
    ("common", "excluded"),
    [
        (FARGATE, [FARGATE]),
        (FARGATE, [{"launchTypes": ["FARGATE", "EC2"]}]),
        (PAYMENTS, [PAYMENTS]),
        (PAYMENTS, [tagged("team", "Exists")]),
        ({**PAYMENTS, "clusters": ["prod"]}, [{"clusters": ["p*"]}]),
        (EVERYWHERE, [{"launchTypes": [*LAUNCH_TYPES]}]),
        (EVERYWHERE, [FARGATE, {"launchTypes": ["EC2", "EXTERNAL", "MANAGED_INSTANCES"]}]),
        (EVERYWHERE, [{"schedulingStrategies": [one]} for one in STRATEGIES]),
        (EVERYWHERE, [{"deploymentControllers": [*CONTROLLERS]}]),
        (EVERYWHERE, [tagged("team", "Exists"), tagged("team", "DoesNotExist")]),
    ],
)
def test_exclusions_that_cover_all_leave_nothing_in_common(
    common: Match, excluded: list[Match]
) -> None:
    assert not meet(common, EVERYWHERE, *excluded)


def test_a_tie_among_many_names_is_told_at_once() -> None:
    many = {key: [f"{key}-{n}" for n in range(60)] for key in ("clusters", "regions", "services")}

    assert meet(many, many)
    assert not meet(many, many, {"services": ["s*"]}, {"clusters": ["c*"]})


def test_what_takes_too_long_to_tell_is_left_to_the_services() -> None:
    keys = ("clusters", "services", "families", "regions")
    many = {key: [f"n{n}" for n in range(16)] for key in keys}
    spread = [
        {key: [f"n{n}" for n in range(16) if (n >> bit & 1) == value]}
        for key in keys
        for bit in range(4)
        for value in (0, 1)
    ]

    assert not meet(many, many, *spread)
    assert not meet({"clusters": [f"a{n}" for n in range(500)]}, {"clusters": ["a499"]})


# ── the law ───────────────────────────────────────────────────────────────────────────────────────

FEW = selectors("clusters", "launchTypes", "schedulingStrategies", "tags")
CLUSTERS = ("ab", "a-z", "b1", "z")
"""Each is one that `ab`, `a*`, `b?` and `*` tell apart."""
VALUES = (None, "1", "2", "3")


def every_service() -> Iterator[Subject]:
    """Yield all services that the selectors of `FEW` can tell apart, each on one launch type."""
    kinds = product(CLUSTERS, LAUNCH_TYPES, STRATEGIES, VALUES, VALUES)
    for cluster, launch_type, strategy, t, u in kinds:
        tags = {key: value for key, value in (("t", t), ("u", u)) if value is not None}
        yield Subject(
            cluster=cluster,
            launch_types=frozenset({launch_type}),
            scheduling_strategy=strategy,
            tags=tags,
        )


@given(FEW, FEW, st.lists(FEW, max_size=3))
def test_a_tie_that_is_told_is_one_that_some_service_would_meet(
    one: Match, other: Match, exclude: list[Match]
) -> None:
    policies = governing("a", one, exclude=exclude), governing("b", other)

    if surely_tie(*policies):
        assert any(isinstance(select(policies, each), Contested) for each in every_service())
