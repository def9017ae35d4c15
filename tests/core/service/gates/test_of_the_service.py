"""Gates that look at the service alone: what it is, how it is deployed, how it does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.core.document.json import Json
from controller.core.service.gates.interruption import interruption
from controller.core.service.gates.ownership import ownership
from controller.core.service.gates.scaled_up import scaled_up
from controller.core.service.gates.steady import steady
from controller.core.service.gates.supported import supported
from controller.core.service.gates.way_back import way_back
from tests.core.service.gates.asked import asked, waits_until
from tests.core.service.given import NOW, ago, policy
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    deployment,
    inactive,
    revision,
)

STACK = {"aws:cloudformation:stack-name": "shop"}
THEIRS = deployment(BASE_REVISION, started=ago(1), state="IN_PROGRESS")
DONE = deployment(BASE_REVISION, started=ago(60))
DRAINING = deployment(revision(9), started=ago(60), status="ACTIVE")


@pytest.mark.parametrize(
    ("service", "answer"),
    [
        pytest.param({}, None, id="ECS's own controller"),
        pytest.param({"controller": "CODE_DEPLOY"}, "UnsupportedController", id="[4.12]"),
        pytest.param({"controller": "EXTERNAL"}, "UnsupportedController", id="[4.12] external"),
        pytest.param({"is_express": True}, "UnsupportedController", id="[1.16] express"),
        pytest.param({"status": "DRAINING"}, "NotActive", id="draining"),
        pytest.param({"is_daemon": True}, None, id="[4.14] a daemon"),
    ],
)
def test_only_a_service_that_we_can_move_is_rolled(
    service: dict[str, object], answer: str | None
) -> None:
    assert asked(supported, A_DRIFTED_SERVICE.with_service(**service)) == answer


def test_what_nobody_owns_is_ours_to_correct() -> None:
    assert asked(ownership, A_DRIFTED_SERVICE) is None


def test_what_a_stack_owns_is_left_to_it() -> None:  # [fact 4.26]
    assert asked(ownership, A_DRIFTED_SERVICE.with_service(tags=STACK)) == "OwnedElsewhere"


def test_a_service_that_runs_what_a_stack_owns_is_left_to_it() -> None:
    scene = A_DRIFTED_SERVICE.but(revision=replace(BASE_REVISION, tags=STACK))

    assert asked(ownership, scene) == "OwnedElsewhere"


def test_what_a_stack_owns_is_corrected_where_the_policy_says_so() -> None:
    by = policy(owners={"cloudformation": "Enforce"})

    assert asked(ownership, A_DRIFTED_SERVICE.but(policy=by).with_service(tags=STACK)) is None


def test_what_nobody_can_tell_the_owner_of_is_left_alone() -> None:
    unread = A_DRIFTED_SERVICE.with_service(tags=None)
    overruling = unread.but(policy=policy(owners={"cloudformation": "Enforce"}))
    of_a_stack = unread.but(revision=replace(BASE_REVISION, tags=STACK))

    assert asked(ownership, unread) == "AccessDenied"
    assert asked(ownership, of_a_stack) == "OwnedElsewhere"
    assert asked(ownership, overruling) is None


def test_a_revision_to_which_nobody_could_return_is_not_corrected() -> None:  # [fact 4.21]
    assert asked(way_back, A_DRIFTED_SERVICE) is None
    assert asked(way_back, A_DRIFTED_SERVICE.but(revision=inactive(BASE_REVISION))) == "NoWayBack"


@pytest.mark.parametrize(
    ("deployments", "answer"),
    [
        pytest.param((DONE,), None, id="one that has completed"),
        pytest.param((THEIRS,), "DeploymentInProgress", id="one that goes on"),
        pytest.param((DONE, DRAINING), "DeploymentInProgress", id="an old one that drains"),
        pytest.param((), "DeploymentInProgress", id="none"),
        pytest.param((DRAINING,), "DeploymentInProgress", id="none that is PRIMARY"),
        pytest.param(
            (deployment(BASE_REVISION, started=ago(60), state="FAILED"),),
            "NotSteady",
            id="one that has failed",
        ),
        pytest.param(
            (deployment(BASE_REVISION, started=ago(60), state=None),),
            None,
            id="[4.16] the only one, of which ECS does not say",
        ),
    ],
)
def test_a_service_is_rolled_only_when_its_last_deployment_went_well(
    deployments: tuple[object, ...], answer: str | None
) -> None:
    assert asked(steady, A_DRIFTED_SERVICE.with_service(deployments=deployments)) == answer


def test_a_service_that_lacks_tasks_is_not_rolled() -> None:
    assert asked(steady, A_DRIFTED_SERVICE.with_service(running=1)) == "NotSteady"
    assert asked(steady, A_DRIFTED_SERVICE.with_service(running=3)) is None


def test_a_deployment_in_progress_is_looked_at_again_soon() -> None:
    scene = A_DRIFTED_SERVICE.with_service(deployments=(THEIRS,))

    assert waits_until(steady, scene) == NOW + scene.candidate.watch


@pytest.mark.parametrize(
    ("desired", "percent", "answer"),
    [
        pytest.param(2, 100, None, id="all stay"),
        pytest.param(1, 0, "WouldInterrupt", id="[4.15] none need stay"),
        pytest.param(2, 50, "WouldInterrupt", id="one of two"),
        pytest.param(1, 50, None, id="half of one is rounded up"),
        pytest.param(3, 67, None, id="[4.14] 2.01 of three is rounded up"),
        pytest.param(4, 75, "WouldInterrupt", id="three of four"),
    ],
)
def test_a_roll_keeps_as_many_tasks_as_the_service_wants(
    desired: int, percent: int, answer: str | None
) -> None:
    scene = A_DRIFTED_SERVICE.with_service(desired=desired, minimum_healthy_percent=percent)

    assert asked(interruption, scene) == answer
    allowed = scene.but(policy=policy(allow={"interruption": True}))
    assert asked(interruption, allowed) is None


@pytest.mark.parametrize(
    ("desired", "most", "answer"),
    [
        pytest.param(1, 200, None, id="room for one more"),
        pytest.param(1, 150, "NoRoomToRoll", id="one and a half is one"),
        pytest.param(4, 125, None, id="five of four"),
        pytest.param(2, 100, "NoRoomToRoll", id="none more than wanted"),
    ],
)
def test_a_roll_has_room_for_a_new_task(desired: int, most: int, answer: str | None) -> None:
    scene = A_DRIFTED_SERVICE.with_service(desired=desired, maximum_percent=most)

    assert asked(interruption, scene) == answer


@pytest.mark.parametrize(
    "configuration",
    [
        pytest.param({"strategy": "BLUE_GREEN"}, id="[1.23] another strategy"),
        pytest.param({"bakeTimeInMinutes": 5}, id="[1.23] a bake of ECS's own"),
        pytest.param({"alarms": {"enable": True}}, id="[1.13] alarms"),
        pytest.param({"lifecycleHooks": [{"targetType": "PAUSE"}]}, id="[1.24] hooks"),
    ],
)
def test_what_makes_a_deployment_wait_can_be_watched(configuration: dict[str, Json]) -> None:
    document = {"deploymentConfiguration": configuration}

    assert asked(supported, A_DRIFTED_SERVICE.with_service(document=document)) is None


def test_a_confidential_sandbox_pins_what_would_be_edited() -> None:
    pinned = revision(1, trustedExecutionConfiguration={"isolationMode": "CONFIDENTIAL_SANDBOX"})

    assert asked(supported, A_DRIFTED_SERVICE.but(revision=pinned)) == "UnsupportedDeployment"


def test_a_service_without_tasks_proves_nothing() -> None:
    assert asked(scaled_up, A_DRIFTED_SERVICE) is None
    assert asked(scaled_up, A_DRIFTED_SERVICE.with_service(desired=0)) == "WaitingForScaleUp"
