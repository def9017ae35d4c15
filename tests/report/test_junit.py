from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from controller.core.check import Checked
from controller.core.policy.problem import Problem
from controller.core.policy.severity import Severity
from controller.core.service.rules import RULES
from controller.report.junit import checked as junit
from controller.report.junit.suites import (
    Case,
    Errored,
    Failed,
    Passed,
    Result,
    Skipped,
    Suite,
    Suites,
    render,
)
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


def read(text: str) -> ET.Element:
    """Return the XML as a CI server reads it."""
    return ET.fromstring(text.encode())  # noqa: S314  # what we have just written ourselves


def results(
    found: list[Checked], problems: tuple[Problem, ...] = (), fail_on: Severity | None = None
) -> dict[str, Result]:
    """Return how each case of a check went, by its name."""
    told = junit.suites(found, problems, RULES, fail_on=fail_on)
    return {case.name: case.result for suite in told.suites for case in suite.cases}


def test_suites_are_written_as_ci_servers_read_them() -> None:
    cases = (
        Case("passes", "g", seconds=0.25),
        Case("fails", "g", Failed("not so", "- a\n+ b"), file="t.yaml", line=3),
        Case("breaks", "g", Errored("cannot be told")),
        Case("waits", "g", Skipped("not now")),
    )

    text = render(Suites("tests", (Suite("t.yaml", cases, {"policy": "0123"}),)))

    assert (
        text
        == """\
<?xml version="1.0" encoding="utf-8"?>
<testsuites name="tests" tests="4" failures="1" errors="1" skipped="1" time="0.250">
  <testsuite name="t.yaml" tests="4" failures="1" errors="1" skipped="1" time="0.250">
    <properties>
      <property name="policy" value="0123" />
    </properties>
    <testcase name="passes" classname="g" time="0.250" />
    <testcase name="fails" classname="g" time="0.000" file="t.yaml" line="3">
      <failure message="not so">- a
+ b</failure>
    </testcase>
    <testcase name="breaks" classname="g" time="0.000">
      <error message="cannot be told" />
    </testcase>
    <testcase name="waits" classname="g" time="0.000">
      <skipped message="not now" />
    </testcase>
  </testsuite>
</testsuites>
"""
    )


def test_suites_pass_when_nothing_fails_and_nothing_breaks() -> None:
    def of(result: Result) -> bool:
        return Suites("s", (Suite("s", (Case("c", "g", result),)),)).passed

    assert [of(Passed()), of(Skipped("x")), of(Failed("x")), of(Errored("x"))] == [
        *(True, True),
        *(False, False),
    ]


def test_what_xml_cannot_hold_is_written_as_it_is_escaped() -> None:
    told = render(Suites("a\0b\x1b[31m\ud800", ()))

    assert read(told).get("name") == r"a\x00b\x1b[31m\ud800"


def test_each_rule_is_a_case_of_each_task_definition() -> None:
    found = results([checked(placed())])

    assert [*found] == [rule.id for rule in RULES]
    assert found["log-driver"] == Failed(
        "container web has no log configuration",
        "web.json:4:5: High: container web has no log configuration",
    )
    assert found["delivery-mode"] == Passed()


def test_a_violation_below_the_threshold_fails_nothing() -> None:
    found = [checked(placed(finding(severity=Severity.MEDIUM)))]

    assert results(found, fail_on=Severity.HIGH)["log-driver"] == Passed()
    assert isinstance(results(found, fail_on=Severity.MEDIUM)["log-driver"], Failed)


def test_what_cannot_be_judged_is_an_error_and_what_is_exempt_is_skipped() -> None:
    unsure, accepted = placed(unknown()), placed(exempt())

    assert isinstance(results([checked(unsure, accepted)])["log-driver"], Errored)
    assert results([checked(accepted)])["log-driver"] == Skipped(
        "exempt by vendor-image: container web has no log configuration"
    )
    assert isinstance(results([checked(accepted, unsure, placed())])["log-driver"], Failed)


def test_a_task_definition_that_nothing_decides_on_is_one_case() -> None:
    assert results([undecided()]) == {
        "policy": Errored("Undecided: policy a selects by the cluster", "State it with --context.")
    }


def test_a_file_that_cannot_be_read_is_an_error_of_its_own() -> None:
    found = results([], (PROBLEM,))

    assert found == {
        "read": Errored("InvalidValue: `Enforc` is no mode", "p.yaml:5:9: did you mean Enforce?")
    }


def test_there_is_a_suite_for_each_file() -> None:
    several = [checked(file="a.json"), checked(file="b.json"), checked(file="a.json", name="x")]

    told = junit.suites(several, (), RULES, fail_on=None)

    assert [(one.name, len(one.cases)) for one in told.suites] == [
        ("a.json", 2 * len(RULES)),
        ("b.json", len(RULES)),
    ]


RESULTS = (
    st.just(Passed())
    | st.builds(Failed, ODD, ODD)
    | st.builds(Errored, ODD, ODD)
    | st.builds(Skipped, ODD)
)
CASES = st.builds(Case, ODD, ODD, RESULTS, ODD | st.none(), st.integers(1, 9) | st.none())
SUITES = st.builds(Suite, ODD, st.lists(CASES, max_size=3).map(tuple), st.dictionaries(ODD, ODD))


@given(ODD, st.lists(SUITES, max_size=2).map(tuple))
def test_whatever_is_told_the_xml_can_be_read_and_counts_right(
    name: str, suites: tuple[Suite, ...]
) -> None:
    root = read(render(Suites(name, suites)))

    assert root.get("tests") == str(len(root.findall(".//testcase")))
    assert root.get("failures") == str(len(root.findall(".//failure")))
    assert root.get("errors") == str(len(root.findall(".//error")))
    assert root.get("skipped") == str(len(root.findall(".//skipped")))


@given(st.lists(CHECKED, max_size=3), st.lists(PROBLEMS, max_size=2))
def test_whatever_was_found_the_xml_can_be_read(
    found: list[Checked], problems: list[Problem]
) -> None:
    read(render(junit.suites(found, problems, RULES, fail_on=None)))
