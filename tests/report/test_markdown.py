from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.check import Checked
from controller.core.policy.parse import Parsed
from controller.core.policy.problem import Problem
from controller.core.reason import Reason, Sync
from controller.core.report import Report
from controller.report.markdown import checked as page_of_check
from controller.report.markdown import fleet, validated
from controller.report.markdown.rules import points
from controller.report.markdown.writing import code, details, fenced, page, table, text
from tests.report.files import (
    CHECKED,
    ODD,
    PROBLEM,
    PROBLEMS,
    checked,
    exempt,
    placed,
    undecided,
    unknown,
)
from tests.report.reports import REPORTS, drifted, outcome, report

ESCAPED = re.compile(r"\\.")


def bars(markdown: str) -> list[set[int]]:
    """Return the numbers of bars in the rows of each table that part cells."""
    tables = re.findall(r"(?:^\|.*\n?)+", markdown, re.MULTILINE)
    return [{ESCAPED.sub("", row).count("|") for row in one.splitlines()} for one in tables]


def test_a_table_has_a_head_a_rule_and_its_rows() -> None:
    assert (
        table(("A", "B"), [("1", "2"), ("3", "4")])
        == """\
| A | B |
| --- | --- |
| 1 | 2 |
| 3 | 4 |"""
    )


def test_a_table_without_rows_is_nothing() -> None:
    assert table(("A", "B"), []) == ""


def test_a_row_with_a_cell_too_many_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="a row of 1 cells is wanted, not of 2"):
        table(("A",), [("1", "2")])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("a|b", r"a\|b"),
        ("<img src=x>", r"\<img src=x\>"),
        ("*not* _strong_", r"\*not\* \_strong\_"),
        ("two\nlines", "two lines"),
        ("\x1b[31mred", r"\[31mred"),
    ],
)
def test_text_reads_as_it_is(words: str, told: str) -> None:
    assert text(words) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("web.json:4:5", "`web.json:4:5`"),
        ("a|b", r"<code>a\|b</code>"),
        ("`tick`", r"<code>\`tick\`</code>"),
        (" ", ""),
    ],
)
def test_code_is_a_span_unless_no_span_can_hold_it(words: str, told: str) -> None:
    assert code(words) == told


def test_a_fence_is_longer_than_any_in_what_it_fences() -> None:
    assert fenced("```\nx\n```", "text") == "````text\n```\nx\n```\n````"


def test_details_fold_away_what_there_is_and_are_nothing_for_nothing() -> None:
    assert details("a < b", "x", "", "y") == (
        "<details>\n<summary>a &lt; b</summary>\n\nx\n\ny\n</details>"
    )
    assert details("a", "", "") == ""


def test_a_page_is_its_blocks_with_a_line_between() -> None:
    assert page("a\n", "", "b") == "a\n\nb\n"
    assert page() == ""


def test_the_points_of_a_list_come_each_on_one_line() -> None:
    assert points("\n    - one\n      more\n    - two - three\n") == ("one more", "two - three")


def test_the_page_of_a_check_begins_with_what_is_against_the_policy() -> None:
    told = page_of_check.render([checked(placed())], [], policy_digest="0123456789abcdef" * 4)

    assert (
        told
        == """\
## Logging of task definitions

**1 of 1 task definition is not as the policy says.**

| Severity | Place | Rule | What |
| --- | --- | --- | --- |
| High | `web.json:4:5` | log-driver | container web has no log configuration |

Policy digest `0123456789abcdef`
"""
    )


def test_what_is_exempt_unsure_or_unread_is_folded_away() -> None:
    found = [checked(placed(exempt()), placed(unknown())), undecided()]

    told = page_of_check.render(found, [PROBLEM], policy_digest="0")

    assert "<summary>1 exempt finding</summary>" in told
    assert "<summary>2 findings that could not be judged</summary>" in told
    assert "<summary>1 problem that kept files from being read</summary>" in told
    assert told.index("<details>") < told.index("container web has no log configuration")
    assert "has no log configuration (Exempt by vendor-image) |" in told


def test_the_page_of_policies_tells_every_problem() -> None:
    told = validated.render(Parsed(None, (PROBLEM,)))

    assert "**1 problem: these policies cannot be used.**" in told
    assert (
        r"| `p.yaml:5:9` | InvalidValue | \`Enforc\` is no mode | did you mean Enforce? |" in told
    )


def test_the_page_of_the_fleet_tells_how_it_stands_and_why() -> None:
    told = fleet.render(report(drifted(), outcome(), gaps=("eu-west-9: no answer",)))

    assert "## How the fleet logs" in told
    assert "**1 of 2 services is not as the policy says.**" in told
    assert "- eu-west-9: no answer" in told
    assert "| `prod/web` | Drifted | Healthy | 1 | AuditOnly |" in told
    assert "<summary>prod/web: 1 finding</summary>" in told
    assert "Compliant |" not in told


def test_the_page_of_the_fleet_tells_what_people_should_know_and_of_when_it_is() -> None:
    expiring = Reason("ExceptionExpires", "vendor-image ends tomorrow", "Renew it.")
    seen = replace(report(outcome()), notices=(expiring,), inventory="fleet.json")

    told = fleet.render(seen)

    assert "- ExceptionExpires: vendor-image ends tomorrow. Renew it." in told
    assert "As of 2026-11-22 12:00:00 UTC, from fleet.json, policy `" in told


def test_on_request_the_page_of_the_fleet_lists_what_is_well() -> None:
    told = fleet.render(report(outcome(sync=Sync.COMPLIANT)), every=True)

    assert "| `prod/web` | Compliant | Healthy | 0 |  |" in told


CELLS = st.builds(text, ODD) | st.builds(code, ODD)


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.tuples(*[CELLS] * n), min_size=1)))
def test_each_row_of_a_table_has_the_same_number_of_cells(rows: list[tuple[str, ...]]) -> None:
    wide = len(rows[0])

    lines = table(["H"] * wide, rows).splitlines()

    assert len(lines) == len(rows) + 2
    assert {ESCAPED.sub("", line).count("|") for line in lines} == {wide + 1}


@given(st.lists(CHECKED, max_size=3), st.lists(PROBLEMS, max_size=2))
def test_whatever_was_found_the_tables_of_the_page_are_whole(
    found: list[Checked], problems: list[Problem]
) -> None:
    told = page_of_check.render(found, problems, policy_digest="0")

    assert [one for one in bars(told) if len(one) != 1] == []


@given(REPORTS)
def test_whatever_was_seen_of_a_fleet_the_tables_of_the_page_are_whole(seen: Report) -> None:
    assert [one for one in bars(fleet.render(seen, every=True)) if len(one) != 1] == []
