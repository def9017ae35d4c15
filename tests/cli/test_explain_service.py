"""`explain` of a service: which names are services, what is asked of AWS, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from controller.core.explained_service import ExplainedService
from controller.core.reason import Reason, Sync
from controller.errors import NotSeenError, UsageError
from tests.cli.program import Fleet, ecs_logging, policy_in
from tests.cli.test_inventory import fleet_in
from tests.report.explained import explained
from tests.report.reports import NOW, outcome, service

UNSEEN = ExplainedService(
    replace(
        outcome(sync=Sync.UNKNOWN, reason=Reason("AccessDenied", "may not be read")), observed=False
    ),
    NOW,
)


@pytest.mark.parametrize("name", ["prod/web", service().arn, "web"])
def test_a_service_is_looked_into_by_the_policies_that_are_given(tmp_path: Path, name: str) -> None:
    fleet = Fleet(explained=explained())

    result = ecs_logging(
        "explain", name, "--policy", policy_in(tmp_path), "--region", "eu-west-1", fleet=fleet
    )

    assert (result.exit_code, fleet.looks) == (0, [f"explain {name}"])
    assert result.stdout.startswith("prod/web  Drifted")
    assert result.stdout.endswith("\n  ecs-logging explain AuditOnly\n")
    assert fleet.settings is not None
    assert fleet.settings.regions == ("eu-west-1",)


def test_the_name_of_a_rule_stays_that_of_the_rule_and_asks_nobody(tmp_path: Path) -> None:
    fleet = Fleet(explained=explained())

    result = ecs_logging("explain", "log-driver", "--policy", policy_in(tmp_path), fleet=fleet)

    assert (result.exit_code, fleet.looks) == (0, [])
    assert result.stdout.startswith("log-driver  High")


@pytest.mark.parametrize("name", ["prod/web", service().arn])
def test_without_a_policy_a_service_cannot_be_explained(name: str) -> None:
    fleet = Fleet()

    result = ecs_logging("explain", name, fleet=fleet)

    assert (result.exit_code, fleet.looks, result.stdout) == (2, [], "")
    assert f"{name} is a service, and policies say how it should stand: give --policy" in (
        result.stderr
    )


@pytest.mark.parametrize("names", [("prod/web", "prod/api"), ("log-driver", "prod/web")])
def test_one_service_is_explained_at_a_time(tmp_path: Path, names: Sequence[str]) -> None:
    fleet = Fleet()

    result = ecs_logging("explain", *names, "--policy", policy_in(tmp_path), fleet=fleet)

    assert (result.exit_code, fleet.looks) == (2, [])
    assert "one service is explained at a time" in result.stderr


@pytest.mark.parametrize("output", ["table", "json", "yaml", "markdown"])
def test_a_service_is_told_in_every_form(tmp_path: Path, output: str) -> None:
    result = ecs_logging(
        *("explain", "prod/web", "--policy", policy_in(tmp_path), "--output", output),
        fleet=Fleet(explained=explained()),
    )

    assert (result.exit_code, result.stderr) == (0, "")
    assert "within" in result.stdout or "process_yes" in result.stdout
    if output == "json":
        assert json.loads(result.stdout)["explained"][0]["sync"] == "Drifted"


def test_policies_that_do_not_match_are_listed_on_request(tmp_path: Path) -> None:
    arguments = ("explain", "prod/web", "--policy", policy_in(tmp_path))

    few, every = (
        ecs_logging(*arguments, *more, fleet=Fleet(explained=explained())).stdout
        for more in ([], ["--all"])
    )

    assert "no match" not in few
    assert "no match" in every


def test_a_service_that_could_not_be_seen_ends_with_4_and_says_why(tmp_path: Path) -> None:
    result = ecs_logging(
        "explain", "prod/web", "--policy", policy_in(tmp_path), fleet=Fleet(explained=UNSEEN)
    )

    assert result.exit_code == 4
    assert "AccessDenied: may not be read" in result.stdout


@pytest.mark.parametrize(
    ("error", "code"), [(NotSeenError("prod/web is gone"), 4), (UsageError("no service"), 2)]
)
def test_what_is_not_found_or_not_seen_is_told_in_a_sentence(
    tmp_path: Path, error: Exception, code: int
) -> None:
    result = ecs_logging(
        "explain", "prod/web", "--policy", policy_in(tmp_path), fleet=Fleet(error=error)
    )

    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr == f"Error: {error}\n"


def test_an_inventory_is_looked_into_in_the_place_of_aws(tmp_path: Path) -> None:
    fleet = Fleet()
    inventory = fleet_in(tmp_path)

    result = ecs_logging(
        *("explain", "prod/web", "--policy", policy_in(tmp_path), "--inventory", inventory),
        fleet=fleet,
    )

    assert fleet.looks == []
    assert result.stdout.startswith("prod/web  ")
    assert "As of 2026-11-22 12:00:00 UTC, from" in " ".join(result.stdout.split())


def test_a_name_that_an_inventory_does_not_have_is_refused(tmp_path: Path) -> None:
    result = ecs_logging(
        *("explain", "prod/weeb", "--policy", policy_in(tmp_path)),
        *("--inventory", fleet_in(tmp_path)),
    )

    assert result.exit_code == 2
    assert "no service is called prod/weeb. Did you mean prod/web?" in result.stderr
