"""JSON values: what is the same, what can be read, and what is not known."""

from __future__ import annotations

import pytest
from hypothesis import given

from controller.core.document.digest import digest, plain
from controller.core.document.json import (
    MISSING,
    Document,
    Json,
    items,
    members,
    same,
    text,
    unresolved_in,
)
from controller.core.document.path import ROOT, Keyed, Path, named, obstacle, read
from controller.core.document.unresolved import Span, Unresolved
from tests.strategies.json_values import json_values

HOLE = Unresolved("Ref Name", Span("stack.yaml", 3, 7))
DOCUMENT: Document = {"list": [{"name": "web", "x": None}, "odd"], "hole": HOLE, "n": 1}


@given(json_values())
def test_a_value_is_the_same_as_itself_and_has_one_digest(value: Json) -> None:
    assert same(value, value)
    assert digest(value) == digest(plain(value))  # type: ignore[arg-type]  # plain is JSON


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(True, 1, id="true and 1"),
        pytest.param(False, 0, id="false and 0"),
        pytest.param("1", 1, id="text and number"),
        pytest.param(None, MISSING, id="null and nothing"),
        pytest.param([], {}, id="list and object"),
        pytest.param([], "", id="list and text"),
        pytest.param(["a"], ["a", "b"], id="lists of two lengths"),
        pytest.param({"a": 1}, {"b": 1}, id="other members"),
        pytest.param({"a": [True]}, {"a": [1]}, id="deep within"),
        pytest.param(HOLE, HOLE, id="what is not known, itself included"),
        pytest.param([HOLE], [HOLE], id="a list of what is not known"),
    ],
)
def test_some_values_look_alike_and_are_not_the_same(left: Json, right: Json) -> None:
    assert not same(left, right)
    assert not same(right, left)


def test_numbers_are_the_same_by_what_they_are_worth() -> None:
    assert same({"a": 1}, {"a": 1.0})


def test_what_has_another_shape_reads_as_empty() -> None:
    assert members("x") == members(None) == members(MISSING) == {}
    assert items("text") == items({}) == items(MISSING) == ()
    assert text(1) is text(None) is text(HOLE) is text(MISSING) is None


def test_what_is_not_known_is_found_at_any_depth() -> None:
    assert unresolved_in({"a": [1, {"b": HOLE}]}) is HOLE
    assert unresolved_in({"a": [1, "text"]}) is None


def test_what_is_not_known_has_no_truth_no_digest_and_equals_nothing() -> None:
    with pytest.raises(TypeError, match="Ref Name"):
        bool(HOLE)
    with pytest.raises(TypeError, match="Ref Name"):
        digest({"a": [HOLE]})
    with pytest.raises(TypeError, match="unhashable"):
        hash(HOLE)
    assert HOLE != HOLE  # noqa: PLR0124  # that is the point
    assert str(HOLE.span) == "stack.yaml:3:7"


def test_a_digest_takes_half_of_a_surrogate_pair() -> None:
    assert digest({"a": "\ud800"}) != digest({"a": "\ud801"})


@pytest.mark.parametrize(
    ("path", "found"),
    [
        pytest.param(ROOT / "list" / named("web") / "x", None, id="a null"),
        pytest.param(ROOT / "list" / named("web") / "y", MISSING, id="no member"),
        pytest.param(ROOT / "list" / named("ghost"), MISSING, id="no such name"),
        pytest.param(ROOT / "list" / "web", MISSING, id="a key into a list"),
        pytest.param(ROOT / "n" / named("web"), MISSING, id="a name in a number"),
        pytest.param(ROOT / "hole" / "deep" / named("x"), HOLE, id="beneath what is not known"),
    ],
)
def test_a_path_leads_to_a_value_or_to_nothing(path: Path, found: object) -> None:
    assert read(DOCUMENT, path) is found


@pytest.mark.parametrize(
    ("path", "where"),
    [
        pytest.param(ROOT / "n" / "x" / "y", ROOT / "n", id="a number has no members"),
        pytest.param(ROOT / "list" / "x", ROOT / "list", id="a list has no keys"),
        pytest.param(ROOT / named("web"), ROOT, id="an object has no named members"),
        pytest.param(ROOT / "list" / named("web") / "x" / "y", None, id="null can be filled"),
        pytest.param(ROOT / "new" / "x", None, id="nothing can be filled"),
        pytest.param(ROOT / "hole" / "x", None, id="what is not known is told elsewhere"),
    ],
)
def test_an_obstacle_is_what_cannot_hold_the_next_step(path: Path, where: Path | None) -> None:
    assert obstacle(DOCUMENT, path) == where


def test_a_path_prints_as_a_person_writes_it() -> None:
    path = ROOT / "containerDefinitions" / named("web") / "options" / "awslogs-group" / "a.b"

    assert str(path) == 'containerDefinitions[name=web].options.awslogs-group["a.b"]'
    assert str(ROOT / Keyed("id", "x") / "y") == "[id=x].y"


def test_a_path_knows_its_ancestors() -> None:
    path = ROOT / "a" / named("b")

    assert path.starts_with(ROOT)
    assert path.starts_with(path)
    assert not path.starts_with(path / "c")
    assert path.parent == ROOT / "a"
    assert ROOT.parent == ROOT
