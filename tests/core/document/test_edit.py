"""Edits change what they address and share the rest; null on the way is as good as nothing."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.document.edit import Edit, Insert, NoSuchPlaceError, Remove, Set, apply
from controller.core.document.json import Document, Json
from controller.core.document.patch import json_patch
from controller.core.document.path import ROOT, Keyed, Path, named
from tests.core.document.rfc6902 import applied
from tests.strategies.json_values import TEXTS, json_values, places

WEB = ROOT / "list" / named("web")
DOCUMENT: dict[str, Json] = {
    "a": {"b": 1},
    "nothing": None,
    "list": [{"name": "db"}, {"name": "web", "x": {"y": [1]}}, "odd"],
}


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param(Set(ROOT / "a" / "b", 2), {"a": {"b": 2}}, id="replaces"),
        pytest.param(Set(ROOT / "c", 2), {"c": 2}, id="adds"),
        pytest.param(Set(ROOT / "c" / "d" / "e", 2), {"c": {"d": {"e": 2}}}, id="makes the way"),
        pytest.param(Set(ROOT / "nothing" / "d", 2), {"nothing": {"d": 2}}, id="fills a null"),
        pytest.param(Remove(ROOT / "a" / "b"), {"a": {}}, id="removes"),
        pytest.param(Remove(ROOT / "c" / "d"), {}, id="removes nothing"),
        pytest.param(Remove(ROOT / "nothing" / "d"), {}, id="removes nothing from null"),
        pytest.param(Remove(ROOT / "list" / named("ghost")), {}, id="removes no ghost"),
        pytest.param(Remove(ROOT / "c" / named("x") / "y"), {}, id="removes nothing from nowhere"),
        pytest.param(Insert(ROOT / "c", 1), {"c": [1]}, id="makes a list"),
        pytest.param(Insert(ROOT / "nothing", 1), {"nothing": [1]}, id="makes a list of null"),
    ],
)
def test_an_edit_changes_one_place(edit: Edit, expected: dict[str, Json]) -> None:
    before = copy.deepcopy(DOCUMENT)

    assert apply(DOCUMENT, [edit]) == {**DOCUMENT, **expected}
    assert before == DOCUMENT
    assert applied(DOCUMENT, json_patch(DOCUMENT, [edit])) == {**DOCUMENT, **expected}


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param(Set(WEB / "x" / "y", 2), {"name": "web", "x": {"y": 2}}, id="sets"),
        pytest.param(Remove(WEB / "x"), {"name": "web"}, id="removes"),
        pytest.param(Insert(WEB / "x" / "y", 2), {"name": "web", "x": {"y": [1, 2]}}, id="inserts"),
        pytest.param(Set(WEB, "gone"), "gone", id="replaces"),
    ],
)
def test_a_list_member_is_found_by_its_name(edit: Edit, expected: Json) -> None:
    wanted = {**DOCUMENT, "list": [{"name": "db"}, expected, "odd"]}

    assert apply(DOCUMENT, [edit]) == wanted
    assert applied(DOCUMENT, json_patch(DOCUMENT, [edit])) == wanted


def test_a_list_member_is_removed() -> None:
    assert apply(DOCUMENT, [Remove(WEB)])["list"] == [{"name": "db"}, "odd"]


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(Set(ROOT / "list" / named("ghost") / "x", 1), id="no such member"),
        pytest.param(Set(ROOT / "a" / "b" / "c", 1), id="through a number"),
        pytest.param(Insert(ROOT / "a", 1), id="into an object"),
        pytest.param(Set(ROOT, 1), id="the document as a whole"),
        pytest.param(Remove(ROOT), id="nothing left"),
    ],
)
def test_an_edit_that_leads_nowhere_is_refused(edit: Edit) -> None:
    with pytest.raises(NoSuchPlaceError):
        apply(DOCUMENT, [edit])


def test_what_is_not_on_the_way_is_shared() -> None:
    edited = apply(DOCUMENT, [Set(WEB / "x", 1)])

    assert edited["a"] is DOCUMENT["a"]


def test_the_order_of_members_stays() -> None:
    assert list(apply(DOCUMENT, [Set(ROOT / "a", 1), Set(ROOT / "z", 1)])) == [*DOCUMENT, "z"]


def test_edits_are_made_in_their_order() -> None:
    twice = (Insert(ROOT / "c", 2), Insert(ROOT / "c", 3))
    edits: list[Edit] = [Set(ROOT / "c", 1), Remove(ROOT / "c"), *twice]

    assert apply({}, edits) == {"c": [2, 3]}
    assert applied({}, json_patch({}, edits)) == {"c": [2, 3]}


DOCUMENTS = st.dictionaries(TEXTS, json_values(), max_size=4)


@st.composite
def edited(draw: st.DrawFn) -> tuple[Document, list[Edit]]:
    """Draw a document and edits near what stands in it."""
    document = draw(DOCUMENTS)
    paths = [
        Path(tuple(str(step) for step in place))
        for place in places(document)
        if all(isinstance(step, str) for step in place)
    ]
    chosen = st.sampled_from([*paths, ROOT / "new"])
    near = chosen | st.builds(lambda path, key: path / key, chosen, TEXTS)
    values = json_values(3)
    one = st.builds(Set, near, values) | st.builds(Remove, near) | st.builds(Insert, near, values)
    return document, draw(st.lists(one, max_size=4))


@given(edited())
def test_a_patch_says_what_the_edits_do_or_both_are_refused(
    drawn: tuple[Document, list[Edit]],
) -> None:
    document, edits = drawn
    before = copy.deepcopy(document)
    try:
        wanted = apply(document, edits)
    except NoSuchPlaceError:
        with pytest.raises(NoSuchPlaceError):
            json_patch(document, edits)
        return

    assert applied(document, json_patch(document, edits)) == wanted
    assert document == before


def test_a_member_is_addressed_by_any_key() -> None:
    document = {"volumes": [{"id": "a"}, {"id": "b"}]}

    assert apply(document, [Set(ROOT / "volumes" / Keyed("id", "b") / "x", 1)]) == {
        "volumes": [{"id": "a"}, {"id": "b", "x": 1}]
    }
