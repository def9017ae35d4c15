"""How a service stands to being taken back, as a table: what ECS shows, and what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from controller.core.move import Look, Return, Stop
from controller.core.policy.model import Rollout
from controller.core.service.observed import NOT_ASKED, Observed
from controller.core.service.registration import content_digest
from controller.core.service.revision import COPY_OF, DIGEST, MANAGED_BY
from controller.core.service.rollback import last_rolled, rollback
from controller.core.service.states_of_return import IsBack, Leave, OnItsWay, Stays
from tests.core.service.given import DRIFTED, NOW, REF, ago
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    IDENTITY,
    OUR_ROLE,
    UNREADABLE,
    Scene,
    arn_of,
    family,
    history,
    inactive,
    ours,
    past,
    revision,
)

OURS = ours(2)
ROLLED = A_DRIFTED_SERVICE.set_to(OURS, started=ago(90))


def state_of(scene: Scene, now: datetime = NOW) -> object:
    return rollback(scene.candidate.observed, Rollout(), now)


def code_of(scene: Scene) -> str | None:
    state = state_of(scene)
    return state.reason.code if isinstance(state, Stays) else None


def gone_back(status: str = "SUCCESSFUL") -> Scene:
    """Return the scene in which somebody, or we, went back from our revision."""
    state = {"SUCCESSFUL": "COMPLETED", "IN_PROGRESS": "IN_PROGRESS"}.get(status, "FAILED")
    scene = ROLLED.set_to(BASE_REVISION, started=ago(2), state=state)
    newest = past(BASE_REVISION, status, came_from=OURS.arn, created_at=ago(2), finished_at=None)
    roll = past(OURS, created_at=ago(90), finished_at=ago(80), revision=OURS)
    return scene.but(history=history(newest, roll, past(BASE_REVISION)))


def stopped(status: str, scene: Scene) -> Scene:
    """Return the scene with our service deployment in a status of its end."""
    roll = past(OURS, status, created_at=ago(9), finished_at=None, revision=OURS)
    return scene.but(history=history(roll, past(BASE_REVISION)))


# ── from a revision of ours ───────────────────────────────────────────────────────────────────────


def test_a_roll_that_completed_is_left_by_setting_the_service_back() -> None:
    primary = ROLLED.service.primary
    assert primary is not None

    assert state_of(ROLLED) == Leave(
        Return(REF, BASE_REVISION.arn, primary.id), OURS.arn, BASE_REVISION.arn
    )


def test_the_move_is_bound_to_the_deployment_over_which_it_was_decided() -> None:
    state = state_of(ROLLED)

    assert isinstance(state, Leave)
    assert state.move.over == "ecs-svc/2"


def test_a_roll_that_goes_on_is_stopped_by_the_name_of_its_deployment() -> None:
    scene = A_DRIFTED_SERVICE.set_to(OURS, started=ago(1), state="IN_PROGRESS")

    state = state_of(scene)

    assert isinstance(state, Leave)
    assert isinstance(state.move, Stop)
    assert state.move.deployment == "arn:deployment/2"


def test_a_roll_that_ecs_takes_back_already_is_watched() -> None:
    scene = A_DRIFTED_SERVICE.set_to(OURS, started=ago(9), state="IN_PROGRESS")

    assert isinstance(state_of(stopped("ROLLBACK_IN_PROGRESS", scene)), OnItsWay)


def test_a_deployment_that_is_not_listed_yet_is_waited_for() -> None:
    scene = A_DRIFTED_SERVICE.set_to(OURS, started=ago(1), state="IN_PROGRESS")

    assert isinstance(state_of(scene.but(history=history(past(BASE_REVISION)))), OnItsWay)


def test_a_way_back_that_failed_is_not_tried_again() -> None:
    failed = past(BASE_REVISION, "ROLLBACK_SUCCESSFUL", came_from=OURS.arn, created_at=ago(5))
    scene = ROLLED.but(history=history(failed, past(OURS, created_at=ago(90))))

    assert code_of(scene) == "ReturnFailed"


def test_a_deployment_of_somebody_else_to_our_revision_is_theirs_while_it_goes_on() -> None:
    scene = ROLLED.set_to(OURS, started=ago(1), state="IN_PROGRESS")

    assert code_of(scene) == "Superseded"


def test_one_that_has_completed_may_be_left() -> None:
    scene = ROLLED.set_to(OURS, started=ago(60))

    state = state_of(scene)

    assert isinstance(state, Leave)
    assert isinstance(state.move, Return)


@pytest.mark.parametrize(
    ("without", "part"),
    [({"history": NOT_ASKED}, "history"), ({"base": NOT_ASKED}, "base")],
)
def test_what_it_needs_is_looked_at(without: dict[str, object], part: str) -> None:
    assert state_of(ROLLED.but(**without)) == Look(part)


@pytest.mark.parametrize("part", ["history", "base"])
def test_what_may_not_be_read_keeps_the_service_where_it_is(part: str) -> None:
    assert code_of(ROLLED.but(**{part: UNREADABLE})) == "AccessDenied"


def test_an_inactive_base_is_no_way_back() -> None:
    scene = ROLLED.but(base=inactive(BASE_REVISION), family=family(OURS))

    state = state_of(scene)

    assert isinstance(state, Stays)
    assert state.reason.code == "NoWayBack"
    assert "allow.inactiveBase" in state.reason.remedy


def test_an_equal_copy_of_an_inactive_base_is() -> None:
    tags = {MANAGED_BY: IDENTITY.instance, COPY_OF: arn_of(1), DIGEST: content_digest(DRIFTED)}
    copy = replace(revision(3, registeredBy=f"{OUR_ROLE}/session"), tags=tags)
    scene = ROLLED.but(base=inactive(BASE_REVISION), family=family(copy, OURS))

    state = state_of(scene)

    assert isinstance(state, Leave)
    assert (type(state.move), state.went_to) == (Return, copy.arn)
    looks = scene.but(family=NOT_ASKED)
    assert state_of(looks) == Look("family")


@pytest.mark.parametrize("controller", ["CODE_DEPLOY", "EXTERNAL"])
def test_a_service_that_ecs_does_not_deploy_is_left_to_who_does(controller: str) -> None:
    assert code_of(ROLLED.with_service(controller=controller)) == "UnsupportedController"


# ── from another's, or back already ───────────────────────────────────────────────────────────────


def test_a_service_that_was_never_rolled_has_nothing_to_take_back() -> None:
    assert code_of(A_DRIFTED_SERVICE) == "NotOurs"


def test_tags_alone_make_no_revision_ours() -> None:
    cloned = replace(OURS, document={**OURS.document, "registeredBy": "arn:aws:iam::1:user/x"})
    scene = A_DRIFTED_SERVICE.set_to(cloned, started=ago(90))

    state = state_of(scene)

    assert isinstance(state, Stays)
    assert state.reason.code == "NotOurs"
    assert "under the controller's" in state.reason.remedy


def test_a_release_over_our_roll_is_not_undone() -> None:
    release = revision(3)
    roll = past(OURS, created_at=ago(90), revision=OURS)
    newest = past(release, came_from=OURS.arn, created_at=ago(9))
    scene = ROLLED.set_to(release, started=ago(9)).but(history=history(newest, roll))

    assert code_of(scene) == "Superseded"


@pytest.mark.parametrize(
    ("status", "state"),
    [("SUCCESSFUL", IsBack), ("IN_PROGRESS", OnItsWay), ("ROLLBACK_FAILED", Stays)],
)
def test_a_service_that_was_set_back_is_followed_to_its_end(
    status: str, state: type[object]
) -> None:
    assert isinstance(state_of(gone_back(status)), state)


def test_it_is_back_only_when_all_its_tasks_run() -> None:
    assert isinstance(state_of(gone_back().with_service(running=1)), OnItsWay)


def test_a_way_back_that_makes_no_progress_has_failed() -> None:
    scene = gone_back("IN_PROGRESS")
    much_later = NOW + 3 * Rollout().progress_deadline

    state = state_of(scene, much_later)

    assert isinstance(state, Stays)
    assert state.reason.code == "ProgressDeadlineExceeded"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("ROLLBACK_IN_PROGRESS", OnItsWay),
        ("ROLLBACK_SUCCESSFUL", IsBack),
        ("ROLLBACK_FAILED", Stays),
    ],
)
def test_a_service_that_ecs_took_back_is_followed_to_its_end(
    status: str, state: type[object]
) -> None:
    scene = A_DRIFTED_SERVICE.set_to(BASE_REVISION, started=ago(2))

    assert isinstance(state_of(stopped(status, scene)), state)


# ── when it was ───────────────────────────────────────────────────────────────────────────────────


def observed(scene: Scene) -> Observed:
    return scene.candidate.observed


@pytest.mark.parametrize("scene", [ROLLED, gone_back()], ids=["runs ours", "back"])
def test_the_last_roll_began_when_the_history_says(scene: Scene) -> None:
    assert last_rolled(observed(scene)) == ago(90)


def test_somebody_elses_deployment_of_our_revision_is_no_roll_of_ours() -> None:
    assert last_rolled(observed(ROLLED.set_to(OURS, started=ago(1)))) == ago(90)


def test_what_was_never_rolled_has_no_last_roll() -> None:
    assert last_rolled(observed(A_DRIFTED_SERVICE)) is None
