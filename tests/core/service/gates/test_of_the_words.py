"""What a refusal tells of the case at hand: the remedy that fits, and when it passes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from controller.core.document.edit import Set
from controller.core.document.json import Json
from controller.core.document.path import Path
from controller.core.judge.evaluate import Judgement
from controller.core.move import Move, RememberConflict, Wait
from controller.core.policy.model import LoggingPolicy
from controller.core.service.candidate import Candidate
from controller.core.service.consumers import Consumer
from controller.core.service.gates import Gate
from controller.core.service.gates.conflict import conflict
from controller.core.service.gates.consumers import consumers
from controller.core.service.gates.held import held
from controller.core.service.gates.log_groups import log_groups
from controller.core.service.gates.registrations import registrations
from controller.core.service.gates.settled import settled
from controller.core.service.gates.steady import steady
from controller.core.service.gates.way_back import way_back
from controller.core.service.gates.window import window
from controller.core.state.conflicts import Conflict, conflict_tag
from controller.core.state.model import ClusterState
from tests.core.service.gates.asked import asked
from tests.core.service.gates.releases import reverted, told
from tests.core.service.given import (
    GROUP,
    NOW,
    REF,
    ago,
    awslogs,
    container,
    logging_by,
    policy,
    task_definition,
)
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    Scene,
    deployment,
    family,
    history,
    inactive,
    ours,
    past,
    revision,
)


def reason(gate: Gate, scene: Scene) -> str:
    """Return the message and the remedy of a refusal."""
    said = gate(scene.candidate)
    assert isinstance(said, Wait)
    return f"{said.reason.message}. {said.reason.remedy}"


@pytest.mark.parametrize(
    ("log_group", "told"),
    [
        pytest.param({"create": True}, "The policy makes it first", id="the policy makes it"),
        pytest.param({"create": False}, "logGroup.create", id="the policy makes none"),
        pytest.param(None, "logGroup.create", id="the policy is silent"),
    ],
)
def test_a_missing_group_is_made_by_whoever_makes_it(log_group: Any, told: str) -> None:
    by = policy(log_group=log_group)

    assert told in reason(log_groups, A_DRIFTED_SERVICE.but(policy=by, groups={GROUP: False}))


NEW = deployment(BASE_REVISION, started=ago(1), state="IN_PROGRESS")
OLD = deployment(revision(9), started=ago(60), status="ACTIVE")


@pytest.mark.parametrize(
    ("deployments", "told"),
    [
        ((NEW,), "its deployment has not ended"),
        ((NEW, OLD), "2 deployments of the service have not ended"),
        ((NEW, OLD, OLD), "3 deployments of the service have not ended"),
    ],
)
def test_it_is_told_how_many_deployments_go_on(deployments: Any, told: str) -> None:
    assert reason(steady, A_DRIFTED_SERVICE.with_service(deployments=deployments)).startswith(told)


def test_a_base_that_cannot_be_returned_to_is_told_to_be_inactive() -> None:
    scene = A_DRIFTED_SERVICE.but(revision=inactive(BASE_REVISION))

    assert reason(way_back, scene).startswith("shop:1 is INACTIVE, ")


def test_the_limit_names_the_family() -> None:
    recent = [ours(n, registeredAt=ago(n).timestamp(), cpu=str(n)) for n in (2, 3)]
    scene = A_DRIFTED_SERVICE.but(family=family(*recent))

    assert reason(registrations, scene).startswith("2 revisions of shop were registered")


def test_a_hold_on_the_same_base_says_when_it_might_lift() -> None:
    failed = past(ours(2), "ROLLBACK_SUCCESSFUL", failed=True, revision=ours(2))
    failed = replace(failed, created_at=ago(70), finished_at=ago(60))
    told = reason(held, A_DRIFTED_SERVICE.but(history=history(failed)))

    assert "not before 2026-11-29 1" in told
    assert "Read the stopped tasks' reason" in told
    assert "`ecs-logging approve prod/web`" in told


def test_a_hold_by_what_cannot_be_read_says_how_to_be_rid_of_it() -> None:
    failed = past(ours(2), "ROLLBACK_SUCCESSFUL", failed=True)
    told = reason(held, A_DRIFTED_SERVICE.but(history=history(failed)))

    assert "Make the logging change in a release of the service's own." in told


# ── filters that would be lost ────────────────────────────────────────────────────────────────────

AT_OLD = revision(1, task_definition(container(logConfiguration=awslogs(awslogs_group="/old"))))
READ = {replace(GROUP, name="/old"): frozenset({Consumer("metric filter", "errors", "counts")})}
LEAVING = A_DRIFTED_SERVICE.but(revision=AT_OLD, consumers=READ)


def towards(logging: Json) -> Candidate:
    """Return the service with an edit that gives its container this log configuration."""
    candidate = LEAVING.candidate
    [item, *_] = [one for one in candidate.verdict.judgement.items if one.edits]
    whole = Set(Path(item.edits[0].path.steps[:3]), logging)
    judgement = Judgement((replace(item, edits=(whole,)),))
    return replace(candidate, verdict=replace(candidate.verdict, judgement=judgement))


@pytest.mark.parametrize(
    ("logging", "told"),
    [
        pytest.param(awslogs(), "Put the same filters on the new group", id="another group"),
        pytest.param(logging_by("splunk"), "accept awslogs", id="another driver"),
    ],
)
def test_what_to_do_about_lost_filters_follows_from_where_the_logs_go(
    logging: Json, told: str
) -> None:
    said = consumers(towards(logging))

    assert isinstance(said, Wait)
    assert told in said.reason.remedy


def test_a_container_that_goes_to_another_driver_is_told_to() -> None:
    said = consumers(towards(logging_by("splunk")))

    assert isinstance(said, Wait)
    assert "for another log driver, which lacks: metric filter errors" in said.reason.message


# ── windows ───────────────────────────────────────────────────────────────────────────────────────


def by_window(zone: str, start: str, to: str) -> Scene:
    """Return the service under a policy with one window in a zone."""
    only = {"zone": zone, "allow": {"start": start, "to": to}}
    return A_DRIFTED_SERVICE.but(policy=policy(rollout={"windows": (only,)}))


def test_a_window_in_utc_is_told_once() -> None:
    told = reason(window, by_window("UTC", "22:00", "23:00"))

    assert "opens at 2026-11-22 22:00 UTC. It goes on" in told


def test_a_window_that_is_never_long_enough_is_a_window_to_mend() -> None:
    short = by_window("UTC", "11:00", "11:19")

    assert asked(window, short) == "OutsideWindow"
    assert "rollout.windows" in reason(window, short)


# ── conflicts ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("gate", "because", "by"),
    [
        pytest.param(conflict, "ConflictingManager", policy(), id="a fight"),
        pytest.param(
            settled, "ReleaseReported", policy(rollout={"on_release": "Report"}), id="a report"
        ),
    ],
)
def test_what_the_cluster_remembers_is_not_told_to_end_with_the_history(
    gate: Gate, because: str, by: LoggingPolicy
) -> None:
    remembers = ClusterState(conflicts={conflict_tag(REF.arn): Conflict(NOW, because)})
    scene = told(reverted(2)).but(policy=by, refused=frozenset[type[Move]]({RememberConflict}))
    shown = "so it holds only as long as the history of the service shows it"

    assert shown in reason(gate, scene)
    assert shown not in reason(gate, scene.but(state={REF.cluster_ref: remembers}))
