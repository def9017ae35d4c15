"""What selectors may say, and what is told of those that say nothing or nonsense."""

from __future__ import annotations

import pytest

from controller.core.policy.selector import Selector
from tests.core.policy.written import SMALLEST, parsed, policy_from

ALL = """\
  exclude:
    - clusters: [a]
      services: [b]
      families: [c]
      accounts: ["111122223333"]
      regions: [eu-*]
      launchTypes: [FARGATE, EC2, EXTERNAL, MANAGED_INSTANCES]
      platforms: [LINUX, WINDOWS_*]
      schedulingStrategies: [REPLICA, DAEMON]
      deploymentControllers: [ECS, CODE_DEPLOY, EXTERNAL]
      tags:
        matchLabels: {team: payments}
        matchExpressions: [{key: tier, operator: NotIn, values: [web]}, {key: x, operator: Exists}]
"""


def test_everything_that_the_language_selects_by_is_understood() -> None:
    (selector,) = policy_from(ALL).exclude

    assert selector.model_fields_set == set(Selector.model_fields)
    assert selector.accounts == ("111122223333",)
    assert selector.tags is not None
    assert [one.key for one in selector.tags.requirements()] == ["team", "tier", "x"]


@pytest.mark.parametrize(
    ("selector", "at", "reason", "message"),
    [
        ("{accounts: [111122223333]}", "1111", "UnquotedAccountId", "111122223333 without quotes"),
        ("{accounts: [001122334455]}", "0011", "UnquotedAccountId", "001122334455 without quotes"),
        ("{launchTypes: [FARGATE_SPOT]}", "FARGATE_", "InvalidValue", "`FARGATE_SPOT` is not one"),
        ("{launchTypes: []}", "[]", "InvalidValue", "this must not be empty"),
        ("{schedulingStrategies: [daemon]}", "daemon", "InvalidValue", "`daemon` is not one of"),
        ("{deploymentControllers: [X]}", "X", "InvalidValue", "not one of: ECS"),
        ("{launchType: [EC2]}", "launchType", "UnknownKey", "`launchType` is no key"),
        ("{tags: {}}", "{}", "InvalidValue", "this selects by no tag"),
        ("{tags: }", "tags", "InvalidValue", "nothing is stated here"),
        ("{tags: {team: payments}}", "team", "UnknownKey", "`team` is no key"),
        ("{tags: {matchLabels: {}}}", "{}", "InvalidValue", "this must not be empty"),
        ("{tags: {matchLabels: {team: 1}}}", "1", "InvalidValue", "a text is wanted here"),
        ("{tags: {matchLabels: [team]}}", "[team", "InvalidValue", "a mapping is wanted here"),
        ("{tags: {matchExpressions: []}}", "[]", "InvalidValue", "this must not be empty"),
    ],
)
def test_what_is_wrong_with_a_selector_is_told_at_its_place(
    selector: str, at: str, reason: str, message: str
) -> None:
    line = f"  exclude: [{selector}]"
    (problem,) = parsed(f"{SMALLEST}{line}\n").problems

    assert (problem.line, problem.column) == (7, line.index(at) + 1)
    assert problem.reason == reason
    assert message in problem.message


@pytest.mark.parametrize(
    ("expression", "at", "message"),
    [
        ("{key: t, operator: In}", "{key", "`In` compares with values, and there are none"),
        ("{key: t, operator: NotIn}", "{key", "`NotIn` compares with values, and there are none"),
        ("{key: t, operator: In, values: []}", "[]", "this must not be empty"),
        ("{key: t, operator: Exists, values: [x]}", "[x]", "`Exists` looks at no values"),
        ("{key: t, operator: DoesNotExist, values: [x]}", "[x]", "looks at no values"),
        ("{key: t, operator: Is}", "Is", "`Is` is not one of: In, NotIn, Exists, DoesNotExist"),
        ("{operator: Exists}", "{op", "needs the key `key`"),
        ('{key: "", operator: Exists}', '""', "this must not be empty"),
    ],
)
def test_what_is_wrong_with_an_expression_is_told_at_its_place(
    expression: str, at: str, message: str
) -> None:
    line = f"  exclude: [{{tags: {{matchExpressions: [{expression}]}}}}]"
    (problem,) = parsed(f"{SMALLEST}{line}\n").problems

    assert (problem.line, problem.column) == (7, line.index(at) + 1)
    assert message in problem.message


def test_a_selector_that_selects_by_nothing_is_told_what_it_may_say() -> None:
    (problem,) = parsed(SMALLEST + "  exclude: [{}]\n").problems

    assert problem.message == "this selector selects by nothing"
    assert problem.hint is not None
    assert "`services`, " in problem.hint
    assert problem.hint.endswith(' or `tags`; `clusters: ["*"]` stands for all')


@pytest.mark.parametrize(
    ("selector", "message", "hint"),
    [
        ('{services: ["prod/old"]}', "a service's name holds", "the cluster in `clusters`, and"),
        ('{services: ["arn:aws:ecs:x:1:service/prod/old"]}', "a service's", "its name alone: old"),
        ('{clusters: ["arn:aws:ecs:x:1:cluster/prod"]}', "a cluster's", "its name alone: prod"),
        ('{clusters: ["arn:aws:ecs:…"]}', "a cluster's", "an ARN is no name: write its name alone"),
        ('{clusters: ["prod[0-9]"]}', "a cluster's", "`?` for any one character"),
        ('{clusters: ["!prod"]}', "a cluster's", "under `exclude`"),
        ('{clusters: ["{{ env }}"]}', "a cluster's", "variables are not filled in here"),
        ('{families: ["web:3"]}', "a family's", "write the family's name alone: web"),
        ('{platforms: ["linux"]}', "a platform's", "write it as ECS does: LINUX"),
        ('{regions: ["EU_West_1"]}', "a Region's", "write it as AWS does: eu-west-1"),
        ('{accounts: ["123"]}', "an account id is 12 digits", "write all 12 digits"),
        ('{accounts: ["1111-2222-*"]}', "an account id is 12 digits", "in quotes"),
    ],
)
def test_a_pattern_that_nothing_can_fit_is_refused_with_what_to_write_instead(
    selector: str, message: str, hint: str
) -> None:
    line = f"  exclude: [{selector}]"
    (problem,) = parsed(f"{SMALLEST}{line}\n").problems

    assert (problem.line, problem.column) == (7, line.index('"') + 1)
    assert problem.reason == "InvalidValue"
    assert message in problem.message
    assert problem.hint is not None
    assert hint in problem.hint


def test_names_and_images_of_containers_may_be_any_for_files_hold_what_they_like() -> None:
    spec = '  containers: {exclude: [{names: ["a.b"]}, {images: ["a.b/c:[1]"]}]}\n'

    assert policy_from(spec).containers.exclude[0].names == ("a.b",)


def test_every_pattern_that_may_fit_is_taken() -> None:
    spec = """\
  exclude:
    - {clusters: ["*", "Prod_1-?"], accounts: ["1111*", "11112222333?"], platforms: [WINDOWS_*]}
"""

    assert policy_from(spec).exclude[0].accounts == ("1111*", "11112222333?")


@pytest.mark.parametrize("value", ["yes", '"true"', "1", ""])
def test_essential_is_true_or_false(value: str) -> None:
    (problem,) = parsed(f"{SMALLEST}  containers: {{exclude: [{{essential: {value}}}]}}\n").problems

    assert problem.reason == "InvalidValue"
