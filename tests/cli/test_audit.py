from __future__ import annotations

import json
from pathlib import Path

import pytest

from controller.core.policy.severity import Severity
from controller.core.reason import Sync
from tests.cli.program import Fleet, ecs_logging, policy_in
from tests.report.reports import drifted, finding, outcome, service

DRIFTED = Fleet((drifted(),))
CLEAN = Fleet((outcome(),))
DARK = Fleet((drifted(),), gaps=("eu-west-1/dark: AccessDenied: no",))
UNKNOWN = Fleet((outcome(sync=Sync.UNKNOWN, findings=(finding(blocked="Unknown"),)),))


@pytest.mark.parametrize("verb", ["audit", "plan"])
@pytest.mark.parametrize(
    ("fleet", "fail_on", "code"),
    [
        (CLEAN, None, 0),
        (CLEAN, "Low", 0),
        (DRIFTED, None, 0),
        (DRIFTED, "High", 3),
        (DRIFTED, "high", 3),
        (DRIFTED, "Critical", 0),
        (UNKNOWN, "Low", 4),
        (DARK, None, 4),
        (DARK, "Low", 3),
    ],
)
def test_the_exit_code_tells_how_it_went(
    tmp_path: Path, verb: str, fleet: Fleet, fail_on: str | None, code: int
) -> None:
    threshold = [] if fail_on is None else ["--fail-on", fail_on]

    result = ecs_logging(verb, "--policy", policy_in(tmp_path), *threshold, fleet=fleet)

    assert result.exit_code == code


def test_violations_and_what_is_missing_are_both_in_the_json(tmp_path: Path) -> None:
    arguments = ("--policy", policy_in(tmp_path), "--fail-on", "Low", "--output", "json")

    result = ecs_logging("audit", *arguments, fleet=DARK)

    summary = json.loads(result.stdout)["summary"]
    assert (summary["failed"], summary["incomplete"], result.exit_code) == (True, True, 3)


def test_the_result_alone_is_on_standard_output(tmp_path: Path) -> None:
    result = ecs_logging("audit", "--policy", policy_in(tmp_path), "--output", "json", fleet=DARK)

    assert json.loads(result.stdout)
    assert result.stderr == ""


def test_a_person_is_told_what_to_type_next(tmp_path: Path) -> None:
    policy = policy_in(tmp_path)

    result = ecs_logging(
        "audit", "--policy", policy, "--cluster", "prod", "--region", "eu-west-1", fleet=DRIFTED
    )

    line = f"  ecs-logging plan --policy {policy} --region eu-west-1 --cluster prod\n"
    assert result.stdout.endswith(line)


def test_audit_and_plan_only_look(tmp_path: Path) -> None:
    fleet = Fleet((drifted(),))

    for verb in ("audit", "plan"):
        ecs_logging(
            verb, "--policy", policy_in(tmp_path), fleet=fleet, env={"ECS_LOGGING_ENFORCE": "1"}
        )

    assert fleet.looks == ["survey", "survey"]


def test_variables_say_the_same_as_options(tmp_path: Path) -> None:
    fleet = Fleet((outcome(), drifted()))
    first, second = policy_in(tmp_path), tmp_path / "second.yaml"
    second.write_text(
        first.read_text().replace("small", "b").replace("spec:", "spec:\n  priority: 1")
    )
    env = {
        "ECS_LOGGING_POLICY": f"{first}:{second}",
        "ECS_LOGGING_REGION": "eu-west-1, us-east-1",
        "ECS_LOGGING_CLUSTER": "prod,dev",
        "ECS_LOGGING_WORKERS": "3",
        "ECS_LOGGING_INSTANCE": "ours",
        "ECS_LOGGING_OUTPUT": "json",
        "ECS_LOGGING_FAIL_ON": "low",
    }

    result = ecs_logging("audit", fleet=fleet, env=env)

    assert fleet.settings is not None
    assert fleet.policies is not None
    assert fleet.settings.policies == (first, second)
    assert fleet.settings.regions == ("eu-west-1", "us-east-1")
    assert fleet.settings.clusters == ("prod", "dev")
    assert (fleet.settings.workers, fleet.settings.instance) == (3, "ours")
    assert json.loads(result.stdout)["summary"]["failed"] is True


def test_what_is_given_twice_counts_once(tmp_path: Path) -> None:
    fleet = Fleet()

    ecs_logging(
        *("audit", "--policy", policy_in(tmp_path), "--region", "a,b", "--region", "a"), fleet=fleet
    )

    assert fleet.settings is not None
    assert fleet.settings.regions == ("a", "b")


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--fail-on", "Severe"),
        ("--output", "xml"),
        ("--workers", "0"),
        ("--workers", "many"),
    ],
)
def test_a_wrong_value_is_an_error_of_usage(tmp_path: Path, option: str, value: str) -> None:
    result = ecs_logging("audit", "--policy", policy_in(tmp_path), option, value)

    assert result.exit_code == 2
    assert option in result.stderr


def test_without_a_policy_nothing_is_looked_at() -> None:
    fleet = Fleet()

    result = ecs_logging("audit", fleet=fleet)

    assert (result.exit_code, fleet.looks) == (2, [])
    assert "ECS_LOGGING_POLICY" in result.stderr


def test_an_invalid_policy_is_told_and_nothing_is_looked_at(tmp_path: Path) -> None:
    fleet = Fleet()

    result = ecs_logging("audit", "--policy", policy_in(tmp_path, "kind: Polcy\n"), fleet=fleet)

    assert (result.exit_code, fleet.looks, result.stdout) == (2, [], "")
    assert "policy.yaml:1:7: InvalidValue" in result.stderr


def test_severities_count_from_the_threshold_up(tmp_path: Path) -> None:
    low = Fleet((outcome(service(), Sync.DRIFTED, findings=(finding(Severity.LOW),)),))

    codes = [
        ecs_logging(
            "audit", "--policy", policy_in(tmp_path), "--fail-on", level, fleet=low
        ).exit_code
        for level in Severity
    ]

    assert codes == [3, 0, 0, 0]
