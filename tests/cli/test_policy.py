from __future__ import annotations

import json
from pathlib import Path

from controller.core.policy.schema import schema_text
from tests.cli.program import ecs_logging, policy_in
from tests.core.policy.written import SMALLEST


def test_a_valid_policy_is_said_to_be_valid(tmp_path: Path) -> None:
    result = ecs_logging("policy", "validate", policy_in(tmp_path))

    lines = result.stdout.splitlines()
    assert lines[0] == "1 policy is valid."
    assert lines[2:4] == ["Name   Mode   Priority", "small  Audit  0"]
    assert result.exit_code == 0


def test_every_problem_is_told_at_its_place(tmp_path: Path) -> None:
    policy = policy_in(tmp_path, SMALLEST.replace("spec:", "spec:\n  mode: Enforc\n  mtch: 1"))

    result = ecs_logging("policy", "validate", policy)

    assert result.exit_code == 2
    assert f"{policy}:5:9: InvalidValue: " in result.stdout
    assert f"{policy}:6:3: UnknownKey: " in result.stdout
    assert result.stdout.endswith("2 problems in 1 file.\n")


def test_the_json_tells_the_same(tmp_path: Path) -> None:
    good = ecs_logging("policy", "validate", policy_in(tmp_path), "--output", "json")
    bad = ecs_logging("policy", "validate", tmp_path / "none", "--output", "json")

    assert json.loads(good.stdout)["policies"] == [
        {"name": "small", "mode": "Audit", "priority": 0}
    ]
    told = json.loads(bad.stdout)
    assert (bad.exit_code, told["valid"], len(told["problems"])) == (2, False, 1)


def test_files_that_hold_no_policy_are_problems(tmp_path: Path) -> None:
    empty, binary, folder = tmp_path / "a.yaml", tmp_path / "b.yaml", tmp_path / "folder"
    empty.touch()
    binary.write_bytes(b"\x80\x81")
    folder.mkdir()

    told = [ecs_logging("policy", "validate", path) for path in (empty, binary, folder)]

    assert [one.exit_code for one in told] == [2, 2, 2]
    assert ["problem in 1 file." in one.stdout for one in told] == [True] * 3


def test_without_a_path_usage_is_shown() -> None:
    assert ecs_logging("policy", "validate").exit_code == 2


def test_the_schema_is_printed_as_it_is_published() -> None:
    result = ecs_logging("policy", "schema")

    assert result.stdout == schema_text()
