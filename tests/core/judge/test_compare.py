"""One demand and one document: equal, different, or not to be known."""

from __future__ import annotations

import pytest

from controller.core.document import edit
from controller.core.document.json import Document, Json, text
from controller.core.document.path import ROOT
from controller.core.document.unresolved import Unresolved
from controller.core.judge.compare import Comparison, Differs, Met, NotKnown, compare
from controller.core.judge.demand import Absent, AtLeast, Insert, OneOf, Simple, Together, Want

A, B = ROOT / "a", ROOT / "b"
HOLE = Unresolved("Ref Name")


def length(value: Json) -> float | None:
    """Measure a text by its length."""
    return None if text(value) is None else len(str(value))


def want(value: Json, absent: Json = "unset") -> Want:
    return Want(A, value, "told") if absent == "unset" else Want(A, value, "told", absent=absent)


SET = Differs((edit.Set(A, "x"),))
ONE_OF = OneOf(A, ("x", "y"), "told")
AT_LEAST = AtLeast(A, "xxx", length, "told")


@pytest.mark.parametrize(
    ("document", "demand", "expected"),
    [
        pytest.param({"a": "x"}, want("x"), Met(), id="Want: it is there"),
        pytest.param({"a": "y"}, want("x"), SET, id="Want: another is"),
        pytest.param({}, want("x"), SET, id="Want: nothing is"),
        pytest.param({"a": None}, want("x"), SET, id="Want: null is"),
        pytest.param({}, want("x", absent="x"), Met(), id="Want: absence means it"),
        pytest.param({}, want("x", absent="y"), SET, id="Want: absence means another"),
        pytest.param({"a": "y"}, want("x", absent="x"), SET, id="Want: absence does not matter"),
        pytest.param({"a": 1}, want(True), Differs((edit.Set(A, True),)), id="Want: 1 is not true"),
        pytest.param({"a": "y"}, ONE_OF, Met(), id="OneOf: the second"),
        pytest.param({"a": "z"}, ONE_OF, SET, id="OneOf: none, so the first is put"),
        pytest.param({"a": "xxxx"}, AT_LEAST, Met(), id="AtLeast: more"),
        pytest.param({"a": "yyy"}, AT_LEAST, Met(), id="AtLeast: as much"),
        pytest.param(
            {"a": "y"}, AT_LEAST, Differs((edit.Set(A, "xxx"),)), id="AtLeast: not enough"
        ),
        pytest.param(
            {"a": 7}, AT_LEAST, Differs((edit.Set(A, "xxx"),)), id="AtLeast: it has no measure"
        ),
        pytest.param({}, AT_LEAST, Differs((edit.Set(A, "xxx"),)), id="AtLeast: nothing"),
        pytest.param({}, Absent(A, "told"), Met(), id="Absent: it is"),
        pytest.param(
            {"a": None}, Absent(A, "told"), Differs((edit.Remove(A),)), id="Absent: null stands"
        ),
        pytest.param({"a": ["x"]}, Insert(A, "x", "told"), Met(), id="Insert: it is in the list"),
        pytest.param(
            {"a": ["y"]},
            Insert(A, "x", "told"),
            Differs((edit.Insert(A, "x"),)),
            id="Insert: it is not",
        ),
        pytest.param(
            {}, Insert(A, "x", "told"), Differs((edit.Insert(A, "x"),)), id="Insert: no list"
        ),
    ],
)
def test_what_is_known_is_met_or_differs(
    document: dict[str, Json], demand: Simple, expected: Comparison
) -> None:
    assert compare(document, demand) == expected


@pytest.mark.parametrize(
    ("document", "demand", "wanted"),
    [
        pytest.param({"a": HOLE}, want("x"), False, id="what is"),
        pytest.param({"a": {"deep": [HOLE]}}, want("x"), False, id="a part of what is"),
        pytest.param({"a": "x"}, want(HOLE), True, id="what must be"),
        pytest.param({"a": HOLE}, want(HOLE), True, id="both"),
        pytest.param({}, want("x", absent=HOLE), False, id="what absence means"),
        pytest.param({"a": HOLE}, ONE_OF, False, id="OneOf"),
        pytest.param({"a": "x"}, OneOf(A, (HOLE,), "told"), True, id="OneOf unknown"),
        pytest.param({"a": HOLE}, AT_LEAST, False, id="AtLeast"),
        pytest.param({"a": HOLE}, Absent(A, "told"), False, id="Absent"),
        pytest.param({"a": [HOLE, "x"]}, Insert(A, "x", "told"), False, id="Insert"),
        pytest.param({"a": HOLE}, Want(A / "b", "x", "told"), False, id="beneath a hole"),
        pytest.param({"a": "text"}, Want(A / "b", "x", "told"), False, id="through a text"),
        pytest.param({"a": [1]}, Absent(A / "b", "told"), False, id="through a list"),
        pytest.param({"a": {}}, Insert(A, "x", "told"), False, id="into an object"),
    ],
)
def test_what_is_not_known_or_has_another_shape_is_neither(
    document: dict[str, Json], demand: Simple, *, wanted: bool
) -> None:
    compared = compare(document, demand)

    assert isinstance(compared, NotKnown)
    assert compared.wanted is wanted


def test_a_hole_says_why() -> None:
    assert compare({"a": HOLE}, want("x")) == NotKnown("Ref Name", wanted=False)


MODE = OneOf(A, ("x",), "told", absent="x")
SIZE = AtLeast(B, "xxx", length, "told", absent="xx")


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        pytest.param({"a": "x", "b": "yyy"}, Met(), id="both are met"),
        pytest.param({"b": "yyy"}, Met(), id="one by what absence means"),
        pytest.param(
            {}, Differs((edit.Set(A, "x"), edit.Set(B, "xxx"))), id="one is not: both are put"
        ),
        pytest.param({"a": "x"}, Differs((edit.Set(B, "xxx"),)), id="what stands is not put again"),
        pytest.param({"a": HOLE, "b": "y"}, NotKnown("Ref Name", wanted=False), id="one unknown"),
    ],
)
def test_demands_that_belong_together_are_put_together_or_not_at_all(
    document: Document, expected: Comparison
) -> None:
    assert compare(document, Together((MODE, SIZE), "told")) == expected
