"""A roll that fails: how it is noticed, remembered, returned from, and not repeated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from controller.core.move import Deregister, Done, Look, MarkFailed, Register, Return, Roll, Wait
from controller.core.pace.traffic import Traffic
from controller.core.reason import Health
from controller.core.service.observed import NOT_ASKED
from controller.core.service.revision import Revision, failure_tag
from controller.core.service.tasks import Task, Tasks
from tests.core.service.given import REF, ago, policy
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    NOT_ENFORCED,
    UNREADABLE,
    Scene,
    arn_of,
    deployment,
    family,
    history,
    inactive,
    marked,
    ours,
    past,
    revision,
    whole_traffic,
)

OURS = past(ours(2), "IN_PROGRESS", created_at=ago(20), finished_at=None)
ROLLED_BACK = past(
    ours(2), "ROLLBACK_SUCCESSFUL", failed=True, revision=ours(2), created_at=ago(30)
)
DIED = Task(
    "arn:task/a",
    arn_of(2),
    "STOPPED",
    "STOPPED",
    created_at=ago(20),
    stopped_at=ago(20),
    stop_code="EssentialContainerExited",
)
FRESH = deployment(BASE_REVISION, started=ago(5))


def rolled(*, started: float, **how: Any) -> Scene:
    """Return the scene of our roll, so many minutes after its start."""
    scene = A_DRIFTED_SERVICE.set_to(ours(2), started=ago(started), **how)
    return scene.but(history=history(OURS, past(BASE_REVISION)))


def gave_up() -> Scene:
    """Return the scene after ECS gave our deployment up, without a rollback."""
    scene = rolled(started=5, state="FAILED", failed=3)
    stopped = replace(OURS, status="STOPPED", finished_at=ago(1))
    return scene.but(history=history(stopped, past(BASE_REVISION)))


def returned(*revisions: Revision, **more: Any) -> Scene:
    """Return the scene after the service came back from our revision."""
    scene = A_DRIFTED_SERVICE.with_service(deployments=(FRESH,))
    known = family(BASE_REVISION, *revisions)
    return scene.but(history=history(ROLLED_BACK, past(BASE_REVISION)), family=known).but(**more)


def step_of(scene: Scene) -> object:
    """Return what is done, or the code of the reason for which nothing is."""
    step = scene.next.step
    return step.reason.code if isinstance(step, Wait) else step


# ── noticing ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("scene", "fails"),
    [
        pytest.param(gave_up(), True, id="ECS gave it up"),
        pytest.param(rolled(started=14.9, state="IN_PROGRESS"), False, id="within the deadline"),
        pytest.param(rolled(started=15, state="IN_PROGRESS"), True, id="at the deadline"),
        pytest.param(
            rolled(started=20, state="IN_PROGRESS", updated=ago(14)), False, id="it makes progress"
        ),
        pytest.param(
            rolled(started=20, state="IN_PROGRESS", updated=ago(1), failed=1),
            True,
            id="a task that fails is no progress",
        ),
        pytest.param(
            rolled(started=30, updated=ago(19)).with_service(running=1), False, id="not yet steady"
        ),
        pytest.param(
            rolled(started=30, updated=ago(20), failed=1)
            .with_service(running=1)
            .but(tasks=Tasks((DIED,))),
            True,
            id="not steady, and tasks die",
        ),
        pytest.param(
            rolled(started=30, updated=ago(20)).with_service(running=1),
            False,
            id="not steady, but no task failed: it may have been scaled out",
        ),
        pytest.param(
            rolled(started=20, state="IN_PROGRESS", updated=ago(1), failed=1).with_service(
                deployments=(
                    replace(
                        deployment(ours(2), started=ago(20), state="IN_PROGRESS", failed=1),
                        running=2,
                        updated_at=ago(1),
                    ),
                )
            ),
            False,
            id="one task failed, more have started since",
        ),
        pytest.param(
            rolled(started=60, updated=ago(35)).with_service(running=1),
            False,
            id="not steady, so late that it is not the roll's",
        ),
        pytest.param(
            rolled(started=60, updated=ago(40)).with_service(running=1).but(history=NOT_ASKED),
            False,
            id="so late that no history is needed",
        ),
        pytest.param(rolled(started=20, state=None), False, id="[4.16] alone, without a state"),
        pytest.param(
            rolled(started=20, state=None).with_service(
                deployments=(
                    deployment(ours(2), started=ago(20), state=None),
                    deployment(BASE_REVISION, started=ago(90), status="ACTIVE"),
                )
            ),
            True,
            id="[4.16] not alone, without a state",
        ),
    ],
)
def test_a_roll_fails_when_ecs_says_so_or_it_makes_no_progress(
    scene: Scene, *, fails: bool
) -> None:
    assert isinstance(scene.next.step, MarkFailed) is fails


def test_what_somebody_deployed_anew_once_it_was_proven_is_theirs_to_return() -> None:
    forced = replace(OURS, came_from=OURS.task_definition)
    proven = replace(OURS, status="SUCCESSFUL", finished_at=ago(4_000))
    scene = gave_up().but(history=history(forced, proven, past(BASE_REVISION)))

    assert step_of(scene) == "Superseded"
    assert scene.next.health is Health.DEGRADED


def test_a_revision_of_ours_that_a_release_brought_is_theirs_to_return() -> None:
    from_elsewhere = replace(OURS, came_from=arn_of(7))
    scene = gave_up().but(history=history(from_elsewhere, past(BASE_REVISION)))

    assert step_of(scene) == "Superseded"


def test_a_second_roll_to_a_revision_of_ours_is_ours_again() -> None:
    base = past(BASE_REVISION)
    scene = gave_up().but(history=history(OURS, replace(base, came_from=arn_of(3)), OURS, base))

    assert isinstance(scene.next.step, MarkFailed)


def test_a_deployment_that_ecs_does_not_list_yet_is_looked_at_again_soon() -> None:
    step = gave_up().but(history=history(past(BASE_REVISION))).next.step

    assert isinstance(step, Wait)
    assert step.until is not None


def test_a_return_that_aws_refused_is_not_repeated_at_every_look() -> None:
    scene = gave_up().but(revision=marked(ours(2)), refused=frozenset({Return}))

    assert step_of(scene) == "RefusedByAws"
    assert scene.next.health is Health.DEGRADED


def test_a_roll_whose_history_cannot_be_read_is_left_alone_and_told() -> None:
    scene = gave_up().but(history=UNREADABLE)

    assert step_of(scene) == "AccessDenied"
    assert scene.next.health is Health.DEGRADED


def test_a_revision_that_others_made_never_fails() -> None:
    scene = A_DRIFTED_SERVICE.set_to(revision(2), started=ago(60), state="FAILED")

    assert not isinstance(scene.next.step, MarkFailed | Return)


# ── marking, then returning ───────────────────────────────────────────────────────────────────────


def test_a_failure_is_marked_first() -> None:
    decision = gave_up().next

    assert decision.step == MarkFailed(
        REF, arn_of(2), failure_tag(REF.arn), "DeploymentFailed 2026-11-22T12:00:00Z"
    )
    assert decision.health is Health.DEGRADED
    assert decision.why is not None


def test_then_the_service_is_returned_to_the_base() -> None:
    scene = gave_up().but(revision=marked(ours(2)))

    assert scene.but(base=NOT_ASKED).next.step == Look("base")
    assert scene.next.step == Return(REF, arn_of(1))


def test_a_failure_that_cannot_be_marked_is_returned_from_all_the_same() -> None:
    assert gave_up().but(refused=frozenset({MarkFailed})).next.step == Return(REF, arn_of(1))


@pytest.mark.parametrize(
    ("base", "reason"),
    [
        pytest.param(UNREADABLE, "AccessDenied", id="it cannot be read"),
        pytest.param(inactive(BASE_REVISION), "NoWayBack", id="[4.21] it is INACTIVE"),
    ],
)
def test_where_there_is_no_way_back_a_person_is_called(base: object, reason: str) -> None:
    scene = gave_up().but(revision=marked(ours(2)), base=base)

    assert step_of(scene) == reason
    assert scene.next.health is Health.DEGRADED


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"policy": policy(mode="Audit")}, id="a policy in Audit"),
        pytest.param({"traffic": Traffic(complete=False, whole=False)}, id="no budget"),
        pytest.param({"family": UNREADABLE}, id="a family that is not known"),
        pytest.param({"groups": UNREADABLE}, id="groups that are not known"),
        pytest.param({"yes": NOT_ENFORCED}, id="a process in Audit, which shows it"),
    ],
)
def test_no_gate_stands_before_the_return(changes: dict[str, object]) -> None:
    scene = gave_up().but(revision=marked(ours(2)), **changes)

    assert scene.next.step == Return(REF, arn_of(1))


# ── after ECS's own rollback ──────────────────────────────────────────────────────────────────────


def test_a_rollback_by_the_circuit_breaker_is_marked() -> None:
    decision = returned(ours(2)).next

    assert isinstance(decision.step, MarkFailed)
    assert decision.step.task_definition == arn_of(2)
    assert decision.why is not None
    assert decision.why.code == "RolledBack"


def test_while_the_service_is_on_its_way_back_nothing_is_done() -> None:
    on_its_way = deployment(BASE_REVISION, started=ago(1), state="IN_PROGRESS")
    scene = returned(marked(ours(2))).with_service(deployments=(on_its_way,))

    assert step_of(scene) == "Returning"


def test_then_the_failed_revision_is_deregistered() -> None:
    assert returned(marked(ours(2))).next.step == Deregister(REF, arn_of(2))


def test_then_the_same_patch_is_held() -> None:
    scene = returned(inactive(marked(ours(2))))

    assert step_of(scene) == "HeldAfterFailure"
    assert scene.next.health is Health.DEGRADED


def test_a_rollback_that_cannot_be_marked_is_remembered_by_the_history() -> None:
    scene = returned(inactive(ours(2)), refused=frozenset({MarkFailed}))

    assert step_of(scene) == "HeldAfterFailure"


@pytest.mark.parametrize(
    "unseen",
    [{"family": NOT_ASKED}, {"history": NOT_ASKED}],
    ids=["family", "history"],
)
def test_a_service_that_was_deployed_within_the_day_is_looked_at_for_a_rollback(
    unseen: dict[str, object],
) -> None:
    [part] = unseen

    assert returned(ours(2), **unseen).next.step == Look(part)


def test_a_compliant_service_that_rests_is_not_looked_at_again() -> None:
    scene = A_DRIFTED_SERVICE.but(
        revision=revision(1, ours(2).document), family=NOT_ASKED, history=NOT_ASKED
    )

    assert scene.next.step == Done()
    assert scene.but(first_look=True).next.step == Look("family")


# ── after a person took the service back ──────────────────────────────────────────────────────────

SUCCEEDED = past(ours(2), created_at=ago(190), finished_at=ago(180), revision=ours(2))
TAKEN_BACK = history(
    past(BASE_REVISION, came_from=arn_of(2), created_at=ago(70), finished_at=ago(65)),
    SUCCEEDED,
    past(BASE_REVISION),
)


def test_a_correction_that_somebody_took_back_once_is_made_again() -> None:
    assert returned(ours(2), history=TAKEN_BACK).next.step == Roll(REF, arn_of(2))


def test_one_that_was_taken_back_as_soon_as_we_would_is_not() -> None:
    watched = replace(SUCCEEDED, created_at=ago(90), finished_at=ago(80))
    back, _, base = TAKEN_BACK.deployments
    scene = returned(inactive(ours(2)), history=history(back, watched, base))

    assert step_of(scene) == "HeldAfterFailure"


def test_a_correction_that_we_took_back_ourselves_is_not() -> None:
    assert step_of(returned(inactive(marked(ours(2))), history=TAKEN_BACK)) == "HeldAfterFailure"


def test_nor_one_that_may_have_been_taken_back_without_a_mark() -> None:
    scene = returned(inactive(ours(2)), history=TAKEN_BACK, refused={MarkFailed})

    assert step_of(scene) == "HeldAfterFailure"


def test_a_release_after_our_roll_is_corrected_anew() -> None:
    release = revision(3)
    runs = history(past(release, created_at=ago(70)), SUCCEEDED, past(BASE_REVISION))
    scene = A_DRIFTED_SERVICE.set_to(release, started=ago(70)).but(
        history=runs, family=family(release)
    )

    assert isinstance(scene.next.step, Register)


def test_a_base_that_was_deployed_anew_before_our_roll_took_nothing_back() -> None:
    runs = history(past(BASE_REVISION, created_at=ago(90)), past(BASE_REVISION))
    scene = returned(ours(2), history=runs)

    assert scene.next.step == Roll(REF, arn_of(2))


def test_a_mark_that_was_made_and_is_not_seen_yet_keeps_nobody_from_being_returned() -> None:
    scene = gave_up()
    assert isinstance(step_of(scene), MarkFailed)
    traffic = replace(whole_traffic(), marked=frozenset({(REF, ours(2).arn)}))

    assert not isinstance(step_of(scene.but(traffic=traffic)), MarkFailed)
