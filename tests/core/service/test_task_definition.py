"""A task definition of any shape can be read, and what cannot be judged is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.document.edit import apply
from controller.core.document.json import Json, same
from controller.core.document.patch import json_patch
from controller.core.policy.model import LoggingPolicy
from controller.core.reason import Sync
from controller.core.service.task_definition import TaskDefinition
from tests.core.document.rfc6902 import applied
from tests.core.service.given import awslogs, container, judged, task_definition
from tests.strategies.json_values import json_values, places, planted
from tests.strategies.policies import policies
from tests.strategies.task_definitions import Members, task_definitions


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(
            {"containerDefinitions": [container("a"), container("a")]}, id="two of a name"
        ),
        pytest.param({"containerDefinitions": [{"image": "x"}]}, id="no name"),
        pytest.param({"containerDefinitions": [{"name": 7}]}, id="a number for a name"),
        pytest.param({"containerDefinitions": ["web"]}, id="a text for a container"),
        pytest.param({"containerDefinitions": [None]}, id="null for a container"),
        pytest.param({"containerDefinitions": {"name": "web"}}, id="no list"),
        pytest.param({"containerDefinitions": None}, id="null for a list"),
        pytest.param({}, id="none at all"),
    ],
)
def test_containers_that_cannot_be_told_apart_are_unknown(document: dict[str, Json]) -> None:
    verdict = judged(document)

    assert verdict.sync is Sync.UNKNOWN
    assert [one.blocked for one in verdict.judgement.findings] == ["Unknown"]
    assert len(verdict.judgement.unknown_in_enforce) == 1
    assert verdict.proposed == document


def test_of_two_containers_of_a_name_neither_is_edited_and_a_third_is() -> None:
    document = task_definition(container("web"), container("web"), container("app"))
    verdict = judged(document)

    listed = verdict.proposed["containerDefinitions"]
    assert listed == [
        container("web"),
        container("web"),
        container("app", logConfiguration=awslogs()),
    ]


def test_a_task_definition_without_containers_has_nothing_to_judge() -> None:
    assert judged({"containerDefinitions": []}).sync is Sync.COMPLIANT


@st.composite
def oddly_shaped(draw: st.DrawFn) -> Json:
    """Draw a task definition in which one value was replaced by any other."""
    document = draw(task_definitions())
    place = draw(st.sampled_from(list(places(document))))
    return planted(document, place, draw(json_values()))


@given(oddly_shaped(), policies(), st.sampled_from(["blocking", "non-blocking"]))
def test_no_json_is_so_odd_that_it_breaks_the_judgement(
    document: Json, by: LoggingPolicy, default_mode: str
) -> None:
    assert isinstance(document, dict)
    verdict = judged(document, by, default_mode=default_mode)

    again = judged(verdict.proposed, by, default_mode=default_mode)
    assert [one for one in again.judgement.findings if one.fixable] == []
    patch = json_patch(document, verdict.judgement.edits)
    assert same(applied(document, patch), verdict.proposed)
    assert same(apply(document, verdict.judgement.edits), verdict.proposed)


@given(st.dictionaries(st.sampled_from(["containerDefinitions", "family"]), json_values(20)))
def test_any_json_object_can_be_judged(document: Members) -> None:
    assert judged(document).sync in {Sync.COMPLIANT, Sync.UNKNOWN, Sync.DRIFTED}
    assert TaskDefinition(document).is_for_fargate is False


def test_a_large_document_is_judged_like_a_small_one() -> None:
    many = [container(f"c{number}") for number in range(100)]

    assert len(judged(task_definition(*many)).enforced) == 100
