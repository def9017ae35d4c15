"""The roles under which the controller ran before are named by an option or a variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import Fleet, ecs_logging, policy_in
from tests.report.reports import drifted

ROLE = "arn:aws:iam::123456789012:role/former"
AS_REGISTERED = "arn:aws:sts::123456789012:assumed-role/former"


@pytest.mark.parametrize("verb", ["audit", "plan", "apply --enforce", "run", "explain web"])
def test_whoever_looks_at_the_fleet_may_be_told_what_the_controller_was(
    tmp_path: Path, verb: str
) -> None:
    fleet, policy = Fleet(), policy_in(tmp_path)

    ecs_logging(*verb.split(), "--policy", policy, "--former-principal", ROLE, fleet=fleet)

    assert fleet.settings is not None
    assert fleet.settings.former_principals == (AS_REGISTERED,)


@pytest.mark.parametrize("verb", ["status", "rollback web --yes"])
def test_so_may_who_looks_without_a_policy(verb: str) -> None:
    fleet = Fleet()

    ecs_logging(*verb.split(), "--former-principal", ROLE, fleet=fleet)

    assert fleet.settings is not None
    assert fleet.settings.former_principals == (AS_REGISTERED,)


def test_a_variable_may_name_several(tmp_path: Path) -> None:
    fleet, other = Fleet(), "arn:aws:iam::123456789012:user/ci"
    env = {"ECS_LOGGING_FORMER_PRINCIPAL": f"{ROLE}, {other} {ROLE}"}

    ecs_logging("audit", "--policy", policy_in(tmp_path), fleet=fleet, env=env)

    assert fleet.settings is not None
    assert fleet.settings.former_principals == (AS_REGISTERED, other)


@pytest.mark.parametrize("written", ["former", "role/former", f"{ROLE}/", "arn:aws:s3:::bucket"])
def test_what_is_no_principal_is_a_usage_error(tmp_path: Path, written: str) -> None:
    fleet = Fleet()
    arguments = ("--policy", policy_in(tmp_path), "--former-principal", written)

    ended = ecs_logging("audit", *arguments, fleet=fleet)

    assert ended.exit_code == 2
    assert "is no ARN of a principal" in ended.stderr
    assert fleet.looks == []


def test_the_next_command_names_them_again(tmp_path: Path) -> None:
    arguments = ("--policy", policy_in(tmp_path), "--former-principal", ROLE)

    told = ecs_logging("audit", *arguments, fleet=Fleet((drifted(),))).stdout

    assert f"--former-principal {AS_REGISTERED}" in " ".join(told.split())
