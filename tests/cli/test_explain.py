from __future__ import annotations

import json

import pytest

from controller.core.frameworks import CONTROLS
from controller.core.reasons import CHAPTERS, MEANINGS
from controller.core.rules import RULES
from controller.report.markdown import reasons, rules
from tests.cli.program import ecs_logging

ALL_NAMES = [*(rule.id for rule in RULES), *MEANINGS, *(one.id for one in CONTROLS)]


def test_a_rule_is_told_with_why_source_example_and_the_controls_that_ask_for_it() -> None:
    told = ecs_logging("explain", "log-driver").stdout

    assert told.startswith("log-driver  High\nEvery container logs to a destination of the policy.")
    assert "  A container without a log configuration writes where nobody looks" in told
    assert '      "logDriver": "json-file"' in told.partition("After")[0]
    assert '      "logDriver": "awslogs"' in told.partition("After")[2]
    assert "  - ECS.9 of AWS Security Hub\n  - CT.ECS.PR.5 of AWS Control Tower\n" in told
    assert "  https://docs.aws.amazon.com/AmazonECS/" in told


def test_a_reason_is_told_with_what_to_do_and_whether_it_passes() -> None:
    told = ecs_logging("explain", "FamilyAhead").stdout

    assert told.startswith("FamilyAhead\nThe family has a newer ACTIVE revision")
    assert "What to do\n  Deploy the newer revision" in told
    assert "Passes by itself\n  Yes, if the newer revision is about to be deployed." in told


def test_a_control_is_told_with_the_rules_that_ask_the_same() -> None:
    told = ecs_logging("explain", "CloudWatch.16").stdout

    assert told.startswith("CloudWatch.16  AWS Security Hub\n")
    assert "Rules\n  log-group-retention\n" in told


def test_a_control_that_no_rule_covers_is_found_and_says_so() -> None:
    told = ecs_logging("explain", "ECS.12").stdout

    assert "Clusters use Container Insights." in told
    assert "No rule covers it yet." in told


def test_several_names_are_told_one_below_the_other_in_whatever_case() -> None:
    told = ecs_logging("explain", "LOG-DRIVER", "ecs.12", "auditonly", "log-driver").stdout

    headings = [line.split()[0] for line in told.splitlines() if line.split()[:1]]
    assert [one for one in headings if one in ALL_NAMES] == ["log-driver", "ECS.12", "AuditOnly"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("log-drivers", "Did you mean log-driver?"),
        ("Auditonly!", "Did you mean AuditOnly?"),
        ("ECS9", "Did you mean ECS.9?"),
        ("zzz", "All names:\n  ecs-logging explain"),
    ],
)
def test_a_name_that_nothing_has_is_refused_with_what_was_probably_meant(
    name: str, hint: str
) -> None:
    result = ecs_logging("explain", "log-driver", name)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"{name!r} is no rule, reason or control. {hint}" in result.stderr


def test_without_a_name_all_names_are_listed() -> None:
    told = ecs_logging("explain").stdout

    assert [name for name in ALL_NAMES if f"\n  {name} " not in told] == []


def test_no_name_stands_for_two_things() -> None:
    folded = [name.casefold() for name in ALL_NAMES]

    assert len(folded) == len({*folded})
    assert {"rules", "reasons", "controls"}.isdisjoint(folded)


@pytest.mark.parametrize("name", ALL_NAMES)
def test_every_name_can_be_explained_in_every_form(name: str) -> None:
    table, markdown, structure = (
        ecs_logging("explain", name, "--output", form) for form in ("table", "markdown", "json")
    )

    (entry,) = json.loads(structure.stdout)["explained"]
    assert entry["name"] == name
    assert table.stdout.startswith(name)
    assert markdown.stdout.startswith(f"## {name}\n\n")


def test_the_json_of_a_rule_has_all_that_is_known_of_it() -> None:
    told = json.loads(ecs_logging("explain", "log-driver", "--output", "json").stdout)

    (rule,) = told["explained"]
    assert (told["schemaVersion"], rule["kind"], rule["severity"]) == (1, "rule", "High")
    assert rule["controls"] == ["ECS.9", "CT.ECS.PR.5", "AwsSolutions-ECS7"]
    assert rule["facts"] == list(RULES[0].facts)
    assert [*rule["example"]] == ["before", "after"]


def test_the_pages_in_docs_are_what_is_written_of_all_rules_and_reasons() -> None:
    told = [ecs_logging("explain", one, "--output", "markdown") for one in ("rules", "reasons")]

    assert [one.stdout for one in told] == [rules.render(RULES), reasons.render(CHAPTERS)]
