"""A patch is RFC 6902: by position, new values only, and understood by others."""

from __future__ import annotations

import jsonpatch
import pytest

from controller.core.document.edit import Edit, Insert, NoSuchPlaceError, Remove, Set
from controller.core.document.json import Document
from controller.core.document.patch import json_patch, pointer
from controller.core.document.path import ROOT, named

DOCUMENT: Document = {"list": [{"name": "db"}, {"name": "web", "a/b": {"c~d": 1}}], "nothing": None}
WEB = ROOT / "list" / named("web")


def test_a_list_member_is_shown_by_its_position() -> None:
    assert json_patch(DOCUMENT, [Set(WEB / "x", 1)]) == (
        {"op": "add", "path": "/list/1/x", "value": 1},
    )


def test_a_position_is_that_after_the_edits_before() -> None:
    edits = [Remove(ROOT / "list" / named("db")), Remove(WEB / "a/b")]

    paths = [one["path"] for one in json_patch(DOCUMENT, edits)]
    assert paths == ["/list/0", "/list/0/a~1b"]


def test_slashes_and_tildes_are_escaped() -> None:
    assert pointer(DOCUMENT, WEB / "a/b" / "c~d") == "/list/1/a~1b/c~0d"


def test_what_stands_is_replaced_and_never_shown() -> None:
    assert json_patch({"a": "secret"}, [Set(ROOT / "a", "b")]) == (
        {"op": "replace", "path": "/a", "value": "b"},
    )


def test_what_is_missing_on_the_way_is_made_and_so_is_what_is_null() -> None:
    made = json_patch(DOCUMENT, [Set(ROOT / "x" / "y", 1), Set(ROOT / "nothing" / "y", 1)])

    assert [(one["op"], one["path"]) for one in made] == [
        ("add", "/x"),
        ("add", "/x/y"),
        ("add", "/nothing"),
        ("add", "/nothing/y"),
    ]


def test_an_edit_that_changes_nothing_yields_no_operation() -> None:
    assert json_patch(DOCUMENT, [Remove(ROOT / "ghost")]) == ()


def test_a_member_that_is_not_there_has_no_pointer() -> None:
    with pytest.raises(NoSuchPlaceError, match="there is no member"):
        pointer(DOCUMENT, ROOT / "list" / named("ghost"))


def test_another_reader_of_patches_makes_the_same_of_it() -> None:
    edits: list[Edit] = [
        Set(WEB / "x" / "y", 1),
        Insert(ROOT / "list", {"name": "c"}),
        Remove(WEB / "a/b"),
    ]

    patched = jsonpatch.apply_patch(DOCUMENT, list(json_patch(DOCUMENT, edits)))
    assert patched["list"] == [{"name": "db"}, {"name": "web", "x": {"y": 1}}, {"name": "c"}]
