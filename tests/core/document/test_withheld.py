"""A value that was withheld: unresolved to a rule, no hindrance to a document's identity."""

from __future__ import annotations

import pytest
from hypothesis import given

from controller.core.document.digest import digest, plain
from controller.core.document.json import Document, Json, differ, same
from controller.core.document.path import ROOT
from controller.core.document.unresolved import WITHHELD, Unresolved
from controller.core.judge.compare import Differs, NotKnown, compare
from controller.core.judge.demand import Absent, AtLeast, OneOf, Simple, Want
from tests.strategies.json_values import json_values, places, planted

OPTIONS: Document = {"driver": "splunk", "options": {"token": WITHHELD}}


@given(json_values())
def test_a_document_is_the_same_as_itself_and_has_a_digest_whatever_was_withheld(
    value: Json,
) -> None:
    for place in places(value):
        hidden = planted(value, place, WITHHELD)

        assert same(hidden, hidden)
        assert digest(hidden)


@given(json_values(), json_values())
def test_what_surely_differs_is_not_the_same(left: Json, right: Json) -> None:
    assert differ(left, right) == (not same(left, right))


@given(json_values())
def test_nothing_surely_differs_from_itself_with_something_withheld(value: Json) -> None:
    assert not any(differ(value, planted(value, place, WITHHELD)) for place in places(value))


def test_it_has_no_truth_and_is_no_json_unless_masked() -> None:
    with pytest.raises(TypeError):
        bool(WITHHELD)
    with pytest.raises(TypeError):
        plain([WITHHELD])
    assert plain([WITHHELD], masked=True) == [{"withheld": True}]


@pytest.mark.parametrize(
    "demand",
    [
        Want(ROOT / "options", {"group": "x"}, "other keys"),
        Want(ROOT, {"driver": "awslogs", "options": {"token": "x"}}, "another driver"),
        OneOf(ROOT / "options", ({"group": "x"}, {}), "none of these"),
        Absent(ROOT / "options" / "token", "it may not be there"),
    ],
    ids=lambda one: one.message,
)
def test_what_differs_whatever_was_withheld_is_told_as_a_difference(demand: Simple) -> None:
    assert isinstance(compare(OPTIONS, demand), Differs)


@pytest.mark.parametrize(
    "demand",
    [
        Want(ROOT / "options" / "token", "x", "the value"),
        Want(ROOT / "options", {"token": "x"}, "the same keys"),
        AtLeast(ROOT / "options" / "token", 1, lambda _: 1.0, "an amount"),
    ],
    ids=lambda one: one.message,
)
def test_what_hangs_on_a_withheld_value_is_not_known(demand: Simple) -> None:
    assert isinstance(compare(OPTIONS, demand), NotKnown)


def test_what_a_file_leaves_open_stays_unknown_even_where_the_rest_differs() -> None:
    document: Document = {"options": {"token": Unresolved("Ref Token")}}

    assert isinstance(compare(document, Want(ROOT / "options", {}, "empty")), NotKnown)
