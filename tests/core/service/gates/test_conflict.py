"""A fight is noticed: two reverts, or a third correction that a release undid in two weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.move import Wait
from controller.core.service.deployment import History
from controller.core.service.gates.conflict import conflict
from controller.core.service.revision import Revision, failure_tag
from tests.core.service.gates.asked import asked
from tests.core.service.gates.releases import (
    DAY,
    HOUR,
    ROLE,
    approved,
    corrected,
    image,
    of,
    release,
    released,
    reverted,
    reverted_as_new,
    told,
)
from tests.core.service.given import NOW, REF, policy
from tests.core.service.scene import Scene, history, ours, past


def ran(scene: Scene) -> History:
    """Return the history of the scene."""
    assert isinstance(scene.history, History)
    return scene.history


def message(scene: Scene) -> str:
    """Return what the conflict is said to be."""
    said = conflict(scene.candidate)
    assert isinstance(said, Wait)
    return said.reason.message


# ── a conflict ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ran", "answer"),
    [
        pytest.param(released(0), None, id="never corrected"),
        pytest.param(released(1), None, id="one release"),
        pytest.param(released(2), None, id="two"),
        pytest.param(released(3), "ConflictingManager", id="three"),
        pytest.param(reverted(1), None, id="one revert"),
        pytest.param(reverted(2), "ConflictingManager", id="two reverts"),
        pytest.param(
            [release(1), corrected(2, release(1)), release(3, 1)], None, id="a revert as a new one"
        ),
        pytest.param(reverted_as_new(), "ConflictingManager", id="two reverts as new ones"),
    ],
)
def test_two_reverts_or_a_third_undoing_within_two_weeks_are_a_conflict(
    ran: list[Revision], answer: str | None
) -> None:
    assert asked(conflict, told(ran)) == answer


@pytest.mark.parametrize(
    ("times", "answer"), [pytest.param(1, None, id="once"), (2, "ConflictingManager")]
)
def test_who_was_going_back_when_a_release_came_has_gone_back(
    times: int, answer: str | None
) -> None:
    went = [release(1)]
    for number in range(2, 2 * times + 1, 2):
        went += [corrected(number, went[-1]), went[-1], release(number + 1)]
    scene = told(went, every=6 * DAY)
    gone_back = {3 * place + 2 for place in range(times)}
    oldest_first = [
        replace(one, status="STOPPED") if at in gone_back else one
        for at, one in enumerate(reversed(ran(scene).deployments))
    ]

    assert asked(conflict, of(went[-1], oldest_first)) == answer


@pytest.mark.parametrize(
    ("most", "times", "answer"),
    [
        pytest.param(0, 0, None, id="the first correction is never held"),
        pytest.param(0, 1, "ConflictingManager", id="none is made again"),
        pytest.param(1, 1, None, id="one is"),
        pytest.param(1, 2, "ConflictingManager", id="a second is not"),
        pytest.param(5, 5, None, id="five are"),
    ],
)
def test_how_often_it_is_corrected_again_is_the_policys(
    most: int, times: int, answer: str | None
) -> None:
    scene = told(released(times), every=HOUR)

    assert asked(conflict, scene.but(policy=policy(rollout={"max_recorrections": most}))) == answer


@pytest.mark.parametrize(
    ("every", "answer"),
    [(3.5 * DAY, "ConflictingManager"), (3.6 * DAY, None)],
    ids=["three corrections within 14 days", "not within"],
)
def test_only_what_lies_within_two_weeks_counts_together(
    every: timedelta, answer: str | None
) -> None:
    assert asked(conflict, told(released(3), every=every)) == answer


def test_it_is_told_who_when_and_where_the_patch_is() -> None:
    scene = told(released(3))

    assert message(scene) == (
        "the corrected logging was taken off 3 times, last at 2026-11-22 12:00 UTC by a revision "
        f"that {ROLE} registered"
    )
    assert "2 of them with nothing else changed" in message(told(reverted(2)))
    said = conflict(scene.candidate)
    assert isinstance(said, Wait)
    assert said.until is None
    assert "`ecs-logging plan`" in said.reason.remedy
    assert "`ecs-logging approve prod/web`" in said.reason.remedy


@pytest.mark.parametrize(
    ("since", "answer"),
    [
        pytest.param(0 * DAY, None, id="all"),
        pytest.param(1.5 * DAY, None, id="all but the last"),
        pytest.param(9 * DAY, "ConflictingManager", id="none"),
    ],
)
def test_a_yes_forgives_what_was_before_it(since: timedelta, answer: str | None) -> None:
    scene = approved(told(released(3)), NOW - since)

    assert asked(conflict, scene) == answer
    ignored = scene.but(policy=policy(owner_tags="Ignore"))
    assert asked(conflict, ignored) == "ConflictingManager"


# ── what undoes nothing ───────────────────────────────────────────────────────────────────────────


def test_a_release_that_takes_the_correction_over_undoes_nothing() -> None:
    ran = [release(1)]
    for number in (2, 4, 6):
        ran += [corrected(number, ran[-1]), release(number + 1, mode="non-blocking")]

    assert asked(conflict, told([*ran, release(9)], every=HOUR)) is None


def test_our_own_next_correction_undoes_nothing() -> None:
    first = release(1)
    again = [ours(number, image(1, tag=str(number)), base=number - 1) for number in (2, 3, 4, 5)]

    assert asked(conflict, told([first, *again])) is None


def test_a_roll_that_failed_was_not_undone_by_anybody() -> None:
    """ECS's return shows in the status of our deployment, ours in the mark on our revision."""
    first, two = release(1), corrected(2, release(1))
    failed = replace(two, tags={**two.tags, failure_tag(REF.arn): "NotSteady"})
    by_us = told([first, failed, first, failed, first, failed, first])
    rolled = [past(two, "ROLLBACK_SUCCESSFUL", failed=True, revision=two) for _ in range(3)]
    by_ecs = of(first, [past(first, revision=first), *rolled])

    assert asked(conflict, by_us) is None
    assert asked(conflict, by_ecs) is None


def test_a_release_that_was_rolled_back_undoes_nothing() -> None:
    scene = told(released(3))
    deployments = [
        replace(one, status="ROLLBACK_SUCCESSFUL", failed=True)
        if one.revision == release(5)
        else one
        for one in ran(scene).deployments
    ]

    assert asked(conflict, scene.but(history=history(*deployments))) is None


def test_a_deployment_of_our_revision_by_somebody_else_is_no_correction() -> None:
    """It did not lead there from our base: a bare family name may lead to a revision of ours."""
    ours_by_others = [release(1), *(corrected(2, release(8)), release(3)) * 3]

    assert asked(conflict, told(ours_by_others)) is None


def test_ours_deployed_anew_is_still_undone_only_once() -> None:
    one = released(1)

    assert asked(conflict, told([one[0], one[1], one[1], one[1], one[2]])) is None


# ── what cannot be told ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("times", "since", "answer"),
    [
        pytest.param(0, DAY, None, id="never corrected, as far as seen: the first is not held"),
        pytest.param(1, DAY, "Unknown", id="one seen of perhaps more"),
        pytest.param(1, 15 * DAY, None, id="all of the 14 days were read"),
        pytest.param(3, DAY, "ConflictingManager", id="enough were seen"),
    ],
)
def test_where_not_all_of_two_weeks_was_read_it_is_unknown_if_that_matters(
    times: int, since: timedelta, answer: str | None
) -> None:
    scene = told(released(times), every=HOUR)
    cut = replace(ran(scene), revisions_since=NOW - since)

    assert asked(conflict, scene.but(history=cut)) == answer


def test_a_release_that_can_no_longer_be_read_counts_without_a_name() -> None:
    scene = told(released(3))
    deployments = [
        replace(one, revision=None) if one.revision == release(5) else one
        for one in ran(scene).deployments
    ]

    assert asked(conflict, scene.but(history=history(*deployments))) == "ConflictingManager"


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────


@given(
    times=st.integers(0, 6),
    most=st.integers(0, 4),
    every=st.timedeltas(min_value=timedelta(minutes=1), max_value=2 * DAY),
)
def test_no_more_than_so_many_are_corrected_again(times: int, most: int, every: timedelta) -> None:
    scene = told(released(times), every=every)
    held = asked(conflict, scene.but(policy=policy(rollout={"max_recorrections": most})))

    within = sum(every * 2 * place <= 14 * DAY for place in range(times))
    assert (held is not None) == (within > most)


@given(later=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=3000)))
def test_a_conflict_never_ends_by_time_alone(later: timedelta) -> None:
    assert asked(conflict, told(released(3), last=NOW - later)) == "ConflictingManager"
