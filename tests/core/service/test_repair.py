"""A service whose tasks cannot start for their logging, and a plan that mends just that."""

from __future__ import annotations

import pytest

from controller.core.document.json import Json
from controller.core.service.gates.steady import steady
from controller.core.service.observed import NOT_ASKED
from controller.core.service.tasks import Task
from tests.core.service.gates.asked import asked
from tests.core.service.given import ago, awslogs, container, logging_by, task_definition
from tests.core.service.rolls.given import broken, seen, task
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    UNREADABLE,
    Scene,
    deployment,
    revision,
)

ANOTHER_GROUP = awslogs(awslogs_group="/ecs/gone")
DENIED = "failed to validate logger args: arn:aws:logs:eu-central-1:1:log-group:/ecs/gone:x"


def ailing(*containers: Json, tasks: tuple[Task, ...] = (), complete: bool = True) -> Scene:
    """Return a service none of whose tasks runs; its containers log to a group that is gone."""
    listed = containers or (container(logConfiguration=ANOTHER_GROUP),)
    base = revision(1, task_definition(*listed))
    found = seen(*(tasks or (broken("a", of=1),)), complete=complete)
    return A_DRIFTED_SERVICE.but(revision=base, tasks=found).with_service(running=0)


def test_a_service_that_the_plan_mends_may_be_rolled() -> None:
    assert asked(steady, ailing()) is None


@pytest.mark.parametrize(
    "scene",
    [
        pytest.param(ailing(tasks=(task("a", of=1),)), id="no task has stopped"),
        pytest.param(ailing(tasks=(broken("a", of=7),)), id="tasks of another revision"),
        pytest.param(ailing(tasks=(broken("a", "killed", of=1),)), id="another reason"),
        pytest.param(
            ailing(tasks=(broken("a", of=1), broken("b", "killed", of=1))), id="one for another"
        ),
        pytest.param(ailing(complete=False), id="not all tasks were seen"),
        pytest.param(
            ailing(container(logConfiguration=awslogs(mode="blocking"))),
            id="its mode alone keeps no driver from starting",
        ),
        pytest.param(
            ailing(
                container("web", logConfiguration=awslogs()),
                container("api", logConfiguration=ANOTHER_GROUP),
            ),
            id="the edits are of another container",
        ),
    ],
)
def test_whatever_is_less_sure_is_no_repair(scene: Scene) -> None:
    assert asked(steady, scene) == "NotSteady"


def test_what_the_scheduler_stopped_itself_tells_nothing() -> None:
    asked_to = task("b", of=1, status="STOPPED", stop_code="ServiceSchedulerInitiated")

    assert asked(steady, ailing(tasks=(broken("a", of=1), asked_to))) is None
    assert asked(steady, ailing(tasks=(asked_to,))) == "NotSteady"


@pytest.mark.parametrize(
    ("others", "answer"),
    [
        pytest.param(logging_by("json-file"), None, id="whoever logs there is mended"),
        pytest.param(awslogs(mode="blocking"), None, id="whoever logs elsewhere is not meant"),
    ],
)
def test_where_a_log_group_is_named_those_who_log_there_are_meant(
    others: dict[str, Json], answer: str | None
) -> None:
    tasks = (task("a", of=1, status="STOPPED", stopped_reason=DENIED),)
    both = (
        container("web", logConfiguration=ANOTHER_GROUP),
        container("api", logConfiguration=others),
    )

    assert asked(steady, ailing(*both, tasks=tasks)) == answer


def test_where_nothing_is_named_all_who_log_must_be_mended() -> None:
    unnamed = (task("a", of=1, status="STOPPED", stopped_reason="failed to validate logger args"),)
    fine = container("api", logConfiguration=awslogs())
    broken_one = container("web", logConfiguration=ANOTHER_GROUP)

    assert asked(steady, ailing(broken_one, tasks=unnamed)) is None
    assert asked(steady, ailing(broken_one, fine, tasks=unnamed)) == "NotSteady"


def test_tasks_are_looked_at_only_where_some_are_missing() -> None:
    assert asked(steady, A_DRIFTED_SERVICE.but(tasks=NOT_ASKED)) is None
    assert asked(steady, ailing().but(tasks=NOT_ASKED)) == "look at tasks"
    assert asked(steady, ailing().but(tasks=UNREADABLE)) == "NotSteady"


def test_a_deployment_that_goes_on_is_no_matter_of_repair() -> None:
    going = deployment(BASE_REVISION, started=ago(5), state="IN_PROGRESS")

    assert asked(steady, ailing().with_service(deployments=(going,))) == "DeploymentInProgress"
