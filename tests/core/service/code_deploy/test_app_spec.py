"""AppSpecs: one value is changed, at its place, and every other character stays as it was."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.service.code_deploy.app_spec import (
    MAX_BYTES,
    AppSpec,
    Unusable,
    parse_app_spec,
    sha256_of,
)

ARN = "arn:aws:ecs:eu-central-1:111122223333:task-definition/shop:1"
NEXT = "arn:aws:ecs:eu-central-1:111122223333:task-definition/shop:27"

BLOCK = f"""# ours since 2019
version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: "{ARN}"   # by the pipeline
        LoadBalancerInfo:
          ContainerName: 'web'
          ContainerPort: 80
Hooks:
  - BeforeInstall: "arn:aws:lambda:eu-central-1:111122223333:function:check"
"""
PLAIN = f"resources:\n- shop:\n    properties:\n      taskDefinition: {ARN}\n"
FLOW = f"Resources: [{{T: {{Properties: {{TaskDefinition: {ARN}, X: 1}}}}}}]"
COMPACT = json.dumps({"Resources": [{"T": {"Properties": {"TaskDefinition": ARN}}}]})
TABS = json.dumps(json.loads(COMPACT), indent="\t")
WINDOWS = PLAIN.replace("\n", "\r\n")


def read(content: str) -> AppSpec | Unusable:
    """Return what is made of a text of which CodeDeploy states the right hash."""
    return parse_app_spec(content, sha256_of(content))


def because(content: str) -> str:
    """Return why a text is not taken."""
    found = read(content)
    assert isinstance(found, Unusable)
    return found.because


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(BLOCK, id="YAML"),
        pytest.param(PLAIN, id="without quotes, names in other case"),
        pytest.param(FLOW, id="YAML in one line"),
        pytest.param(COMPACT, id="JSON"),
        pytest.param(TABS, id="JSON with tabs"),
        pytest.param(WINDOWS, id="lines as Windows ends them"),
        pytest.param("\ufeff" + PLAIN, id="a mark of the byte order"),
        pytest.param(BLOCK.replace('"', "'"), id="single quotes"),
    ],
)
def test_only_the_task_definition_is_changed(content: str) -> None:
    found = read(content)

    assert isinstance(found, AppSpec)
    assert found.task_definition == ARN
    assert found.naming(NEXT) == content.replace(ARN, NEXT)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_what_else_is_written_beside_it_survives(note: str) -> None:
    members = {"TaskDefinition": ARN, "Note": note}
    content = json.dumps({"Resources": [{"T": {"Properties": members}}]})
    found = read(content)

    assert isinstance(found, AppSpec)
    after = json.loads(found.naming(NEXT))["Resources"][0]["T"]["Properties"]
    assert after == {"TaskDefinition": NEXT, "Note": note}


@given(st.text(max_size=80))
def test_no_text_is_too_strange_to_be_refused(content: str) -> None:
    assert isinstance(read(content), AppSpec | Unusable)


@given(st.sampled_from([BLOCK, PLAIN, COMPACT]), st.data())
def test_what_is_cut_or_changed_is_refused_or_means_the_same(
    content: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(content) - 1))
    put = data.draw(st.sampled_from(["", "\n", '"', ":", "{", "- ", "&a "]))
    found = read(content[:at] + put + content[at + 1 :])

    if isinstance(found, AppSpec):
        again = read(found.naming(NEXT))
        assert isinstance(again, AppSpec)
        assert again.task_definition == NEXT


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(BLOCK + "---\n" + BLOCK, "several documents", id="documents"),
        pytest.param(PLAIN + PLAIN[11:], "several resources", id="resources"),
        pytest.param(
            PLAIN + f"      TaskDefinition: {ARN}\n", "several resources or task", id="twice"
        ),
        pytest.param(PLAIN.replace(ARN, "shop"), "not the ARN of a revision", id="a family"),
        pytest.param(PLAIN.replace(ARN, ARN[:-2]), "not the ARN", id="an ARN without revision"),
        pytest.param(PLAIN.replace(ARN, "<TASK_DEFINITION>"), "not the ARN", id="a placeholder"),
        pytest.param(PLAIN.replace(ARN, f"&a {ARN}"), "anchors", id="an anchor"),
        pytest.param(PLAIN.replace(ARN, f"!!str {ARN}"), "tags", id="a tag"),
        pytest.param(PLAIN.replace(ARN, f"|-\n        {ARN}"), "not simply replaced", id="a block"),
        pytest.param(
            COMPACT.replace("task-definition", "task\\u002ddefinition"),
            "not simply replaced",
            id="an escape",
        ),
        pytest.param("Resources: []", "names no task definition", id="nothing"),
        pytest.param("", "names no task definition", id="empty"),
        pytest.param("{", "neither JSON nor YAML", id="no YAML"),
        pytest.param("? [a]\n: b", "not a text", id="a key that is a list"),
        pytest.param("#" * (MAX_BYTES + 1), "more than", id="too long"),
        pytest.param("a: " + "[" * 40 + "]" * 40, "too deep", id="too deep"),
    ],
)
def test_what_cannot_be_changed_surely_is_refused(content: str, told: str) -> None:
    assert told in because(content)


def test_an_app_spec_whose_hash_differs_is_refused() -> None:
    found = parse_app_spec(BLOCK, sha256_of(PLAIN))

    assert isinstance(found, Unusable)
    assert "its hash is another" in found.because


def test_an_app_spec_of_which_no_hash_is_stated_is_refused() -> None:
    assert isinstance(parse_app_spec(BLOCK, None), Unusable)


def test_its_text_is_not_shown() -> None:
    assert "check" not in repr(read(BLOCK))
