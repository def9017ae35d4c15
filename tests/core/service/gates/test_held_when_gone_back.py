"""What was gone back from and never marked: our own return, or a person's; the time tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.move import MarkFailed, Wait
from controller.core.service.deployment import PastDeployment
from controller.core.service.gates.conflict import conflict
from controller.core.service.gates.held import held
from controller.core.service.registration import content_digest
from controller.core.service.revision import COPY_OF, DIGEST, MANAGED_BY, Revision
from tests.core.service.gates.asked import asked
from tests.core.service.given import NOW, policy
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    OUR_ROLE,
    Scene,
    arn_of,
    history,
    inactive,
    ours,
    past,
    revision,
)

A_MINUTE, AN_HOUR, A_DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WATCHED = timedelta(minutes=5 + 2 * 15)  # rollout.bakeTime and twice rollout.progressDeadline
RETURN_TAKES = timedelta(minutes=5)
LAST_WEEK = NOW - 7 * A_DAY


def rolled(ended: datetime = LAST_WEEK, *, by: Revision | None = None) -> PastDeployment:
    """Return a roll of ours that ECS completed then."""
    one = by or ours(2)
    return past(one, revision=one, created_at=ended - 9 * A_MINUTE, finished_at=ended)


def back(at: datetime, *, to: Revision = BASE_REVISION, came_from: str | None = None) -> Scene:
    """Return the scene after the service went back from that roll at this moment."""
    came_from = arn_of(2) if came_from is None else came_from
    again = past(to, came_from=came_from, created_at=at, finished_at=at + A_MINUTE, revision=to)
    scene = A_DRIFTED_SERVICE.with_service(document={"taskDefinition": to.arn}).but(revision=to)
    return scene.but(history=history(again, rolled(), past(BASE_REVISION)))


@pytest.mark.parametrize(
    ("later", "answer"),
    [
        pytest.param(timedelta(0), "HeldAfterFailure", id="at once"),
        pytest.param(WATCHED, "HeldAfterFailure", id="at the end of the watch"),
        pytest.param(WATCHED + RETURN_TAKES, "HeldAfterFailure", id="a return that took its time"),
        pytest.param(WATCHED + RETURN_TAKES + A_MINUTE, None, id="after the watch"),
        pytest.param(A_DAY, None, id="the next day"),
    ],
)
def test_what_was_gone_back_from_while_we_watched_is_held_and_later_it_is_a_revert(
    later: timedelta, answer: str | None
) -> None:
    assert asked(held, back(LAST_WEEK + later)) == answer


def test_how_long_we_watch_is_the_policys() -> None:
    scene = back(LAST_WEEK + 2 * AN_HOUR)

    assert asked(held, scene) is None
    assert asked(held, scene.but(policy=policy(rollout={"bake_time": "2h"}))) == "HeldAfterFailure"
    assert asked(held, scene.but(policy=policy(rollout={"progress_deadline": "1h"}))) is not None


def test_the_doubt_is_told_and_a_person_can_lift_it() -> None:
    said = held(back(LAST_WEEK + A_MINUTE).candidate)

    assert isinstance(said, Wait)
    assert "it failed, or was not wanted" in said.reason.message
    assert "ecs-logging approve prod/web" in str(said.reason.remedy)
    yes = {"ecs-logging/approve": f"{NOW - AN_HOUR:%Y-%m-%dT%H:%M:%S.000Z} by user/anna"}
    assert asked(held, back(LAST_WEEK + A_MINUTE).with_service(tags=yes)) is None


def test_who_goes_elsewhere_has_not_gone_back() -> None:
    release = revision(3)

    assert asked(held, back(LAST_WEEK + A_MINUTE, to=release)) is None


def test_what_was_not_ours_is_nobodys_failure() -> None:
    theirs = revision(2, ours(2).document)
    release = replace(rolled(by=theirs), came_from=BASE_REVISION.arn)
    again = past(BASE_REVISION, came_from=arn_of(2), created_at=LAST_WEEK + A_MINUTE)
    scene = A_DRIFTED_SERVICE.but(history=history(again, release, past(BASE_REVISION)))

    assert asked(held, scene) is None


def a_copy(number: int) -> Revision:
    """Return an equal copy of the first revision, which is INACTIVE, as we registered it."""
    copy = revision(number, registeredBy=f"{OUR_ROLE}/session")
    tags = {MANAGED_BY: "main", COPY_OF: arn_of(1), DIGEST: content_digest(copy.document)}
    return replace(copy, tags=tags)


def test_going_back_to_an_equal_copy_of_the_base_is_going_back() -> None:
    assert asked(held, back(LAST_WEEK + A_MINUTE, to=a_copy(3))) == "HeldAfterFailure"
    assert asked(held, back(LAST_WEEK + A_DAY, to=a_copy(3))) is None


def test_an_equal_copy_is_no_other_base() -> None:
    gone = inactive(ours(2))
    failed = past(gone, "ROLLBACK_SUCCESSFUL", failed=True, revision=gone, finished_at=LAST_WEEK)
    at = LAST_WEEK - 90 * A_DAY
    copied, release = back(at, to=a_copy(3)), back(at, to=revision(3))

    for scene, answer in ((copied, "HeldAfterFailure"), (release, None)):
        runs = history(past(scene.revision), failed, past(BASE_REVISION))
        assert asked(held, scene.but(history=runs)) == answer


# ── twice ─────────────────────────────────────────────────────────────────────────────────────────


def twice(first: timedelta, second: timedelta) -> Scene:
    """Return the scene after two rolls of ours were gone back from, so long after their ends."""
    runs = []
    for ended, later in ((LAST_WEEK, second), (LAST_WEEK - 3 * A_DAY, first)):
        at = ended + later
        again = past(BASE_REVISION, came_from=arn_of(2), created_at=at, finished_at=at)
        runs += [replace(again, revision=BASE_REVISION), rolled(ended)]
    return A_DRIFTED_SERVICE.but(history=history(*runs, past(BASE_REVISION)))


@pytest.mark.parametrize("first", [A_MINUTE, A_DAY], ids=["first quick", "first late"])
@pytest.mark.parametrize("second", [A_MINUTE, A_DAY], ids=["second quick", "second late"])
def test_two_reverts_are_a_conflict_however_quick(first: timedelta, second: timedelta) -> None:
    scene = twice(first, second)

    assert asked(held, scene) is None
    assert asked(conflict, scene) == "ConflictingManager"


def test_where_a_mark_is_refused_they_are_held_as_failures() -> None:
    scene = twice(A_DAY, A_DAY).but(refused=frozenset({MarkFailed}))

    assert asked(held, scene) == "HeldAfterFailure"


@given(
    first=st.timedeltas(min_value=timedelta(0), max_value=2 * A_DAY),
    second=st.timedeltas(min_value=timedelta(0), max_value=2 * A_DAY),
)
def test_no_third_roll_is_made_whenever_the_service_went_back(
    first: timedelta, second: timedelta
) -> None:
    scene = twice(first, second)

    assert asked(held, scene) is not None or asked(conflict, scene) is not None
