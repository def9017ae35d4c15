"""Exceptions at the command line: honoured by `check` on a day, refused where they are wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.program import ecs_logging, policy_in
from tests.cli.test_check import BARE, DEPLOYED, file_in

EXCEPTION = """\
apiVersion: ecs-logging/v1alpha1
kind: PolicyException
metadata: {name: billing-until-q1}
spec:
  rules: ["*"]
  match: [{services: [web]}]
  reason: vendor image
  owner: payments
  expires: 2027-03-31
"""


@pytest.fixture
def given(tmp_path: Path) -> tuple[object, ...]:
    """Return the arguments that check a bad task definition by a policy with an exception."""
    exception = tmp_path / "exception.yaml"
    exception.write_text(EXCEPTION)
    file = file_in(tmp_path, BARE)
    return ("check", file, "--policy", policy_in(tmp_path), "--policy", exception)


def test_what_is_exempt_does_not_fail_a_check(given: tuple[str, ...]) -> None:
    options = ("--context", DEPLOYED, "--fail-on", "Low", "--date", "2027-03-31")

    assert ecs_logging(*given, *options).exit_code == 0


def test_the_day_after_it_fails(given: tuple[str, ...]) -> None:
    options = ("--context", DEPLOYED, "--fail-on", "Low", "--date", "2027-04-01")

    assert ecs_logging(*given, *options).exit_code == 3


def test_people_and_programs_are_told_by_whose_word(given: tuple[str, ...]) -> None:
    options = ("--context", DEPLOYED, "--date", "2027-01-01")
    table = ecs_logging(*given, *options)
    [target] = json.loads(ecs_logging(*given, *options, "--output", "json").stdout)["targets"]

    assert "(Exempt by billing-until-q1)" in table.stdout
    assert target["sync"] == "Exempt"
    assert {(one["blocked"], one["exemptBy"]) for one in target["findings"]} == {
        ("Exempt", "billing-until-q1")
    }


def test_where_it_cannot_be_told_who_is_exempt_nobody_is(
    tmp_path: Path, given: tuple[str, ...]
) -> None:
    by_tags = EXCEPTION.replace("services: [web]", "tags: {matchLabels: {team: vendor}}")
    (tmp_path / "exception.yaml").write_text(by_tags)
    options = ("--context", DEPLOYED, "--fail-on", "Low", "--date", "2027-01-01")
    result = ecs_logging(*given, *options)

    assert result.exit_code == 3
    assert "cannot be told" in result.stdout
    assert "billing-until-q1" in result.stdout


@pytest.mark.parametrize("day", ["tomorrow", "2027-02-30", "27-01-01"])
def test_a_day_that_is_none_is_refused(given: tuple[str, ...], day: str) -> None:
    result = ecs_logging(*given, "--context", DEPLOYED, "--date", day)

    assert result.exit_code == 2
    assert "2027-03-31" in result.stderr


def test_an_exception_that_is_wrong_keeps_all_policies_from_being_used(tmp_path: Path) -> None:
    exception = tmp_path / "exception.yaml"
    exception.write_text(EXCEPTION.replace('["*"]', "[log-drivr]"))
    result = ecs_logging("policy", "validate", policy_in(tmp_path), exception)

    assert result.exit_code == 2
    assert "exception.yaml:5:11" in result.stderr + result.stdout
    assert "did you mean `log-driver`?" in result.stderr + result.stdout
