"""The whole program against an AWS that has bad moments."""

from __future__ import annotations

from pathlib import Path

import pytest

from controller.sandbox import (
    LOST_ANSWER,
    RESET,
    SERVER_ERROR,
    THROTTLE,
    TRUNCATED,
    Fault,
    Sandbox,
    latency,
)
from tests.e2e import world
from tests.e2e.process import Program

ENFORCE = ("run", "--once", "--enforce", "--output", "json")

FAULTS = {
    "throttled": THROTTLE,
    "500": SERVER_ERROR,
    "reset": RESET,
    "truncated": TRUNCATED,
}
OPERATIONS = ("ListServices", "DescribeServices", "DescribeTaskDefinition", "UpdateService")
# Each fault and each operation once in every run; all of their pairs in the slow one.
PAIRS = [
    pytest.param(
        operation,
        fault,
        id=f"{name}-{operation}",
        marks=() if at == place else pytest.mark.slow,
    )
    for at, operation in enumerate(OPERATIONS)
    for place, (name, fault) in enumerate(FAULTS.items())
]


@pytest.mark.parametrize(("operation", "fault"), PAIRS)
def test_a_passing_fault_delays_the_roll_and_changes_nothing_else(
    operation: str, fault: Fault, sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    world.service(sandbox, "web")
    sandbox.plan(operation, fault)

    ended = ecs_logging.run(*ENFORCE, "--policy", world.policy(tmp_path))

    assert ended.code == 0, ended.err
    assert ended.report["summary"]["compliant"] == 2
    assert len(sandbox.writes("RegisterTaskDefinition")) == 1
    rolls = {str(one.body) for one in sandbox.writes("UpdateService")}
    assert len(rolls) == 1


def test_an_answer_that_takes_longer_than_we_wait_is_asked_for_again(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    world.service(sandbox, "web")
    sandbox.plan("DescribeServices", latency(12))

    ended = ecs_logging.run("audit", "--output", "json", "--policy", world.policy(tmp_path))

    assert ended.code == 0, ended.err
    assert [one["name"] for one in ended.report["targets"]][:1] == ["web"]


def test_a_lost_answer_to_a_registration_makes_no_second_revision(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    world.service(sandbox, "web")
    sandbox.plan("RegisterTaskDefinition", LOST_ANSWER)

    ended = ecs_logging.run(*ENFORCE, "--policy", world.policy(tmp_path))

    assert ended.code == 0, ended.err
    assert len(sandbox.writes("RegisterTaskDefinition")) == 1
    assert ended.report["summary"]["compliant"] == 2


def test_a_fleet_of_which_one_cluster_is_denied_is_seen_but_for_that(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    world.cluster(sandbox, "prod-closed")
    world.service(sandbox, "web")
    world.service(sandbox, "hidden", cluster="prod-closed")
    sandbox.deny("ListServices", cluster="prod-closed")

    ended = ecs_logging.run("audit", "--output", "json", "--policy", world.policy(tmp_path))

    assert ended.code == 4
    assert ended.report["summary"]["incomplete"] is True
    assert [one["name"] for one in ended.report["targets"] if one["kind"] == "service"] == ["web"]
