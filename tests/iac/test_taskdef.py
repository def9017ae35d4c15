from __future__ import annotations

import json

import pytest
from hypothesis import given

from controller.core.document.json import Document
from controller.core.policy.problem import Problem, Source
from controller.iac.taskdef import TaskDefinitionText, task_definitions
from tests.corpus import corpus
from tests.strategies.json_values import json_values

REGISTERED = """\
{
  "family": "shop",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "shop/web:1",
      "logConfiguration": {
        "logDriver": "awslogs",
        "options": {"mode": "blocking"}
      }
    },
    {"name": "envoy", "image": "mesh/envoy:2"}
  ]
}
"""
WEB, ENVOY = "containerDefinitions[name=web]", "containerDefinitions[name=envoy]"


def only(text: str, name: str = "web.json") -> TaskDefinitionText:
    """Return the one task definition of a text."""
    (found,) = task_definitions(Source(name, text))
    assert isinstance(found, TaskDefinitionText)
    return found


def places(text: str, *paths: str) -> list[str]:
    """Return where paths stand, as line:column."""
    spans = [only(text).span(path) for path in paths]
    return [f"{one.line}:{one.column}" for one in spans]


def problems(text: str, name: str = "web.json") -> list[str]:
    """Return what is wrong with a text, each as `line:column message`."""
    found = task_definitions(Source(name, text))
    return [f"{one.line}:{one.column} {one.message}" for one in found if isinstance(one, Problem)]


def test_a_task_definition_in_the_shape_of_register_is_read_as_it_is() -> None:
    assert only(REGISTERED).document == json.loads(REGISTERED)


def test_a_task_definition_is_found_inside_of_the_answer_of_describe() -> None:
    text = f'{{"taskDefinition": {REGISTERED}, "tags": []}}'

    assert only(text).document == json.loads(REGISTERED)


def test_a_task_definition_may_be_written_in_yaml() -> None:
    text = "family: shop\ncontainerDefinitions:\n  - name: web\n    cpu: 256\n"

    found = only(text, "web.yml")

    assert found.document == {
        "family": "shop",
        "containerDefinitions": [{"name": "web", "cpu": 256}],
    }
    assert str(found.span(f"{WEB}.cpu")) == "web.yml:4:10"


def test_a_value_that_is_there_is_pointed_at() -> None:
    assert places(REGISTERED, f"{WEB}.logConfiguration.options.mode") == ["9:29"]


def test_for_a_value_that_is_missing_the_key_of_the_nearest_object_is_pointed_at() -> None:
    missing = (f"{WEB}.logConfiguration.options.awslogs-group", f"{WEB}.logConfiguration.x.y")

    assert places(REGISTERED, *missing) == ["9:9", "7:7"]


def test_for_a_container_that_lacks_all_of_it_the_container_is_pointed_at() -> None:
    assert places(REGISTERED, f"{ENVOY}.logConfiguration") == ["12:5"]


def test_for_what_is_nowhere_the_beginning_is_pointed_at() -> None:
    assert places(REGISTERED, "containerDefinitions[name=x].image", "volumes") == ["3:3", "1:1"]


def test_a_name_that_begins_like_another_is_not_taken_for_it() -> None:
    text = '{"containerDefinitions": [], "a": {"b": 1}, "ab": 2}'

    assert places(text, "ab", "a.b", "abc") == ["1:51", "1:41", "1:1"]


def test_the_odd_name_of_a_container_is_found() -> None:
    text = '{"containerDefinitions": [{"name": "a]b", "cpu": 1}]}'

    assert places(text, "containerDefinitions[name=a]b].cpu") == ["1:50"]


@pytest.mark.parametrize("text", ["[]", "{}", '"x"', '{"Resources": {}}', '{"taskDefinition": 1}'])
def test_what_is_no_task_definition_is_none_and_no_problem(text: str) -> None:
    assert task_definitions(Source("x.json", text)) == ()


def test_a_text_that_is_no_json_is_a_problem_at_its_place() -> None:
    assert problems(REGISTERED.replace('"blocking"', "blocking")) == ["9:29 a value is wanted here"]


def test_no_problem_shows_what_stands_in_the_file() -> None:
    text = '{"environment": [{"name": "PASSWORD", "value": "hunter2"}],,}'

    found = task_definitions(Source("x.json", text))

    assert found
    assert "hunter2" not in repr(found)


def test_a_tag_of_yaml_is_told_in_the_words_of_task_definitions() -> None:
    (told,) = problems("containerDefinitions: !Ref x\n", "x.yaml")

    assert "policy" not in told


@given(json_values())
def test_whatever_a_file_holds_it_is_no_exception(value: object) -> None:
    text = json.dumps({"containerDefinitions": value})

    assert task_definitions(Source("x.json", text))
    task_definitions(Source("x.yaml", text))


def test_every_file_of_the_corpus_is_read_as_json_reads_it() -> None:
    place = corpus()
    if place is None:
        pytest.skip("there is no corpus here")
    files = sorted((place / "taskdefs").glob("*.json"))
    texts = {file.name: file.read_text("utf-8") for file in files}

    expected = {name: unwrapped(json.loads(text)) for name, text in texts.items()}

    assert {name: only(text).document for name, text in texts.items()} == expected


def unwrapped(value: dict[str, Document]) -> Document:
    """Return the task definition inside of the answer of describe."""
    return value.get("taskDefinition", value)
