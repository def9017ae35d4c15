from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from tests.cli.program import Fleet, ecs_logging, policy_in
from tests.report.reports import drifted, outcome


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def test_run_is_in_audit_unless_told_to_enforce(tmp_path: Path) -> None:
    fleet = Fleet()

    ecs_logging("run", "--policy", policy_in(tmp_path), fleet=fleet)

    assert fleet.settings is not None
    assert (fleet.looks, fleet.settings.enforce) == (["run"], False)


@pytest.mark.parametrize(
    ("arguments", "env"),
    [(["--enforce"], {}), ([], {"ECS_LOGGING_ENFORCE": "true"})],
)
def test_run_enforces_when_told_so(
    tmp_path: Path, arguments: list[str], env: dict[str, str]
) -> None:
    fleet = Fleet()

    ecs_logging("run", *arguments, "--policy", policy_in(tmp_path), fleet=fleet, env=env)

    assert fleet.settings is not None
    assert fleet.settings.enforce


@pytest.mark.parametrize("value", ["false", "0", ""])
def test_a_variable_that_says_no_does_not_enforce(tmp_path: Path, value: str) -> None:
    fleet = Fleet()

    ecs_logging(
        "run", "--policy", policy_in(tmp_path), fleet=fleet, env={"ECS_LOGGING_ENFORCE": value}
    )

    assert fleet.settings is not None
    assert not fleet.settings.enforce


def test_a_variable_that_says_neither_is_an_error_of_usage(tmp_path: Path) -> None:
    fleet = Fleet()

    result = ecs_logging(
        "run", "--policy", policy_in(tmp_path), fleet=fleet, env={"ECS_LOGGING_ENFORCE": "perhaps"}
    )

    assert (result.exit_code, fleet.looks) == (2, [])


def test_the_settings_of_the_process_reach_it(tmp_path: Path) -> None:
    fleet = Fleet()

    ecs_logging(
        *("run", "--policy", policy_in(tmp_path), "--resync", "90s", "--probe-port", "0"),
        *("--probe-host", "127.0.0.1", "--policy-poll", "20s"),
        fleet=fleet,
    )

    assert fleet.settings is not None
    assert fleet.settings.resync == timedelta(seconds=90)
    assert fleet.settings.policy_poll == timedelta(seconds=20)
    assert (fleet.settings.probe_port, fleet.settings.probe_host) == (0, "127.0.0.1")


@pytest.mark.parametrize("span", ["5", "0m", "-1m", "5 minutes", "9999999h"])
def test_a_span_of_time_has_a_unit(tmp_path: Path, span: str) -> None:
    result = ecs_logging("run", "--policy", policy_in(tmp_path), "--resync", span)

    assert result.exit_code == 2
    assert "write 30s, 5m or 1h" in result.stderr


def test_run_once_in_audit_only_looks(tmp_path: Path) -> None:
    fleet = Fleet((drifted(),))

    result = ecs_logging("run", "--once", "--policy", policy_in(tmp_path), fleet=fleet)

    assert fleet.looks == ["survey"]
    assert result.stdout.startswith("1 of 1 service is not as the policy says.")


def test_run_once_with_enforce_settles_and_tells_what_was_done(tmp_path: Path) -> None:
    fleet = Fleet((drifted(),), after=(outcome(),))

    result = ecs_logging("run", "--once", "--enforce", "--policy", policy_in(tmp_path), fleet=fleet)

    assert fleet.looks == ["moved service/prod/web", "settle"]
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "There was nothing to change.")
