"""`--only` and `--approve`: what is applied is what was named, or said yes to."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from controller.core.document.patch import Operation
from controller.core.outcome import Outcome
from controller.core.plan_file.narrowed import narrowed
from controller.core.refs import ServiceRef
from tests.cli.program import Fleet, ecs_logging, policy_in
from tests.cli.test_plan_and_apply import API, WEB, planned, rolled, waiting
from tests.report.reports import drifted, log_group, outcome, proposal, report


def claimed(by: tuple[ServiceRef, ...], *, missing: bool = False) -> Outcome:
    """Return a log group that these services ask for, and that is *missing* or is to change."""
    path = "/logGroupName" if missing else "/retentionInDays"
    patch: tuple[Operation, ...] = ({"op": "add", "path": path, "value": "x"},)
    asked = replace(proposal(log_group()), patch=patch)
    return replace(drifted(log_group()), claimers=by, proposal=asked)


def test_a_plan_of_one_service_names_no_other(tmp_path: Path) -> None:
    policy, plan = policy_in(tmp_path), tmp_path / "plan.json"
    fleet = Fleet((waiting(WEB), waiting(API)))

    ended = ecs_logging(
        "plan", "--policy", policy, "--only", "prod/web", "--out", plan, fleet=fleet
    )

    assert ended.exit_code == 0
    assert [one["arn"] for one in json.loads(plan.read_text())["targets"]] == [WEB.arn]
    assert "prod/api" not in ended.stdout


def test_names_that_are_no_services_are_all_told_with_what_was_probably_meant(
    tmp_path: Path,
) -> None:
    fleet = Fleet((waiting(WEB),))

    ended = ecs_logging(
        "plan", "--policy", policy_in(tmp_path), "--only", "prod/wbe,db", fleet=fleet
    )

    assert ended.exit_code == 2
    assert "there is no service 'prod/wbe' among those looked at. Did you mean prod/web?" in (
        ended.stderr
    )
    assert "there is no service 'db'" in ended.stderr


def test_apply_changes_just_what_was_named(tmp_path: Path) -> None:
    fleet = Fleet((waiting(WEB), waiting(API)), after=(rolled(WEB), waiting(API)))

    ecs_logging(
        *("apply", "--enforce", "--only", "web", "--policy", policy_in(tmp_path)), fleet=fleet
    )

    assert fleet.looks == ["survey", f"moved {WEB}", "settle"]


def test_a_plan_file_is_narrowed_to_what_was_named(tmp_path: Path) -> None:
    policy, plan = planned(tmp_path, waiting(WEB), waiting(API))
    fleet = Fleet((waiting(WEB), waiting(API)), after=(rolled(WEB), waiting(API)))

    ecs_logging("apply", plan, "--only", "web", "--policy", policy, fleet=fleet)

    assert f"moved {WEB}" in fleet.looks
    assert f"moved {API}" not in fleet.looks


def test_nobody_is_asked_where_there_is_no_terminal(tmp_path: Path) -> None:
    fleet = Fleet((waiting(WEB),))

    ended = ecs_logging("apply", "--approve", "--policy", policy_in(tmp_path), fleet=fleet)

    assert ended.exit_code == 2
    assert "--approve asks a person at a terminal" in ended.stderr
    assert "settle" not in fleet.looks


def test_a_log_group_goes_with_the_services_that_alone_ask_for_it() -> None:
    own, shared = claimed((WEB,)), claimed((WEB, API))

    assert narrowed(report(waiting(WEB), own), [WEB]).outcomes == (waiting(WEB), own)
    assert narrowed(report(waiting(WEB), shared), [WEB]).outcomes == (waiting(WEB),)


def test_a_log_group_that_is_still_to_be_made_goes_with_any_of_those_who_ask_for_it() -> None:
    missing = claimed((WEB, API), missing=True)

    assert narrowed(report(missing), [WEB]).outcomes == (missing,)
    assert narrowed(report(missing), []).outcomes == ()


def test_without_a_name_everything_stays(tmp_path: Path) -> None:
    fleet = Fleet((waiting(WEB), outcome(API), drifted_group()))

    ended = ecs_logging("plan", "--policy", policy_in(tmp_path), "--all", fleet=fleet)

    assert "prod/web" in ended.stdout
    assert "/ecs/web" in ended.stdout


def drifted_group() -> Outcome:
    """Return a log group that differs."""
    return replace(claimed(()), proposal=proposal(log_group()))
