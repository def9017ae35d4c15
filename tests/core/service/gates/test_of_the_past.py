"""Gates that look at what was: the family, the history, what was tried, what was registered."""

from __future__ import annotations

from typing import Any

import pytest

from controller.core.service.deployment import PastDeployment
from controller.core.service.gates.cooldown import cooldown
from controller.core.service.gates.family import family as family_gate
from controller.core.service.gates.held import held
from controller.core.service.gates.registrations import registrations
from controller.core.service.observed import NOT_ASKED
from controller.core.service.revision import Revision
from tests.core.service.gates.asked import asked, waits_until
from tests.core.service.given import (
    CORRECTED,
    NOW,
    SIBLING,
    ago,
    awslogs,
    container,
    minutes,
    policy,
    task_definition,
)
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    UNREADABLE,
    damaged,
    family,
    history,
    inactive,
    marked,
    ours,
    past,
    revision,
)

OTHER = task_definition(container(logConfiguration=awslogs(mode="blocking", tag="t")))


def just_now(number: int, age: float) -> Revision:
    """Return a revision of ours that was registered so many minutes ago."""
    return ours(number, OTHER, registeredAt=ago(age).timestamp())


# ── the family ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("revisions", "answer"),
    [
        pytest.param([BASE_REVISION], None, id="the service runs the latest"),
        pytest.param([BASE_REVISION, revision(2)], "FamilyAhead", id="[4.8] a newer one"),
        pytest.param([BASE_REVISION, inactive(revision(2))], None, id="a newer one is INACTIVE"),
        pytest.param([BASE_REVISION, ours(2)], None, id="a newer one is ours"),
        pytest.param([BASE_REVISION, marked(ours(2))], None, id="a newer one of ours failed"),
        pytest.param(
            [BASE_REVISION, ours(2, registeredBy="arn:aws:iam::111122223333:user/pipeline")],
            "FamilyAhead",
            id="a newer one was cloned from ours, tags and all",
        ),
        pytest.param(
            [BASE_REVISION, damaged(ours(2))], "UnknownMember", id="ECS did not keep a newer one"
        ),
        pytest.param([ours(2), revision(3)], "FamilyAhead", id="one of ours and a newer one"),
    ],
)
def test_nothing_is_registered_in_a_family_that_is_ahead(
    revisions: list[Revision], answer: str | None
) -> None:
    scene = A_DRIFTED_SERVICE.but(family=family(*revisions))

    assert asked(family_gate, scene) == answer
    assert asked(family_gate, scene.but(policy=policy(allow={"shared_families": True}))) is None


@pytest.mark.parametrize(
    ("read", "answer"),
    [
        pytest.param(NOT_ASKED, "look at family", id="nobody has looked"),
        pytest.param(UNREADABLE, "AccessDenied", id="nobody may look"),
        pytest.param(family(revision(9), reaches=5), "Unknown", id="not read to the base"),
    ],
)
def test_a_family_that_is_not_known_is_not_registered_in(read: object, answer: str) -> None:
    assert asked(family_gate, A_DRIFTED_SERVICE.but(family=read)) == answer


# ── what has failed ───────────────────────────────────────────────────────────────────────────────

SAME_PATCH = ours(2)
SAME_PATCH_ELSEWHERE = ours(
    4, task_definition(container(image="other", logConfiguration=awslogs()))
)
OTHER_PATCH = ours(2, OTHER)
FAILED: dict[str, Any] = {"status": "ROLLBACK_SUCCESSFUL", "failed": True}


@pytest.mark.parametrize(
    ("tried", "answer"),
    [
        pytest.param(past(BASE_REVISION), None, id="nothing has failed"),
        pytest.param(past(SAME_PATCH, **FAILED, revision=SAME_PATCH), "HeldAfterFailure", id="it"),
        pytest.param(
            past(SAME_PATCH_ELSEWHERE, **FAILED, revision=SAME_PATCH_ELSEWHERE),
            "HeldAfterFailure",
            id="the same patch on another base",
        ),
        pytest.param(past(OTHER_PATCH, **FAILED, revision=OTHER_PATCH), None, id="another patch"),
        pytest.param(
            past(revision(2, CORRECTED), **FAILED, revision=revision(2, CORRECTED)),
            None,
            id="somebody else's revision",
        ),
        pytest.param(past(SAME_PATCH, **FAILED), "HeldAfterFailure", id="what cannot be read"),
        pytest.param(past(SAME_PATCH, revision=SAME_PATCH), None, id="it succeeded"),
    ],
)
def test_what_failed_on_the_service_is_not_tried_again(
    tried: PastDeployment, answer: str | None
) -> None:
    scene = A_DRIFTED_SERVICE.but(history=history(tried))

    assert asked(held, scene) == answer


@pytest.mark.parametrize(
    ("one", "answer"),
    [
        pytest.param(marked(ours(2)), "HeldAfterFailure", id="for this service"),
        pytest.param(inactive(marked(ours(2))), "HeldAfterFailure", id="though deregistered"),
        pytest.param(marked(ours(2), SIBLING), None, id="for a sibling"),
        pytest.param(marked(ours(2, OTHER)), None, id="with another patch"),
    ],
)
def test_a_mark_of_failure_holds(one: Revision, answer: str | None) -> None:
    assert asked(held, A_DRIFTED_SERVICE.but(family=family(BASE_REVISION, one))) == answer


@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        pytest.param({"history": NOT_ASKED}, "look at history", id="history not asked"),
        pytest.param({"family": NOT_ASKED}, "look at family", id="family not asked"),
        pytest.param({"history": UNREADABLE}, "AccessDenied", id="history not readable"),
        pytest.param({"family": UNREADABLE}, "AccessDenied", id="family not readable"),
        pytest.param({"history": history(complete=False)}, "Unknown", id="history cut"),
        pytest.param({"history": history()}, None, id="history empty and complete"),
    ],
)
def test_a_failure_that_may_have_been_overlooked_forbids_the_roll(
    parts: dict[str, object], answer: str | None
) -> None:
    assert asked(held, A_DRIFTED_SERVICE.but(**parts)) == answer


# ── the pause after a roll ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("age", "answer"),
    [
        pytest.param(9, "CoolingDown", id="nine minutes ago"),
        pytest.param(10, None, id="ten minutes ago"),
    ],
)
def test_a_service_that_was_rolled_a_moment_ago_is_left_alone(age: int, answer: str | None) -> None:
    rolled = past(ours(2), revision=ours(2), created_at=ago(age))
    scene = A_DRIFTED_SERVICE.but(history=history(rolled, past(BASE_REVISION)))

    assert asked(cooldown, scene) == answer


def test_the_pause_ends_by_itself() -> None:
    rolled = past(ours(2), revision=ours(2), created_at=ago(4))
    scene = A_DRIFTED_SERVICE.but(history=history(rolled))

    assert waits_until(cooldown, scene) == NOW + minutes(6)


def test_what_others_deployed_needs_no_pause() -> None:
    fresh = past(BASE_REVISION, created_at=ago(1))

    assert asked(cooldown, A_DRIFTED_SERVICE.but(history=history(fresh))) is None


@pytest.mark.parametrize(
    ("read", "answer"), [(NOT_ASKED, "look at history"), (UNREADABLE, "AccessDenied")]
)
def test_the_pause_needs_the_history(read: object, answer: str) -> None:
    assert asked(cooldown, A_DRIFTED_SERVICE.but(history=read)) == answer


# ── registrations ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ages", "answer"),
    [
        pytest.param([], None, id="none"),
        pytest.param([10], None, id="one"),
        pytest.param([10, 61], None, id="one, and one long ago"),
        pytest.param([10, 20], "RegistrationLimit", id="two within the hour"),
    ],
)
def test_a_family_gets_two_revisions_an_hour_from_us(ages: list[float], answer: str | None) -> None:
    recent = [just_now(number, age) for number, age in enumerate(ages, start=2)]
    scene = A_DRIFTED_SERVICE.but(family=family(BASE_REVISION, *recent))

    assert asked(registrations, scene) == answer


def test_the_limit_ends_an_hour_after_the_last_but_one() -> None:
    recent = [just_now(2, 50), just_now(3, 20), just_now(4, 10)]
    scene = A_DRIFTED_SERVICE.but(family=family(BASE_REVISION, *recent))

    assert waits_until(registrations, scene) == NOW + minutes(40)


def test_what_is_registered_already_may_be_rolled_beyond_the_limit() -> None:
    ready = ours(3, registeredAt=ago(1).timestamp())
    scene = A_DRIFTED_SERVICE.but(family=family(BASE_REVISION, just_now(2, 10), ready))

    assert asked(registrations, scene) is None


def test_others_may_register_as_much_as_they_like() -> None:
    theirs = [revision(n, registeredAt=ago(1).timestamp()) for n in (2, 3, 4)]

    assert asked(registrations, A_DRIFTED_SERVICE.but(family=family(*theirs))) is None


@pytest.mark.parametrize(
    ("read", "answer"), [(NOT_ASKED, "look at family"), (UNREADABLE, "AccessDenied")]
)
def test_the_limit_needs_the_family(read: object, answer: str) -> None:
    assert asked(registrations, A_DRIFTED_SERVICE.but(family=read)) == answer
