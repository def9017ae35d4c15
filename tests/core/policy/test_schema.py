"""The JSON Schema is what editors need: valid, explained, current, and one with the parser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from controller.core.policy.schema import schema, schema_text
from controller.core.policy.yaml.node import plain
from controller.core.policy.yaml.read import read
from controller.core.policy_test.model import PolicyTestDocument
from tests.core.policy.test_problems import BAD
from tests.core.policy.written import RULES, SMALLEST, parsed

ROOT = Path(__file__).parents[3]
PUBLISHED = ROOT / "docs/schema/policy.json"
EXAMPLES = sorted((ROOT / "deploy/policies").glob("*.yaml"))


def faults(text: str) -> list[str]:
    """Return what the schema says against the documents of a text, as an editor shows it.

    Of the kinds, that is the one which the document says it is.
    """
    validator = jsonschema.Draft202012Validator(schema())
    documents = [plain(one) for one in read(text).documents]
    return [
        error.message
        for document in documents
        for whole in validator.iter_errors(document)
        for error in _of_the_kind(whole.context or [whole])
    ]


def _of_the_kind(errors: Sequence[Any]) -> list[Any]:
    """Return the errors of the alternative to which the kind of the document leads."""
    others = {error.schema_path[0] for error in errors if [*error.path] == ["kind"]}
    return [error for error in errors if error.schema_path[0] not in others]


def properties(part: object, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every property that the schema describes, with its path."""
    match part:
        case dict():
            for name, one in part.get("properties", {}).items():
                yield f"{path}.{name}", one
            for key, value in part.items():
                yield from properties(value, f"{path}.{key}")
        case list():
            for item in part:
                yield from properties(item, path)
        case _:
            pass


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_the_published_schema_of_tests_is_current_and_takes_those_of_the_library() -> None:
    made = schema([PolicyTestDocument])
    validator = jsonschema.Draft202012Validator(made)

    assert (PUBLISHED.parent / "policy-test.json").read_text() == schema_text([PolicyTestDocument])
    for path in (ROOT / "controller/policies").glob("*.test.yaml"):
        (document,) = read(path.read_text()).documents
        assert validator.is_valid(plain(document))
    assert not validator.is_valid({"kind": "PolicyTest"})


def test_the_published_schema_is_current() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == schema_text(), (
        "renew it: ecs-logging policy schema > docs/schema/policy.json"
    )


def test_every_key_is_explained_in_its_own_words() -> None:
    described = {path: one.get("description", "") for path, one in properties(schema())}

    assert len(described) > 40
    assert [path for path, text in described.items() if len(text) < 20] == []
    assert len(set(described.values())) == len(described)


def test_every_key_tells_why_its_default_is_what_it_is() -> None:
    for path, one in properties(schema()):
        default = one.get("default")
        if default is not None:
            shown = str(default).lower() if isinstance(default, bool) else str(default)
            spelt = {"1d": "A day", "{region}": "The service's own"}.get(shown, shown)
            assert spelt in one["description"], path


def test_no_explanation_cites_what_a_reader_does_not_have() -> None:
    assert "[fact" not in schema_text()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_is_valid_and_names_the_schema(example: Path) -> None:
    text = example.read_text(encoding="utf-8")

    assert faults(text) == []
    assert parsed(text).problems == ()
    assert text.startswith("# yaml-language-server: $schema=../../docs/schema/policy.json\n")


def test_there_is_an_example() -> None:
    assert EXAMPLES


def test_no_example_writes_unless_somebody_changes_it() -> None:
    for example in EXAMPLES:
        result = parsed(example.read_text(encoding="utf-8"))
        assert result.policies is not None
        assert {policy.mode for policy in result.policies.policies} == {"Audit"}


@pytest.mark.parametrize(
    "line",
    [
        "mode: Off",
        "prioritty: 1",
        "exclude: [{}]",
        "rollout: {bakeTime: 10}",
        "rollout: {maxPer: {share: 10}}",
        "logGroup: {retentionInDays: 100}",
        "containers: {exclude: [{names: []}]}",
        "accept: [{driver: logentries}]",
    ],
)
def test_an_editor_sees_what_the_parser_would_refuse(line: str) -> None:
    text = f"{SMALLEST}  {line}\n"

    assert faults(text) != []
    assert parsed(text).problems != ()


def test_an_editor_sees_nothing_wrong_with_a_good_policy() -> None:
    assert faults(SMALLEST) == []
    assert len(RULES) == 3


def test_a_bad_policy_is_bad_to_an_editor_too() -> None:
    assert len(faults(BAD.rpartition("  mode:")[0])) > 5
