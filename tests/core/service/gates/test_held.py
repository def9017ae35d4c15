"""What has failed is held: for how long, and what alone lifts the hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.move import MarkFailed, Wait
from controller.core.service.deployment import PastDeployment
from controller.core.service.gates.held import held
from controller.core.service.registration import patch_digest
from controller.core.service.revision import PATCH, Revision, failure_tag
from tests.core.service.gates.asked import asked, waits_until
from tests.core.service.given import (
    NOW,
    REF,
    awslogs,
    container,
    policy,
    task_definition,
)
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    Scene,
    arn_of,
    family,
    history,
    inactive,
    ours,
    past,
    revision,
)

A_WEEK = timedelta(days=7)
RELEASE = revision(3)


def rolled_back(one: Revision, age: timedelta, **more: Any) -> PastDeployment:
    """Return a roll that ECS rolled back so long ago."""
    ended = NOW - age
    stated: dict[str, Any] = {"created_at": ended, "finished_at": ended, "revision": one}
    return past(one, "ROLLBACK_SUCCESSFUL", failed=True, **stated | more)


def marked_at(one: Revision, value: str) -> Revision:
    """Return the revision after it was marked as failed with this value."""
    return replace(one, tags={**one.tags, failure_tag(REF.arn): value})


def on(running: Revision, *deployments: PastDeployment, **more: Any) -> Scene:
    """Return the scene of a service that runs a revision and had these deployments, among others.

    The gate reads nothing of a deployment that neither failed nor was gone back from.
    """
    scene = A_DRIFTED_SERVICE.with_service(document={"taskDefinition": running.arn})
    runs = history(past(running), *deployments, past(BASE_REVISION))
    return scene.but(revision=running, history=runs, family=family(running)).but(**more)


def approved(scene: Scene, age: timedelta) -> Scene:
    """Return the scene after a person has approved the service so long ago."""
    said = (NOW - age).astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return scene.with_service(tags={"ecs-logging/approve": f"{said} by user/anna"})


# ── after one failure: the base and the time, both ────────────────────────────────────────────────

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("running", "age", "answer"),
    [
        pytest.param(BASE_REVISION, 6 * DAY, "HeldAfterFailure", id="neither"),
        pytest.param(BASE_REVISION, 700 * DAY, "HeldAfterFailure", id="time alone"),
        pytest.param(RELEASE, 6 * DAY, "HeldAfterFailure", id="a new base alone"),
        pytest.param(RELEASE, A_WEEK - timedelta(seconds=1), "HeldAfterFailure", id="just not"),
        pytest.param(RELEASE, A_WEEK, None, id="both"),
    ],
)
def test_one_failure_is_held_until_the_base_has_changed_and_time_has_passed(
    running: Revision, age: timedelta, answer: str | None
) -> None:
    assert asked(held, on(running, rolled_back(ours(2), age))) == answer
    by_mark = marked_at(ours(2), f"DeploymentFailed {NOW - age:%Y-%m-%dT%H:%M:%SZ}")
    scene = on(running, family=family(running, inactive(by_mark)))
    assert asked(held, scene) == answer


def test_where_only_time_is_missing_it_is_told_when_that_is() -> None:
    released = on(RELEASE, rolled_back(ours(2), 2 * DAY))
    same_base = on(BASE_REVISION, rolled_back(ours(2), 2 * DAY))

    assert waits_until(held, released) == NOW + 5 * DAY
    assert waits_until(held, same_base) is None


def test_how_long_is_the_policys() -> None:
    patient = policy(rollout={"latch_retry": "30d"})
    scene = on(RELEASE, rolled_back(ours(2), 29 * DAY), policy=patient)

    assert waits_until(held, scene) == NOW + DAY


def test_a_second_failure_is_held_until_a_person_approves() -> None:
    first, second = rolled_back(ours(2), 40 * DAY), rolled_back(ours(5, base=3), 20 * DAY)
    scene = on(revision(7), second, first)

    assert asked(held, scene) == "HeldAfterFailure"
    assert waits_until(held, scene) is None
    assert asked(held, approved(scene, 21 * DAY)) is None, "one failure since, long ago"
    assert asked(held, approved(scene, DAY)) is None


def test_a_mark_and_the_deployment_that_it_marks_are_one_failure() -> None:
    one = marked_at(ours(2), f"DeploymentFailed {NOW - 8 * DAY:%Y-%m-%dT%H:%M:%SZ}")
    scene = on(RELEASE, rolled_back(one, 8 * DAY), family=family(RELEASE, inactive(one)))

    assert asked(held, scene) is None


def test_a_mark_without_a_moment_counts_from_when_its_revision_was_registered() -> None:
    old = marked_at(
        ours(2, registeredAt=(NOW - 8 * DAY).timestamp()), "an older version wrote this"
    )

    assert asked(held, on(RELEASE, family=family(RELEASE, old))) is None
    assert asked(held, on(BASE_REVISION, family=family(BASE_REVISION, old))) == "HeldAfterFailure"


# ── which patch it was ────────────────────────────────────────────────────────────────────────────


def test_a_patch_is_known_by_the_digest_that_its_revision_carries() -> None:
    document = task_definition(container(logConfiguration=awslogs(mode="blocking", tag="x")))
    scene = on(BASE_REVISION)
    tags = {**ours(2).tags, PATCH: patch_digest(scene.candidate.edits)}
    same_patch = replace(ours(2, document), tags=tags)

    assert asked(held, on(BASE_REVISION, rolled_back(ours(2, document), DAY))) is None
    assert asked(held, on(BASE_REVISION, rolled_back(same_patch, DAY))) == "HeldAfterFailure"


def test_what_we_register_carries_the_digest_of_its_patch() -> None:
    candidate = on(BASE_REVISION).candidate

    assert candidate.tags[PATCH] == patch_digest(candidate.edits)
    other = on(
        BASE_REVISION,
        policy=policy(
            mode="Enforce",
            destinations=({"awslogs": {"group": "/other", "stream_prefix": "x"}, "keep": ()},),
        ),
    ).candidate
    assert other.tags[PATCH] != candidate.tags[PATCH]


BY_ANOTHER = "arn:aws:iam::111122223333:role/another"
FAILED_TWO_DAYS_AGO = "DeploymentFailed 2026-11-20T12:00:00Z"


# ── what can no longer be read ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("running", [BASE_REVISION, RELEASE], ids=["same base", "new base"])
def test_a_failure_that_cannot_be_read_is_held_until_a_person_approves(running: Revision) -> None:
    scene = on(running, rolled_back(ours(2), 400 * DAY, revision=None))

    assert asked(held, scene) == "HeldAfterFailure"
    assert asked(held, approved(scene, DAY)) is None


def test_so_is_what_was_gone_back_from_and_cannot_be_read() -> None:
    gone = past(ours(2), revision=None)
    back = past(BASE_REVISION, came_from=arn_of(2))
    runs = history(back, gone, past(BASE_REVISION))

    assert asked(held, A_DRIFTED_SERVICE.but(history=runs)) == "HeldAfterFailure"


# ── who went back ─────────────────────────────────────────────────────────────────────────────────


def gone_back_from(one: Revision) -> Scene:
    """Return the scene after the service left a roll of ours for its base, hours after its end."""
    back = past(BASE_REVISION, came_from=one.arn, created_at=NOW - DAY)
    return A_DRIFTED_SERVICE.but(history=history(back, past(one, revision=one)))


def test_what_somebody_else_went_back_from_has_not_failed() -> None:
    assert asked(held, gone_back_from(ours(2))) is None


def test_what_we_went_back_from_has_the_mark() -> None:
    ours_failed = marked_at(ours(2), "NotSteady 2026-11-20T12:00:00Z")

    assert asked(held, gone_back_from(ours_failed)) == "HeldAfterFailure"


def test_where_marks_are_refused_whatever_was_gone_back_from_may_have_failed() -> None:
    scene = gone_back_from(ours(2)).but(refused=frozenset({MarkFailed}))

    assert asked(held, scene) == "HeldAfterFailure"


# ── a person's yes ────────────────────────────────────────────────────────────────────────────────


def test_a_yes_forgives_what_was_before_it_and_nothing_after() -> None:
    scene = on(BASE_REVISION, rolled_back(ours(2), DAY))

    assert asked(held, approved(scene, timedelta(hours=23))) is None
    assert asked(held, approved(scene, timedelta(hours=25))) == "HeldAfterFailure"


@pytest.mark.parametrize(
    "scene",
    [
        pytest.param(
            approved(on(BASE_REVISION, rolled_back(ours(2), DAY)), -DAY), id="still to come"
        ),
        pytest.param(
            on(BASE_REVISION, rolled_back(ours(2), DAY)).with_service(
                tags={"ecs-logging/approve": "yes"}
            ),
            id="no moment",
        ),
        pytest.param(
            on(BASE_REVISION, rolled_back(ours(2), DAY)).with_service(tags=None), id="unread"
        ),
        pytest.param(
            approved(on(BASE_REVISION, rolled_back(ours(2), DAY)), timedelta(0)).but(
                policy=policy(owner_tags="Ignore")
            ),
            id="ignored by the policy",
        ),
    ],
)
def test_a_yes_that_makes_no_sense_forgives_nothing(scene: Scene) -> None:
    assert asked(held, scene) == "HeldAfterFailure"


@pytest.mark.parametrize(
    ("owner_tags", "told"),
    [("Honour", "`ecs-logging approve prod/web`"), ("Ignore", "ownerTags: Ignore")],
)
def test_the_remedy_names_the_command_or_why_it_is_of_no_use(owner_tags: str, told: str) -> None:
    scene = on(BASE_REVISION, rolled_back(ours(2), DAY), policy=policy(owner_tags=owner_tags))
    said = held(scene.candidate)

    assert isinstance(said, Wait)
    assert told in said.reason.remedy


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────

AGES = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=3000))


@given(age=AGES)
def test_a_hold_never_lifts_by_time_alone(age: timedelta) -> None:
    assert asked(held, on(BASE_REVISION, rolled_back(ours(2), age))) == "HeldAfterFailure"


@given(
    age=st.timedeltas(min_value=timedelta(0), max_value=A_WEEK - timedelta(microseconds=1)),
    number=st.integers(min_value=3, max_value=999),
)
def test_nor_by_a_new_base_alone(age: timedelta, number: int) -> None:
    scene = on(revision(number), rolled_back(ours(2), age))

    assert asked(held, scene) == "HeldAfterFailure"


@given(ages=st.lists(AGES, min_size=2, max_size=4, unique=True), number=st.integers(20, 99))
def test_nor_by_both_after_a_second_failure(ages: list[timedelta], number: int) -> None:
    tried = [rolled_back(ours(n + 2, base=n + 1), age) for n, age in enumerate(sorted(ages))]

    assert asked(held, on(revision(number), *tried)) == "HeldAfterFailure"


@given(tried=AGES, yes=AGES)
def test_a_yes_lifts_just_what_was_before_it(tried: timedelta, yes: timedelta) -> None:
    lifted = asked(held, approved(on(BASE_REVISION, rolled_back(ours(2), tried)), yes)) is None
    told = datetime.fromisoformat((NOW - yes).isoformat(timespec="milliseconds"))

    assert lifted == (NOW - tried <= told)
