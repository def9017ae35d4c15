"""How our deployment by CodeDeploy is doing, from its task sets and its status."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.core.move import Look
from controller.core.service.code_deploy.group import ROLLBACK
from controller.core.service.observed import NOT_ASKED, Observed
from controller.core.service.rolls.phase import phase
from controller.core.service.rolls.phases import (
    Baking,
    Deploying,
    Failed,
    NotOurs,
    Phase,
    Proven,
    Unclear,
)
from controller.core.service.tasks import Tasks
from tests.core.service.code_deploy.scene import by_code_deploy, group, made, seen
from tests.core.service.given import NOW, ago, policy
from tests.core.service.scene import UNREADABLE, ours, revision

BASE, OURS, THEIRS = revision(1), ours(2), revision(3)
DURING = by_code_deploy(BASE, OURS)
MOVED = by_code_deploy(OURS)


def of(observed: Observed) -> Phase:
    """Return the phase in which the service is."""
    return phase(observed, policy().rollout, NOW)


@pytest.mark.parametrize("status", ["Created", "Queued", "InProgress", "Baking", "Tomorrow"])
def test_our_deployment_goes_on_while_traffic_has_not_moved(status: str) -> None:
    running = made(OURS, status, finished_at=None)

    assert isinstance(of(seen(DURING, group(running, made(BASE)), BASE, OURS)), Deploying)


def test_a_deployment_that_is_ready_waits_for_a_person() -> None:
    found = of(seen(DURING, group(made(OURS, "Ready", finished_at=None), made(BASE)), BASE, OURS))

    assert isinstance(found, Deploying)
    assert found.reason.code == "AwaitingPerson"
    assert "d-2" in found.reason.remedy


def test_our_deployment_is_watched_until_the_old_task_set_is_gone() -> None:
    running = made(OURS, "InProgress", finished_at=None)

    assert isinstance(of(seen(MOVED, group(running, made(BASE)), OURS, BASE)), Deploying)


def test_what_succeeded_a_moment_ago_bakes() -> None:
    done = made(OURS, finished_at=ago(1))

    assert isinstance(of(seen(MOVED, group(done, made(BASE)), OURS, BASE)), Baking)


def test_what_succeeded_a_while_ago_is_proven() -> None:
    done = made(OURS, finished_at=ago(20))
    read = seen(MOVED, group(done, made(BASE)), OURS, BASE)

    assert of(read) == Look("tasks")
    assert of(replace(read, tasks=Tasks(()))) == Proven()


@pytest.mark.parametrize("status", ["Failed", "Stopped"])
def test_ours_that_failed_while_it_serves_has_failed(status: str) -> None:
    ended = made(OURS, status, error="ALARM_ACTIVE: the shop is down")
    found = of(seen(MOVED, group(ended, made(BASE)), OURS, BASE))

    assert isinstance(found, Failed)
    assert "the shop is down" in found.reason.message


def test_codedeploy_is_given_time_to_roll_back_by_itself() -> None:
    ended = made(OURS, "Failed", finished_at=ago(1), rolls_back=True)
    found = of(seen(MOVED, group(ended, made(BASE)), OURS, BASE))

    assert isinstance(found, Unclear)
    assert found.reason.code == "Returning"
    late = made(OURS, "Failed", finished_at=ago(6), rolls_back=True)
    assert isinstance(of(seen(MOVED, group(late, made(BASE)), OURS, BASE)), Failed)


def test_ours_that_failed_before_it_served_is_left_to_the_aftermath() -> None:
    assert of(seen(DURING, group(made(OURS, "Failed"), made(BASE)), BASE, OURS)) == NotOurs()


def test_the_way_back_is_waited_for() -> None:
    back = made(BASE, "InProgress", id="d-9", creator=ROLLBACK, finished_at=None)
    found = of(seen(MOVED, group(back, made(OURS, "Failed"), made(BASE)), OURS, BASE))

    assert isinstance(found, Unclear)
    assert found.until is not None


def test_a_way_back_that_failed_is_for_a_person() -> None:
    back = made(BASE, "Failed", id="d-9")
    found = of(seen(MOVED, group(back, made(OURS, "Failed"), made(BASE)), OURS, BASE))

    assert isinstance(found, Unclear)
    assert (found.reason.code, found.until) == ("NoWayBack", None)


def test_a_release_over_ours_is_theirs() -> None:
    theirs = made(THEIRS, "InProgress", finished_at=None)

    assert of(seen(MOVED, group(theirs, made(OURS), made(BASE)), OURS, BASE, THEIRS)) == Proven()


def test_what_somebody_deploys_elsewhere_to_is_not_ours() -> None:
    theirs = made(THEIRS, "InProgress", finished_at=None)

    assert of(seen(DURING, group(theirs, made(BASE)), BASE, THEIRS)) == NotOurs()


def test_a_rollback_to_a_revision_of_ours_is_codedeploys_own() -> None:
    back = made(OURS, "InProgress", creator=ROLLBACK, finished_at=None)
    service = by_code_deploy(THEIRS)

    assert of(seen(service, group(back, made(BASE)), THEIRS, OURS)) == NotOurs()


def test_a_young_task_set_of_ours_is_looked_into() -> None:
    observed = replace(seen(MOVED, group(made(OURS)), OURS, BASE), code_deploy=NOT_ASKED)

    assert of(observed) == Look("code_deploy")


def test_what_serves_since_long_is_not_looked_into() -> None:
    old = by_code_deploy(OURS, started=ago(60 * 24 * 5))
    observed = replace(seen(old, group(made(OURS)), OURS, BASE), code_deploy=NOT_ASKED)

    assert of(observed) == Proven()


def test_where_it_cannot_be_told_how_ours_is_doing_it_is_said() -> None:
    observed = replace(seen(MOVED, group(made(OURS)), OURS, BASE), code_deploy=UNREADABLE)

    assert of(observed) == Unclear(UNREADABLE.reason)


def test_where_nothing_of_ours_serves_nothing_need_be_read() -> None:
    observed = replace(seen(DURING, group(made(BASE)), BASE), code_deploy=UNREADABLE)

    assert of(observed) == NotOurs()
