"""Waves: one goes first, those of a wave before those of the next, and people may hurry them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from controller.core.move import Wait
from controller.core.pace.traffic import Sighting, Traffic
from controller.core.pace.waves import Asking, approved_up_to, may_begin, name_of, wave_of
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.select import Subject
from controller.core.policy.wave import REST
from tests.core.pace.fleet import (
    CANARIES,
    IN_WAVES,
    MAIN,
    done,
    drifted,
    flying,
    named,
    rolled,
    traffic,
    waves,
)
from tests.core.service.given import NOW, minutes, policy

DIGEST = "0123456789abcdef"
THE_REST = {"name": "others"}
CANARY_DONE = done("canary-1", at=60)


def asks(
    one: Sighting,
    *others: Sighting,
    by: LoggingPolicy = IN_WAVES,
    approved: int = -1,
    fleet: Traffic | None = None,
    now: datetime = NOW,
) -> Wait | None:
    """Return what a service that was seen so waits for, beside the others."""
    asking = Asking(one.ref, by, one.wave, one.canary_eligible, approved)
    return may_begin(asking, fleet or traffic((one, *others)), now)


def code(said: Wait | None) -> str | None:
    return None if said is None else said.reason.code


# ── whose wave is whose ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("service", "stated", "number", "name"),
    [
        pytest.param("canary-1", (CANARIES, MAIN), 0, "canaries", id="the first"),
        pytest.param("main-1", (CANARIES, MAIN), 1, "main", id="the second"),
        pytest.param("web", (CANARIES, MAIN), 2, REST, id="whom none selects"),
        pytest.param("web", (CANARIES, THE_REST), 1, "others", id="a last that takes the rest"),
        pytest.param("canary-1", ({**CANARIES, "name": "a"}, CANARIES), 0, "a", id="the earlier"),
        pytest.param("web", (), 0, REST, id="no waves"),
    ],
)
def test_a_service_is_of_the_first_wave_that_selects_it(
    service: str, stated: tuple[dict[str, object], ...], number: int, name: str
) -> None:
    listed = waves(*stated).rollout.waves
    assert wave_of(listed, Subject(service=service)) == number
    assert name_of(listed, number) == name


def test_nobody_guesses_the_wave_of_a_service_whose_tags_are_unread() -> None:
    by_tag = {"name": "first", "match": [{"tags": {"matchLabels": {"tier": "test"}}}]}
    listed = waves(by_tag, MAIN).rollout.waves

    assert wave_of(listed, Subject(service="main-1", tags=None)) is None
    assert wave_of(listed, Subject(service="main-1", tags={})) == 1
    assert code(asks(drifted("main-1", None), CANARY_DONE)) == "Unknown"


def test_without_waves_nobody_waits_for_one() -> None:
    assert asks(drifted("web"), drifted("api"), flying("db"), by=policy()) is None


# ── one goes first ────────────────────────────────────────────────────────────────────────────────

NOT_ELIGIBLE: dict[str, Any] = {"canary_eligible": False}


def test_the_first_goes_alone_and_only_of_the_first_wave() -> None:
    canary, other = drifted("canary-1"), drifted("canary-2")

    assert asks(canary, other, drifted("main-1", 1)) is None
    assert code(asks(drifted("main-1", 1), canary)) == "WaitingForCanary"
    assert code(asks(replace(canary, **NOT_ELIGIBLE), other)) == "WaitingForCanary"


@pytest.mark.parametrize("wave", [0, 1, 2])
def test_while_one_is_under_way_all_others_wait(wave: int) -> None:
    assert code(asks(drifted("web", wave), flying("canary-1"))) == "WaitingForCanary"
    given = traffic([drifted("web", wave), drifted("canary-1")], named("canary-1"))
    assert code(asks(drifted("web", wave), fleet=given)) == "WaitingForCanary"


def test_what_flies_under_another_policy_is_not_waited_for() -> None:
    elsewhere, orphan = (replace(flying("x"), policy=one) for one in ("other", None))

    assert asks(drifted("canary-1"), elsewhere) is None
    assert code(asks(drifted("canary-1"), orphan)) == "WaitingForCanary"


@pytest.mark.parametrize(("age", "waits"), [(0, True), (9, True), (10, False), (60, False)])
def test_others_follow_once_it_has_succeeded_and_baked(age: float, *, waits: bool) -> None:
    said = asks(drifted("canary-2"), done("canary-1", at=age))

    assert (code(said) == "WaitingForCanary") is waits
    if said is not None:
        assert said.until == NOW + minutes(10 - age)


def test_the_next_one_goes_first_after_one_that_failed() -> None:
    failed = drifted("canary-1", rolls=(rolled(20, failed=True),))

    assert asks(drifted("canary-2"), failed) is None
    assert code(asks(drifted("main-1", 1), failed)) == "WaitingForCanary"


def test_evidence_of_a_service_that_has_no_tasks_any_more_does_not_count() -> None:
    at_zero = replace(CANARY_DONE, **NOT_ELIGIBLE)

    assert code(asks(drifted("main-1", 1), at_zero, drifted("canary-2"))) == "WaitingForCanary"


def test_where_nothing_of_the_first_wave_is_left_one_of_the_next_goes_first_alone() -> None:
    before = replace(CANARY_DONE, evidence=None)

    assert asks(drifted("main-1", 1), before) is None
    assert code(asks(drifted("main-1", 1), before, drifted("canary-2"))) == "WaitingForCanary"
    flying = replace(drifted("main-2", 1), in_flight=True)
    assert code(asks(drifted("main-1", 1), before, flying)) == "WaitingForCanary"
    assert code(asks(drifted("late-1", 2), before, drifted("main-1", 1))) == "WaitingForCanary"


@pytest.mark.parametrize("wave", [0, 1, 2])
def test_where_none_can_go_first_a_person_says_so(wave: int) -> None:
    daemon = drifted("web", wave, **NOT_ELIGIBLE)

    said = asks(daemon)
    assert code(said) == "WaitingForCanary"
    assert said is not None
    assert f"approve wave production/{name_of(IN_WAVES.rollout.waves, wave)}" in said.reason.remedy
    assert asks(daemon, approved=wave) is None
    assert code(asks(daemon, approved=wave - 1)) == "WaitingForCanary"


# ── one wave after the other ──────────────────────────────────────────────────────────────────────

HELD = drifted("canary-2", rolls=(rolled(20, failed=True),))


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(drifted("canary-2"), id="one that is to be rolled"),
        pytest.param(HELD, id="one that failed and is held"),
        pytest.param(flying("canary-2"), id="one that is being rolled"),
        pytest.param(replace(done("canary-2"), settled=False), id="one that is not healthy"),
    ],
)
def test_a_wave_waits_for_those_before(before: Sighting) -> None:
    said = asks(drifted("main-1", 1), CANARY_DONE, before)

    assert code(said) == "WaitingForWave"
    assert said is not None
    assert "canary-2" in said.reason.message
    assert said.until is None


def test_a_place_that_was_given_in_a_wave_before_is_waited_for() -> None:
    given = traffic([CANARY_DONE, done("canary-2")], named("canary-2"))

    assert code(asks(drifted("main-1", 1), fleet=given)) == "WaitingForWave"


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(drifted("canary-2", rollable=False), id="one that can never be rolled"),
        pytest.param(replace(drifted("canary-2"), policy="other"), id="one of another policy"),
        pytest.param(drifted("main-2", 1), id="one of the same wave"),
        pytest.param(drifted("web", 2), id="one of a later wave"),
        pytest.param(drifted("web", None), id="one of nobody knows which"),
    ],
)
def test_a_wave_does_not_wait_for(before: Sighting) -> None:
    assert asks(drifted("main-1", 1), CANARY_DONE, before) is None


@pytest.mark.parametrize(
    ("canary", "main", "left"),
    [(60, 30, 0), (60, 29, 1), (9, 40, 1), (60, None, 0), (12, 1, 29)],
)
def test_a_wave_waits_until_those_before_have_baked(
    canary: float, main: float | None, left: float
) -> None:
    said = asks(drifted("web", 2), done("canary-1", at=canary), done("main-1", 1, at=main))

    assert (None if said is None else said.until) == (NOW + minutes(left) if left else None)


def test_a_person_promotes_where_the_policy_says_so() -> None:
    by = waves({**CANARIES, "promotion": "Manual"}, MAIN)

    said = asks(drifted("main-1", 1), CANARY_DONE, by=by)
    assert code(said) == "WaitingForPromotion"
    assert said is not None
    assert said.reason.remedy == "Let it begin: ecs-logging approve wave production/main"
    assert asks(drifted("main-1", 1), CANARY_DONE, by=by, approved=1) is None
    assert code(asks(drifted("web", 2), CANARY_DONE, by=by, approved=1)) == "WaitingForPromotion"
    assert asks(drifted("canary-2"), CANARY_DONE, by=by) is None


def test_a_wave_that_a_person_has_let_begin_waits_for_nothing() -> None:
    assert asks(drifted("main-1", 1), HELD, flying("canary-1"), approved=1) is None
    assert code(asks(drifted("web", 2), CANARY_DONE, HELD, approved=1)) == "WaitingForWave"


def test_before_the_fleet_was_seen_whole_nobody_knows_which_wave_has_come() -> None:
    unseen = traffic([CANARY_DONE], complete=False)

    assert code(asks(drifted("main-1", 1), fleet=unseen)) == "WaitingForWave"


def test_whoever_was_let_through_is_not_asked_again() -> None:
    given = traffic([drifted("canary-1")], named("main-1"))

    assert asks(drifted("main-1", 1), fleet=given) is None


# ── what a person has said ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "number"),
    [
        (None, -1),
        (f"canaries {DIGEST}", 0),
        (f"main {DIGEST}", 1),
        (f"rest {DIGEST}", 2),
        ("main fedcba9876543210", -1),
        (f"gone {DIGEST}", -1),
        ("main", -1),
        ("", -1),
    ],
)
def test_a_yes_is_for_one_wave_under_one_set_of_policies(said: str | None, number: int) -> None:
    assert approved_up_to(said, IN_WAVES.rollout.waves, DIGEST) == number
