"""The kill switch is named by an option or a variable, and a place that is none is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from controller.core.state.kill_switch import Parameter, StoredObject
from tests.cli.program import Fleet, ecs_logging, policy_in
from tests.report.reports import drifted


@pytest.mark.parametrize("verb", ["audit", "plan", "apply --enforce", "run"])
def test_whoever_looks_at_the_fleet_may_be_told_where_it_is(tmp_path: Path, verb: str) -> None:
    fleet = Fleet()
    policy = policy_in(tmp_path)

    ecs_logging(*verb.split(), "--policy", policy, "--kill-switch", "ssm:/stop", fleet=fleet)

    assert fleet.settings is not None
    assert fleet.settings.kill_switch == Parameter("/stop")


def test_it_may_be_named_by_a_variable(tmp_path: Path) -> None:
    fleet = Fleet()
    env = {"ECS_LOGGING_KILL_SWITCH": "s3://ops/logging/stop"}

    ecs_logging("audit", "--policy", policy_in(tmp_path), fleet=fleet, env=env)

    assert fleet.settings is not None
    assert fleet.settings.kill_switch == StoredObject("ops", "logging/stop")


def test_without_it_there_is_none(tmp_path: Path) -> None:
    fleet = Fleet()

    ecs_logging("run", "--policy", policy_in(tmp_path), fleet=fleet)

    assert fleet.settings is not None
    assert fleet.settings.kill_switch is None


@pytest.mark.parametrize("verb", ["audit", "run", "apply", "explain"])
@pytest.mark.parametrize("place", ["", "off", "/stop", "s3://ops", "https://ops/stop"])
def test_what_is_no_place_is_a_usage_error(tmp_path: Path, verb: str, place: str) -> None:
    fleet = Fleet()
    arguments = ("--policy", policy_in(tmp_path), "--kill-switch", place)

    ended = ecs_logging(verb, *arguments, fleet=fleet)

    assert ended.exit_code == 2
    assert "is no place: write ssm:/name or s3://bucket/key" in ended.stderr
    assert fleet.looks == []


def test_the_next_command_names_it_again(tmp_path: Path) -> None:
    arguments = ("--policy", policy_in(tmp_path), "--kill-switch", "ssm:/stop")

    told = ecs_logging("audit", *arguments, fleet=Fleet((drifted(),))).stdout

    assert "--kill-switch ssm:/stop" in " ".join(told.split())
