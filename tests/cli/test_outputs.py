"""The forms in which verbs report to other programs: SARIF, JUnit, Markdown."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from tests.cli.program import Fleet, ecs_logging, policy_in
from tests.cli.test_check import BARE, DEPLOYED, file_in
from tests.core.policy.written import SMALLEST
from tests.report.reports import drifted
from tests.report.sarif_schema import SARIF


@pytest.fixture(autouse=True)
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory from which the program is started, as CI does: the root of a checkout."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_check_as_sarif_can_be_uploaded(checkout: Path) -> None:
    (checkout / "defs").mkdir()
    file_in(checkout / "defs", BARE)

    result = ecs_logging(
        *("check", "defs", "--policy", policy_in(checkout), "--context", DEPLOYED),
        *("--output", "sarif", "--fail-on", "High"),
    )

    told = json.loads(result.stdout)
    jsonschema.Draft202012Validator(SARIF).validate(told)
    (run,) = told["runs"]
    (found,) = run["results"]
    artifact = found["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "defs/web.json", "uriBaseId": "%SRCROOT%"}
    assert (result.exit_code, run["invocations"][0]["exitCode"]) == (3, 3)


EXCEPTION = """\
---
apiVersion: ecs-logging/v1alpha1
kind: PolicyException
metadata: {name: vendor-image}
spec: {rules: [log-driver], match: [{services: [web]}], reason: "as shipped", expires: 2099-12-31}
"""


def test_what_an_exception_accepts_is_suppressed_skipped_and_folded_away(checkout: Path) -> None:
    policy = policy_in(checkout, SMALLEST.rstrip("\n") + "\n" + EXCEPTION)
    check = ("check", file_in(checkout, BARE), "--policy", policy, "--context", DEPLOYED)

    sarif, junit, markdown = (
        ecs_logging(*check, "--fail-on", "Low", "--output", form).stdout
        for form in ("sarif", "junit", "markdown")
    )

    (found,) = json.loads(sarif)["runs"][0]["results"]
    assert [one["justification"] for one in found["suppressions"]] == [
        "PolicyException vendor-image"
    ]
    assert 'failures="0" errors="0" skipped="1"' in junit
    assert "<summary>1 exempt finding</summary>" in markdown


def test_a_check_that_could_not_read_a_file_says_so_in_sarif(checkout: Path) -> None:
    result = ecs_logging(
        *("check", file_in(checkout, "{,}"), "--policy", policy_in(checkout)),
        *("--output", "sarif"),
    )

    (invocation,) = json.loads(result.stdout)["runs"][0]["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 1)
    assert result.exit_code == 1


def test_a_check_as_junit_fails_the_rule_that_is_violated(checkout: Path) -> None:
    result = ecs_logging(
        *("check", file_in(checkout, BARE), "--policy", policy_in(checkout)),
        *("--context", DEPLOYED, "--output", "junit"),
    )

    root = ET.fromstring(result.stdout.encode())  # noqa: S314  # what we have written ourselves
    failed = [one.get("name") for one in root.iter("testcase") if one.find("failure") is not None]
    assert failed == ["log-driver"]


def test_a_check_as_markdown_is_a_page(checkout: Path) -> None:
    file_in(checkout, BARE)

    result = ecs_logging(
        *("check", "web.json", "--policy", policy_in(checkout), "--context", DEPLOYED),
        *("--output", "markdown"),
    )

    assert result.stdout.startswith("## Logging of task definitions\n\n**1 of 1 task definition")
    assert "| `web.json:4:5` | log-driver |" in result.stdout


def test_problems_of_policies_as_sarif_can_be_uploaded(checkout: Path) -> None:
    policy_in(checkout, SMALLEST.replace("spec:", "spec:\n  mode: Enforc"))

    result = ecs_logging("policy", "validate", "policy.yaml", "--output", "sarif")

    told = json.loads(result.stdout)
    jsonschema.Draft202012Validator(SARIF).validate(told)
    (found,) = told["runs"][0]["results"]
    place = found["locations"][0]["physicalLocation"]
    assert (found["ruleId"], place["artifactLocation"]["uri"]) == ("InvalidValue", "policy.yaml")
    assert (place["region"]["startLine"], place["region"]["startColumn"]) == (5, 9)
    assert result.exit_code == 2


def test_policies_without_problems_are_a_sarif_log_without_results(checkout: Path) -> None:
    result = ecs_logging("policy", "validate", policy_in(checkout), "--output", "sarif")

    told = json.loads(result.stdout)
    jsonschema.Draft202012Validator(SARIF).validate(told)
    assert (told["runs"][0]["results"], result.exit_code) == ([], 0)


def test_policies_as_markdown_are_a_page(checkout: Path) -> None:
    good = ecs_logging("policy", "validate", policy_in(checkout), "--output", "markdown")
    bad = ecs_logging("policy", "validate", checkout / "none", "--output", "markdown")

    assert "| small | Audit | 0 |" in good.stdout
    assert "**1 problem: these policies cannot be used.**" in bad.stdout


def test_an_audit_as_markdown_is_a_report_to_send_round(checkout: Path) -> None:
    result = ecs_logging(
        *("audit", "--policy", policy_in(checkout), "--output", "markdown"),
        fleet=Fleet((drifted(),)),
    )

    assert result.stdout.startswith("## How the fleet logs\n")
    assert "| `prod/web` | Drifted |" in result.stdout


@pytest.mark.parametrize("form", ["sarif", "junit"])
def test_a_form_that_a_verb_does_not_have_is_refused(checkout: Path, form: str) -> None:
    result = ecs_logging("audit", "--policy", policy_in(checkout), "--output", form)

    assert result.exit_code == 2
    assert f"'{form}' is not one of" in result.stderr


@pytest.mark.parametrize("form", ["sarif", "junit", "markdown"])
def test_no_form_shows_a_value_of_the_environment(checkout: Path, form: str) -> None:
    one_line = json.dumps(json.loads(BARE))
    policy = policy_in(checkout)

    told = [
        ecs_logging("check", file_in(checkout, text), "--policy", policy, "--output", form).output
        for text in (BARE, one_line, one_line[:-1])
    ]

    assert [text for text in told if "hunter2" in text] == []
