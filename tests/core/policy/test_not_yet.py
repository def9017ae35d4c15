"""What belongs to the language and cannot be honoured yet is refused by name, never ignored."""

from __future__ import annotations

import pytest

from tests.core.policy.written import SMALLEST, parsed, places

SPEC = (
    "unknownPermissions: Refuse",
    "acceptLoss: []",
    *(f"allow: {{{key}: true}}" for key in ("replaceKey", "resize", "scheduledTasks")),
)


@pytest.mark.parametrize("line", SPEC)
def test_a_key_of_a_later_version_is_refused_by_name(line: str) -> None:
    (problem,) = parsed(f"{SMALLEST}  {line}\n").problems

    assert problem.reason == "NotYet"
    assert problem.line == 7


@pytest.mark.parametrize("kind", ["ClusterLoggingPolicy", "AccountLoggingPolicy"])
def test_a_kind_of_a_later_version_is_refused_by_name_alone(kind: str) -> None:
    (problem,) = parsed(f"kind: {kind}\nspec: {{anything: 1}}").problems

    assert (problem.reason, problem.line, problem.column) == ("NotYet", 1, 7)


def test_what_is_missing_because_of_a_later_key_is_not_told_as_well() -> None:
    text = SMALLEST.replace(
        "destinations: [", "destinations: [{containers: {names: [a]}, firelens: {}}, "
    )
    (problem,) = parsed(text).problems

    assert problem.reason == "NotYet"


def test_what_is_missing_all_the_same_is_told_as_well() -> None:
    text = SMALLEST.replace('  match: [{clusters: ["*"]}]\n', "  unknownPermissions: Refuse\n")

    assert places(parsed(text)) == ["a.yaml:4:1 MissingKey", "a.yaml:5:3 NotYet"]


def test_a_key_of_a_later_version_is_known_only_in_its_own_mapping() -> None:
    (problem,) = parsed(SMALLEST + "  waves: []\n").problems

    assert problem.reason == "UnknownKey"


def test_a_misspelt_key_may_have_meant_one_of_a_later_version() -> None:
    (problem,) = parsed(SMALLEST + "  variabels: {}\n").problems

    assert problem.hint == "did you mean `variables`?"
