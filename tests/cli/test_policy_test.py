"""`policy test`: cases that hold, cases that do not, and files that are none."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent, indent
from xml.etree import ElementTree as ET

import pytest

from controller.core.inventory_file.text import text_of
from tests.cli.program import ecs_logging
from tests.core.inventory_file.test_inventory_file import inventory

POLICY = """\
apiVersion: ecs-logging/v1alpha1
kind: LoggingPolicy
metadata: {name: production}
spec:
  match: [{clusters: [prod]}]
  destinations: [{awslogs: {group: "/ecs/{service}", streamPrefix: "{service}"}}]
---
apiVersion: ecs-logging/v1alpha1
kind: PolicyException
metadata: {name: vendor}
spec: {rules: [log-driver], match: [{services: [vendor]}], reason: theirs, expires: 2026-02-28}
"""

HEAD = """\
apiVersion: ecs-logging/v1alpha1
kind: PolicyTest
metadata: {name: shop}
spec:
  date: 2026-01-05
  given:
    account: "111122223333"
    region: eu-central-1
    partition: aws
    cluster: prod
    service: web
    tags: {}
    taskDefinition:
      family: web
      containerDefinitions: [{name: app, image: shop/app}]  # logs nowhere
  cases:
"""
DRIFTED = """\
- name: a container that logs nowhere drifts
  expect: {sync: Drifted, governedBy: production, exemptBy: []}
"""


def cases(folder: Path, *written: str, policy: str = POLICY, head: str = HEAD) -> Path:
    """Write a policy and a test with these cases; return the path of the test."""
    (folder / "policy.yaml").write_text(policy)
    test = folder / "policy.test.yaml"
    test.write_text(head + "".join(indent(dedent(one), "    ") for one in written))
    return test


def test_cases_that_hold_pass(tmp_path: Path) -> None:
    cases(tmp_path, DRIFTED)

    result = ecs_logging("policy", "test", tmp_path)

    assert result.stdout == "1 case passed.\n"
    assert result.exit_code == 0


def test_what_came_out_otherwise_is_told_at_the_place_of_its_case(tmp_path: Path) -> None:
    test = cases(
        tmp_path,
        DRIFTED,
        """\
        - name: nothing is found
          expect: {sync: Compliant, findings: []}
        """,
    )

    result = ecs_logging("policy", "test", test)

    assert f"{test}:19:7: failed nothing is found" in result.stdout
    assert '-"Compliant"' in result.stdout
    assert '+"Drifted"' in result.stdout
    assert '"rule": "log-driver"' in result.stdout
    assert result.stdout.endswith("1 of 2 cases failed.\n")
    assert result.exit_code == 1


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param("{governedBy: null}", id="the policy"),
        pytest.param("{sync: Compliant}", id="the state"),
        pytest.param("{reason: Ungoverned}", id="the reason"),
        pytest.param("{findings: [{rule: log-driver, container: other}]}", id="a container"),
        pytest.param("{findings: [{rule: log-driver}, {rule: log-driver}]}", id="their number"),
        pytest.param("{exemptBy: [vendor]}", id="the exception"),
        pytest.param("{patch: []}", id="the patch"),
        pytest.param("{document: {family: web}}", id="the document"),
    ],
)
def test_each_member_of_an_expectation_can_fail(tmp_path: Path, expected: str) -> None:
    test = cases(tmp_path, f"- {{name: wrong, expect: {expected}}}\n")

    assert ecs_logging("policy", "test", test).exit_code == 1


def test_the_date_decides_whether_an_exception_holds(tmp_path: Path) -> None:
    test = cases(
        tmp_path,
        """\
        - name: on its last day it holds
          date: 2026-02-28T23:59:59Z
          given: {service: vendor}
          expect: {sync: Exempt, exemptBy: [vendor]}
        - name: on the day after it does not
          date: 2026-03-01
          given: {service: vendor}
          expect: {sync: Drifted, exemptBy: []}
        """,
    )

    assert ecs_logging("policy", "test", test).exit_code == 0


def test_a_task_definition_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    document = {"family": "web", "containerDefinitions": [{"name": "app", "image": "a"}]}
    (tmp_path / "web.json").write_text(json.dumps({"taskDefinition": document}))
    test = cases(
        tmp_path,
        """\
        - name: a file
          given: {file: web.json}
          expect: {sync: Drifted}
        - name: no file
          given: {file: none.json}
          expect: {sync: Drifted}
        """,
    )

    result = ecs_logging("policy", "test", test)

    assert "failed no file" in result.stdout
    assert "cannot be read" in result.stdout
    assert result.stdout.endswith("1 of 2 cases failed.\n")


def test_a_service_may_come_from_an_inventory(tmp_path: Path) -> None:
    (tmp_path / "fleet.json").write_text(text_of(inventory()))
    test = cases(
        tmp_path,
        """\
        - name: as it runs
          given: {inventory: fleet.json, cluster: prod, service: web}
          expect: {governedBy: production, sync: Drifted, findings: [{rule: delivery-mode}]}
        - name: somewhere else
          given: {inventory: fleet.json, cluster: other, service: shop}
          expect: {sync: Drifted}
        - name: not there
          given: {inventory: none.json}
          expect: {sync: Drifted}
        """,
        head=HEAD[: HEAD.index("  given:")] + "  cases:\n",
    )

    result = ecs_logging("policy", "test", test)

    told = " ".join(result.stdout.split())
    assert "the inventory holds no such service" in told
    assert "none.json: cannot be read" in told
    assert "failed as it runs" not in told
    assert result.stdout.endswith("2 of 3 cases failed.\n")


def test_what_is_not_known_is_undecided_and_not_guessed(tmp_path: Path) -> None:
    test = cases(
        tmp_path,
        "- {name: unknown, expect: {sync: Undecided}}\n",
        head=HEAD.replace("    cluster: prod\n", ""),
    )

    assert ecs_logging("policy", "test", test).exit_code == 0


def test_every_problem_of_a_test_is_told_at_its_place_and_nothing_of_its_text(
    tmp_path: Path,
) -> None:
    test = cases(
        tmp_path,
        """\
        - name: misspelt
          expekt: {sync: Drifted}
        - name: wrong
          expect: {sync: Drifting, findings: [{container: app}]}
        - name: nothing
          expect: {}
        """,
    )

    result = ecs_logging("policy", "test", test)

    assert f"{test}:18:7: UnknownKey: " in result.stderr
    assert "did you mean `expect`?" in result.stderr
    assert f"{test}:20:22: InvalidValue: " in result.stderr
    assert "`Drifting` is not one of" in result.stderr
    assert "needs the key `rule`" in result.stderr
    assert "this expects nothing" in result.stderr
    assert "expekt: {" not in result.stderr
    assert result.exit_code == 2


def test_a_case_without_a_date_is_a_problem(tmp_path: Path) -> None:
    test = cases(tmp_path, DRIFTED, head=HEAD.replace("  date: 2026-01-05\n", ""))

    result = ecs_logging("policy", "test", test)

    assert "it is not said at which date this is judged" in result.stderr
    assert result.exit_code == 2


def test_a_policy_that_is_not_valid_is_told_once(tmp_path: Path) -> None:
    cases(tmp_path, DRIFTED, policy=POLICY.replace("  match:", "  mtch:"))

    result = ecs_logging("policy", "test", tmp_path)

    assert result.stderr.count("`mtch` is no key") == 1
    assert result.exit_code == 2


@pytest.mark.parametrize("text", ["", "[]", "a: [", "kind: LoggingPolicy"])
def test_a_file_that_is_no_test_is_a_problem(tmp_path: Path, text: str) -> None:
    (tmp_path / "one.test.yaml").write_text(text)

    result = ecs_logging("policy", "test", tmp_path)

    assert "1 file." in result.stderr
    assert result.exit_code == 2


def test_a_directory_without_tests_is_a_problem_and_a_missing_one_a_mistake(
    tmp_path: Path,
) -> None:
    without = ecs_logging("policy", "test", tmp_path)
    missing = ecs_logging("policy", "test", tmp_path / "none")

    assert "the directory holds no test" in without.stderr
    assert (without.exit_code, missing.exit_code) == (2, 2)


def test_tests_may_be_required_of_every_policy_and_exception(tmp_path: Path) -> None:
    test = cases(tmp_path, DRIFTED)

    result = ecs_logging("policy", "test", test, "--require-tests")

    assert "No case shows exception vendor." in result.stdout
    assert "policy production" not in result.stdout
    assert result.exit_code == 1


def test_an_update_sets_what_is_expected_and_leaves_the_rest_of_the_text(tmp_path: Path) -> None:
    wrong = """\
        - name: wrong  # a remark
          expect:
            sync: Compliant  # another
            findings: []
            patch: []
        """
    test = cases(tmp_path, DRIFTED, wrong)
    before = test.read_text().splitlines()

    first = ecs_logging("policy", "test", test, "--update")
    second = ecs_logging("policy", "test", test)

    assert "1 case updated" in first.stderr
    assert (first.exit_code, second.exit_code) == (0, 0)
    after = test.read_text().splitlines()
    assert after[:20] == before[:20]
    assert "        sync: Drifted    # another" in after
    assert "rule: log-driver" in test.read_text()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["policy.test.yaml", "policy.yaml"]


@pytest.mark.parametrize("form", ["table", "json", "junit", "markdown"])
def test_no_form_shows_an_environment_value(tmp_path: Path, form: str) -> None:
    document = (
        "{family: web, containerDefinitions: [{name: app, environment: [{name: A, value: HIDE}]}]}"
    )
    test = cases(
        tmp_path,
        f"- {{name: wrong, given: {{taskDefinition: {document}}}, expect: {{document: {{}}}}}}\n"
        f"- {{name: other, given: {{taskDefinition: {document}}}, expect: {{document: "
        f"{document.replace('HIDE', 'HIDDEN')}}}}}\n",
    )

    result = ecs_logging("policy", "test", test, "--output", form)

    assert result.exit_code == 1
    assert "HID" not in result.output
    assert form != "json" or "environment" in result.output


@pytest.mark.parametrize(
    "written",
    [
        *("20260105", "1767571200", "2026-02-30", "2026-1-5", "0001-01-01T00:00:00+12:00"),
        *("9999-12-31T23:59:59-12:00", "true", "[2026-01-05]", "2026-01-05 10:00"),
    ],
)
def test_a_date_is_a_day_or_a_moment_and_nothing_else(tmp_path: Path, written: str) -> None:
    test = cases(tmp_path, f"- {{name: odd, date: {written}, expect: {{sync: Drifted}}}}\n")

    result = ecs_logging("policy", "test", test)

    assert "not a day or a moment" in result.stderr
    assert result.exit_code == 2


def test_what_runs_is_given_once(tmp_path: Path) -> None:
    given = "{taskDefinition: {family: web}, file: none.json}"
    test = cases(tmp_path, f"- {{name: twice, given: {given}, expect: {{sync: Drifted}}}}\n")

    result = ecs_logging("policy", "test", test)

    assert "what runs is given more than once" in result.stderr
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(("---\n", "---\n# nothing\n---\n"), "an empty one", id="an empty document"),
        pytest.param(("{sync: Compliant}", "&e {sync: Compliant}"), "an alias", id="an alias"),
    ],
)
def test_a_file_that_cannot_be_updated_stays_as_it_is(
    tmp_path: Path, change: tuple[str, str], why: str
) -> None:
    wrong = "- {name: a, expect: {sync: Compliant}}\n- {name: b, expect: *e}\n"
    if why != "an alias":
        wrong = wrong.replace("*e", "{sync: Compliant}")
    test = cases(tmp_path, wrong)
    test.write_text(("---\n" + test.read_text()).replace(*change, 1))
    before = test.read_text()

    result = ecs_logging("policy", "test", test, "--update")

    assert why in result.stderr
    assert test.read_text() == before
    assert result.exit_code == 2


def test_junit_and_markdown_and_json_tell_the_same(tmp_path: Path) -> None:
    test = cases(tmp_path, DRIFTED, "- {name: wrong, expect: {sync: Compliant}}\n")

    told = {
        form: ecs_logging("policy", "test", test, "--output", form)
        for form in ("junit", "markdown", "json")
    }

    assert {one.exit_code for one in told.values()} == {1}
    suites = ET.fromstring(told["junit"].stdout)  # noqa: S314  # our own
    assert (suites.get("tests"), suites.get("failures")) == ("2", "1")
    assert "| wrong | sync |" in told["markdown"].stdout
    found = json.loads(told["json"].stdout)
    assert [one["passed"] for one in found["cases"]] == [True, False]
    assert found["cases"][1]["mismatches"][0]["member"] == "sync"
