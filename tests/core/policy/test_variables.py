"""Variables are tables that templates look things up in; what cannot work is refused at load."""

from __future__ import annotations

import pytest

from controller.core.policy.variables import MOST
from tests.core.policy.written import SMALLEST, parsed, places, policy_from

RETENTION = '  logGroup: {retentionInDays: "{var:keep}"}\n'


def problems(variables: str, *, group: str = "/ecs/{cluster}", more: str = "") -> list[str]:
    """Return what is wrong with such a policy, each as `line:column Reason message`."""
    text = SMALLEST.replace("/ecs/{cluster}", group) + f"  variables: {variables}\n{more}"
    return [f"{one.line}:{one.column} {one.reason} {one.message}" for one in parsed(text).problems]


def test_a_variable_is_a_table_over_a_template() -> None:
    policy = policy_from(
        '  variables: {keep: {from: "{tag:env|dev}", map: {prod: 365, 1: one}, default: 30}}\n'
    )

    keep = policy.variables["keep"]
    assert (keep.source, dict(keep.map)) == ("{tag:env|dev}", {"prod": 365, "1": "one"})
    assert keep.default == 30


def test_a_template_names_a_variable_of_the_policy() -> None:
    assert problems('{a: {from: "{tag:x}", map: {x: y}}}', group="/ecs/{var:a}/{var:a|none}") == []


def test_a_variable_that_is_not_there_is_told_where_it_is_named() -> None:
    told = problems(
        '{stage: {from: "{tag:env}", map: {x: y}}}',
        group="/ecs/{var:colour}",
        more='  logGroup: {retentionInDays: "{var:other}"}\n',
    )

    assert told == [
        "6:36 UnknownVariable the policy has no variable `colour`",
        "8:31 UnknownVariable the policy has no variable `other`",
    ]
    assert problems('{stage: {from: "{var:colour}", map: {x: y}}}') == [
        "7:29 UnknownVariable the policy has no variable `colour`",
    ]


def test_a_misspelt_variable_is_met_with_the_one_that_was_meant() -> None:
    text = SMALLEST.replace("{cluster}", "{var:stgae}")
    (problem,) = parsed(text + '  variables: {stage: {from: "{tag:x}", map: {x: y}}}\n').problems

    assert problem.hint == "did you mean {var:stage}?"


def test_variables_may_name_each_other_in_any_order() -> None:
    assert problems('{a: {from: "{var:b}", map: {x: y}}, b: {from: "{tag:x}", map: {x: y}}}') == []


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ('{a: {from: "{var:a}", map: {x: y}}}', ["a → a"]),
        (
            '{a: {from: "{var:b}", map: {x: y}}, b: {from: "{cluster}{var:a}", map: {x: y}}}',
            ["a → b → a", "b → a → b"],
        ),
    ],
)
def test_variables_that_lead_back_to_themselves_are_refused(
    variables: str, told: list[str]
) -> None:
    said = problems(variables)

    assert [one.rpartition("itself: ")[2] for one in said] == told
    assert all("InvalidValue" in one for one in said)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ('{a: {from: "{tag:x}", map: {}}}', "7:41 InvalidValue this must not be empty"),
        ("{a: {map: {x: y}}}", "7:15 MissingKey `a` needs the key `from`"),
        ('{a: {from: "{tag:x}"}}', "7:15 MissingKey `a` needs the key `map`"),
        ('{a: {from: "{tga:x}", map: {x: y}}}', "7:25 UnknownVariable `{tga:x}` is no variable"),
        ('{"a b": {from: "{tag:x}", map: {x: y}}}', "`a b` cannot be the name of a variable"),
        ('{a: {from: "{tag:x}", map: {x: true}}}', "a text or a whole number is wanted here"),
        ('{a: {from: "{tag:x}", map: {x: [y]}}}', "a text or a whole number is wanted here"),
        ('{a: {from: "{tag:x}", map: {x: "{y}"}}}', "the value of a variable is no template"),
        ('{a: {from: "{tag:x}", map: {x: y}, otherwise: z}}', "UnknownKey"),
    ],
)
def test_what_cannot_be_a_variable_is_refused_at_its_place(variables: str, said: str) -> None:
    (told,) = problems(variables)

    assert said in told


def test_there_may_not_be_more_variables_than_anybody_keeps_apart() -> None:
    many = ", ".join(f'v{number}: {{from: "x", map: {{x: y}}}}' for number in range(MOST + 1))

    (told,) = problems(f"{{{many}}}")
    assert "TooLarge" in told


# ── retention by a variable ───────────────────────────────────────────────────────────────────────


def test_a_retention_may_be_a_variable() -> None:
    policy = policy_from('  variables: {keep: {from: "{tag:env}", map: {prod: 365}}}\n' + RETENTION)

    assert policy.log_group is not None
    assert policy.log_group.retention_in_days == "{var:keep}"


def test_every_value_of_that_variable_must_be_a_retention_and_is_told_at_its_place() -> None:
    text = SMALLEST + (
        "  variables:\n"
        "    keep:\n"
        '      from: "{tag:env}"\n'
        '      map: {prod: 366, dev: "14", test: 7}\n'
        "      default: 2\n"
    )
    found = parsed(text + RETENTION)

    assert places(found) == [
        "a.yaml:10:19 InvalidValue",
        "a.yaml:10:29 InvalidValue",
        "a.yaml:11:16 InvalidValue",
    ]
    assert found.problems[0].hint == "the nearest that it knows: 365 or 400"


def test_a_retention_cannot_depend_on_the_container() -> None:
    (told,) = problems(
        '{keep: {from: "{var:c}", map: {x: 7}}, c: {from: "{container}", map: {x: y}}}',
        more=RETENTION,
    )

    assert "of which a group has many" in told


@pytest.mark.parametrize(
    "written", ["{var:keep}d", "{var:keep|30}", "{tag:days}", "{var:}", "{30}", "{var:keep", "{{"]
)
def test_a_retention_is_a_number_or_one_variable_and_nothing_else(written: str) -> None:
    (problem,) = parsed(SMALLEST + f'  logGroup: {{retentionInDays: "{written}"}}\n').problems

    assert (problem.reason, problem.column) == ("InvalidValue", 31)
