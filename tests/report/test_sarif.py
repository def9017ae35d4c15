from __future__ import annotations

import json as json_library
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.check import Checked
from controller.core.policy.problem import Problem
from controller.core.policy.problem import Reason as ProblemReason
from controller.core.policy.severity import Severity
from controller.core.service.rules import RULES
from controller.report import json
from controller.report.sarif import checked as sarif
from controller.report.sarif import policies
from controller.report.sarif.location import artifact
from controller.report.sarif.log import Run
from tests.report.files import (
    CHECKED,
    ODD,
    PROBLEM,
    PROBLEMS,
    checked,
    exempt,
    finding,
    placed,
    undecided,
    unknown,
)
from tests.report.reports import NOW
from tests.report.sarif_schema import SARIF

ROOT = PurePosixPath("/checkout")


def log(found: Sequence[Checked], problems: Sequence[Problem] = (), code: int = 0) -> Any:
    """Return the log of a check, written and read again."""
    run = Run("check", NOW, code, tuple(sarif.notifications(found, problems, ROOT)))
    return read(sarif.structure(found, RULES, run, ROOT))


def log_of_policies(*problems: Problem) -> Any:
    """Return the log of a validation, written and read again."""
    return read(policies.structure(problems, Run("policy-validate", NOW, 2), ROOT))


def read(structure: dict[str, object]) -> Any:
    """Return the log as whoever reads the file gets it; it must be valid."""
    told = json_library.loads(json.render(structure).encode())
    jsonschema.Draft202012Validator(SARIF).validate(told)
    return told["runs"][0]


def test_a_finding_has_its_rule_its_place_and_a_lasting_identity() -> None:
    run = log([checked(placed())])

    (result,) = run["results"]
    (location,) = result["locations"]
    assert (result["ruleId"], result["kind"], result["level"]) == ("log-driver", "fail", "error")
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "log-driver"
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "web.json", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 4, "startColumn": 5},
    }
    assert result["partialFingerprints"] == {"findingId/v1": "a1b2c3d4e5f6"}


@pytest.mark.parametrize(
    ("severity", "level"),
    [
        (Severity.CRITICAL, "error"),
        (Severity.HIGH, "error"),
        (Severity.MEDIUM, "warning"),
        (Severity.LOW, "note"),
    ],
)
def test_the_severity_says_the_level(severity: Severity, level: str) -> None:
    (result,) = log([checked(placed(finding(severity=severity)))])["results"]

    assert result["level"] == level


def test_an_exempt_finding_is_suppressed_and_names_its_exception() -> None:
    (result,) = log([checked(placed(exempt()))])["results"]

    assert result["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "PolicyException vendor-image",
        }
    ]


def test_what_could_not_be_judged_is_open_and_has_not_failed() -> None:
    (result,) = log([checked(placed(unknown()))])["results"]

    assert (result["kind"], result["level"], result["suppressions"]) == ("open", "none", [])


def test_every_rule_is_described_with_help_and_the_controls_that_ask_for_it() -> None:
    rules = {one["id"]: one for one in log([])["tool"]["driver"]["rules"]}

    assert [*rules] == [rule.id for rule in RULES]
    driver = rules["log-driver"]
    assert {"ECS.9", "CT.ECS.PR.5", "AwsSolutions-ECS7"} <= {*driver["properties"]["tags"]}
    assert driver["helpUri"].startswith("https://docs.aws.amazon.com/")
    assert "What it does:" in driver["help"]["markdown"]
    assert ".md#" not in driver["help"]["markdown"]


def test_the_invocation_tells_how_the_run_went() -> None:
    (well,) = log([checked(placed())], code=3)["invocations"]
    (ill,) = log([undecided()], [PROBLEM], code=1)["invocations"]

    assert (well["executionSuccessful"], well["exitCode"]) == (True, 3)
    assert well["endTimeUtc"] == "2026-11-22T12:00:00Z"
    assert (ill["executionSuccessful"], ill["exitCode"]) == (False, 1)
    told = [(one["level"], one["message"]["text"]) for one in ill["toolExecutionNotifications"]]
    assert told == [
        ("error", "InvalidValue: `Enforc` is no mode"),
        ("warning", "Undecided: policy a selects by the cluster"),
    ]


def test_problems_of_policies_are_results_at_their_places() -> None:
    run = log_of_policies(replace(PROBLEM, shown="  mode: Enforc"))

    (result,), (rule,) = run["results"], run["tool"]["driver"]["rules"]
    assert (rule["id"], result["ruleId"], result["level"]) == (*["InvalidValue"] * 2, "error")
    assert result["message"]["text"] == "`Enforc` is no mode (did you mean Enforce?)"
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 5,
        "startColumn": 9,
        "snippet": {"text": "  mode: Enforc"},
    }


def test_a_problem_keeps_its_identity_when_lines_above_it_come_and_go() -> None:
    moved = replace(PROBLEM, line=50)
    other = replace(PROBLEM, message="`Enfrce` is no mode")

    results = log_of_policies(PROBLEM, moved, other)["results"]

    first, second, third = (one["partialFingerprints"]["problemId/v1"] for one in results)
    assert first == second != third


def test_every_reason_for_which_a_policy_is_refused_can_be_described() -> None:
    run = log_of_policies(*(replace(PROBLEM, reason=reason) for reason in ProblemReason))

    rules = run["tool"]["driver"]["rules"]
    assert [one["id"] for one in rules] == sorted(ProblemReason)


@pytest.mark.parametrize(
    ("file", "uri", "base"),
    [
        ("web.json", "web.json", "%SRCROOT%"),
        ("./a b/../c#d.json", "c%23d.json", "%SRCROOT%"),
        ("/checkout/deep/web.json", "deep/web.json", "%SRCROOT%"),
        ("/checkout2/web.json", "file:///checkout2/web.json", None),
        ("../web.json", "file:///web.json", None),
        ("é\udcff.json", "%C3%A9%FF.json", "%SRCROOT%"),
    ],
)
def test_a_file_is_named_from_the_root_of_the_checkout(
    file: str, uri: str, base: str | None
) -> None:
    told = artifact(file, ROOT)

    assert (told["uri"], told.get("uriBaseId")) == (uri, base)


def test_a_root_of_another_system_is_understood() -> None:
    assert artifact("a/b.json", PureWindowsPath("C:/work"))["uri"] == "a/b.json"


@given(st.lists(CHECKED, max_size=3), st.lists(PROBLEMS, max_size=2))
def test_whatever_was_found_the_log_is_valid(found: list[Checked], problems: list[Problem]) -> None:
    log(found, problems)


@given(st.lists(PROBLEMS, max_size=3))
def test_whatever_is_wrong_with_policies_the_log_is_valid(problems: list[Problem]) -> None:
    log_of_policies(*problems)


@given(ODD)
def test_whatever_a_file_is_called_its_uri_is_ascii(file: str) -> None:
    uri = str(artifact(file, ROOT)["uri"])

    assert uri.isascii()
    assert uri.isprintable()
