"""A diff lists every leaf that changes, and shows only what is public."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.document.diff import HIDDEN, Change, diff
from controller.core.document.edit import Edit, Insert, Remove, Set
from controller.core.document.json import Document, Json, same
from controller.core.document.path import ROOT
from controller.core.document.unresolved import Unresolved
from tests.strategies.json_values import TEXTS, json_values

A = ROOT / "a"


def everything(_: object) -> bool:
    return True


def nothing(_: object) -> bool:
    return False


def shown(document: Document, *edits: Edit) -> list[tuple[str, str | None, str | None]]:
    return [(str(one.path), one.old, one.new) for one in diff(document, edits, public=everything)]


@pytest.mark.parametrize(
    ("document", "edit", "lines"),
    [
        pytest.param({"a": "x"}, Set(A, "y"), [("a", "x", "y")], id="a value"),
        pytest.param({}, Set(A, "y"), [("a", None, "y")], id="new"),
        pytest.param({"a": "x"}, Remove(A), [("a", "x", None)], id="gone"),
        pytest.param({"a": "x"}, Set(A, "x"), [], id="the same"),
        pytest.param({"a": 1}, Set(A, True), [("a", "1", "true")], id="true is not 1"),
        pytest.param({"a": 25}, Set(A, "25"), [("a", "25", '"25"')], id="a text is no number"),
        pytest.param({"a": "25"}, Set(A, 25), [("a", '"25"', "25")], id="nor a number a text"),
        pytest.param({"a": None}, Set(A, "null"), [("a", "null", '"null"')], id="nor null"),
        pytest.param({"a": []}, Insert(A, 1), [("a", "[]", "[1]")], id="a list as a whole"),
        pytest.param(
            {"a": {"b": "x", "c": "z"}},
            Set(A, {"b": "y", "c": "z"}),
            [("a.b", "x", "y")],
            id="leaves of an object",
        ),
        pytest.param(
            {"a": {"b": "x"}}, Set(A, "y"), [("a.b", "x", None), ("a", None, "y")], id="shapes"
        ),
        pytest.param({"a": {"b": 1}}, Set(A, {}), [("a.b", "1", None), ("a", None, "{}")], id="{}"),
    ],
)
def test_a_diff_lists_what_changes(
    document: dict[str, Json], edit: Edit, lines: list[tuple[str, str | None, str | None]]
) -> None:
    assert shown(document, edit) == lines


def test_a_hole_is_shown_by_its_reason() -> None:
    document: Document = {"a": Unresolved("Ref Name")}

    assert shown(document, Set(A, "y")) == [("a", "(Ref Name)", "y")]


def test_what_is_not_public_is_listed_and_not_shown() -> None:
    changes = diff({"a": "secret"}, [Set(A, "other"), Set(ROOT / "b", "new")], public=nothing)

    assert changes == (Change(A, HIDDEN, HIDDEN), Change(ROOT / "b", None, HIDDEN))


def test_whether_a_leaf_is_public_is_asked_of_the_leaf() -> None:
    edit = Set(A, {"open": "x", "closed": "y"})
    changes = diff({}, [edit], public=lambda path: path == A / "open")

    assert [one.new for one in changes] == ["x", HIDDEN]


def test_a_place_that_is_edited_twice_is_listed_once() -> None:
    assert shown({"a": "x"}, Set(A, "y"), Set(A, "z")) == [("a", "x", "z")]


@given(st.dictionaries(TEXTS, json_values(), max_size=3), TEXTS, json_values())
def test_a_change_is_listed_exactly_where_there_is_one(
    document: dict[str, Json], key: str, value: Json
) -> None:
    changes = diff(document, [Set(ROOT / key, value)], public=everything)

    unchanged = key in document and same(document[key], value)
    assert (changes == ()) is unchanged
    assert all(one.old != one.new for one in changes)
