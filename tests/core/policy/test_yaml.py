"""YAML 1.2 is read as what it says, with its places, and nothing in it can exhaust the reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from controller.core.policy.problem import Reason
from controller.core.policy.yaml.node import Mark, Node, follow, height, plain
from controller.core.policy.yaml.read import MAX_BYTES, Reading, read


def document(text: str) -> Node:
    """Return the only document of a text without defects."""
    reading = read(text)
    assert reading.defects == ()
    (node,) = reading.documents
    return node


def defects(reading: Reading) -> list[tuple[int, int, Reason]]:
    return [(one.mark.line, one.mark.column, one.fault.reason) for one in reading.defects]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Off", "Off"),
        ("yes", "yes"),
        ("20:30", "20:30"),
        ("2027-03-31", "2027-03-31"),
        ("1_000", "1_000"),
        ("10%", "10%"),
        ("001122334455", 1122334455),
        ("-7", -7),
        ("0o17", 15),
        ("0xff", 255),
        ("1.5e3", 1500.0),
        (".5", 0.5),
        ("-.inf", float("-inf")),
        ("9" * 30, 1e30),
        ("9" * 400, float("inf")),
        ("true", True),
        ("False", False),
        ("tRUE", "tRUE"),
        ("~", None),
        ("null", None),
        ("", None),
        ('"1"', "1"),
        ("'true'", "true"),
        ("|\n  a\n  b\n", "a\nb\n"),
        (">-\n  a\n  b\n", "a b"),
    ],
)
def test_a_scalar_means_what_yaml_1_2_says(text: str, value: object) -> None:
    assert plain(document(f"k: {text}")) == {"k": value}


def test_not_a_number_is_a_float() -> None:
    assert str(plain(document(".nan"))) == "nan"


def test_keys_are_texts_whatever_they_look_like() -> None:
    assert plain(document('1: a\ntrue: b\n~: c\n"d": e')) == {
        "1": "a",
        "true": "b",
        "~": "c",
        "d": "e",
    }


def test_every_value_knows_where_it_stands() -> None:
    root = document("a:\n  - b\n  - c: {d: e}\nf:\n\ng: 1")

    assert follow(root, ("a", 1, "c", "d")).mark == Mark(3, 9)
    assert follow(root, ("a", 1, "c", "d")).node.mark == Mark(3, 12)
    assert follow(root, ("a", 0)).mark == Mark(2, 5)
    assert follow(root, ("f",)).node.mark == Mark(4, 1)


def test_a_path_that_ends_early_ends_at_what_is_there() -> None:
    root = document("a:\n  b: [c]")

    assert follow(root, ("a", "x", "y")).mark == Mark(1, 1)
    assert follow(root, ("a", "b", 7)).mark == Mark(2, 3)
    assert follow(root, ("x",)).mark == Mark(1, 1)


def test_places_count_characters_and_know_every_end_of_line() -> None:
    root = document("\ufeffé: [ü, ö]\r\nb: 1\rc: 2")

    assert follow(root, ("é", 1)).mark == Mark(1, 8)
    assert follow(root, ("b",)).mark == Mark(2, 1)
    assert follow(root, ("c",)).mark == Mark(3, 1)


def test_a_file_may_hold_several_documents() -> None:
    reading = read("a: 1\n---\nb: &x 2\n...\n---\n")

    assert [plain(node) for node in reading.documents] == [{"a": 1}, {"b": 2}, None]
    assert reading.defects == ()


def test_an_alias_repeats_its_anchor_and_keeps_the_place_of_it() -> None:
    root = document("a: &x {k: 1}\nb: *x")

    assert plain(root) == {"a": {"k": 1}, "b": {"k": 1}}
    assert follow(root, ("b", "k")).mark == Mark(1, 8)


def test_merged_keys_give_way_to_the_mapping_s_own_and_to_earlier_ones() -> None:
    root = document("a: &a {k: 1, l: 1}\nb: &b {k: 2, m: 2}\nc: {l: 3, <<: [*a, *b]}")

    assert plain(follow(root, ("c",)).node) == {"k": 1, "l": 3, "m": 2}


def test_a_merge_key_in_quotes_is_a_key_like_any_other() -> None:
    assert plain(document('"<<": {k: 1}')) == {"<<": {"k": 1}}


def test_a_key_given_twice_names_both_places_and_keeps_the_first() -> None:
    reading = read("a: 1\nb:\n  c: 1\n  c: 2\na: 3")

    assert defects(reading) == [(4, 3, Reason.DUPLICATE_KEY), (5, 1, Reason.DUPLICATE_KEY)]
    assert reading.defects[1].fault.message == "`a` is already given at line 1, column 1"
    assert [plain(node) for node in reading.documents] == [{"a": 1, "b": {"c": 1}}]


@pytest.mark.parametrize("tag", ["!Ref", "!!str", "!!python/object:os.system", "!<x:y>"])
def test_a_tag_is_refused(tag: str) -> None:
    assert defects(read(f"a: {tag} b")) == [(1, 4, Reason.TAG_REFUSED)]


@pytest.mark.parametrize("text", ["a: !Ref [b]", "a: !Ref {b: c}"])
def test_a_tag_on_a_collection_is_refused(text: str) -> None:
    assert defects(read(text)) == [(1, 4, Reason.TAG_REFUSED)]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: [b", 1, 4),
        ("a: b: c", 1, 5),
        ("\t- x", 1, 1),
        ("a: 'x", 1, 4),
        ("a: 1\n b: 2", 2, 3),
        ("a: @b", 1, 4),
        ("a\n\x00b", 2, 1),
        ('"\\UFFFFFFFF"', 1, 1),
        ("%YAML 1.1\n--- a", 2, 1),
        ("%YAML 2.0\n--- a", 1, 1),
        ("a: *x", 1, 4),
        ("a: &x [*x]", 1, 8),
        ("a: &x 1\n---\nb: *x", 3, 4),
        ("[a]: b", 1, 1),
        ("{a: b}: c", 1, 1),
        ("<<: b", 1, 5),
        ("<<: [{}, b]", 1, 10),
    ],
)
def test_what_is_no_yaml_is_told_at_its_place(text: str, line: int, column: int) -> None:
    assert defects(read(text)) == [(line, column, Reason.SYNTAX)]


@pytest.mark.parametrize(
    ("text", "line", "column", "opened"),
    [
        ('a: "b\nc: d\n', 1, 4, '"'),
        ("a: 'b\n---\nc: d\n", 1, 4, "'"),
        ("a: 1\nb: [c,\n  d\n", 2, 4, "["),
        ("a: [[x], # [\n", 1, 4, "["),
        ("a: [{b: c}, {d:\n---\n", 1, 13, "{"),
        ('{"a": [1,\n"b"\n', 1, 7, "["),
    ],
)
def test_what_is_never_closed_is_told_where_it_was_opened(
    text: str, line: int, column: int, opened: str
) -> None:
    (defect,) = read(text).defects

    assert (defect.mark.line, defect.mark.column) == (line, column)
    assert defect.fault.message == f"{opened} is opened here, and never closed"


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("group: {cluster}-logs", 8),
        ("group: /ecs/{cluster}: x", 13),
        ("a: {group: /ecs/{cluster}}", 17),
        ("- {service}/{cluster}", 3),
        ("a: [{service}-x]", 5),
    ],
)
def test_a_template_without_quotes_that_breaks_yaml_is_recognised(text: str, column: int) -> None:
    reading = read(text)

    assert defects(reading) == [(1, column, Reason.UNQUOTED_TEMPLATE)]
    assert "quotes" in (reading.defects[0].fault.hint or "")


def test_what_came_before_a_fault_of_syntax_is_read() -> None:
    reading = read("a: 1\n---\nb: [")

    assert [plain(node) for node in reading.documents] == [{"a": 1}]
    assert defects(reading) == [(3, 4, Reason.SYNTAX)]


# ── bounds ────────────────────────────────────────────────────────────────────────────────────────


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


def laughing(lines: int) -> Iterator[str]:
    yield "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"
    for line in range(1, lines):
        yield f"a{line}: &a{line} [{', '.join([f'*a{line - 1}'] * 10)}]"


def test_fifty_levels_are_read() -> None:
    assert height(document(nested(50))) == 50


@pytest.mark.parametrize("text", [nested(51), "[" * 100_000, "- " * 100_000])
def test_more_levels_are_refused(text: str) -> None:
    assert [reason for _, _, reason in defects(read(text))] == [Reason.TOO_LARGE]


def test_levels_that_aliases_add_count() -> None:
    thirty, forty = f"a: &a {nested(30)}\n", f"b: &b {'[' * 10}*a{']' * 10}\n"

    assert height(document(f"{thirty}{forty}c: {'[' * 9}*b{']' * 9}")) == 50
    assert defects(read(f"{thirty}{forty}c: {'[' * 10}*b{']' * 10}")) == [(3, 14, Reason.TOO_LARGE)]


def test_aliases_cannot_multiply_without_bound() -> None:
    reading = read("\n".join(laughing(12)))

    assert reading.documents == ()
    assert [reason for _, _, reason in defects(reading)] == [Reason.TOO_LARGE]


def test_the_bound_holds_over_all_documents_of_a_file() -> None:
    reading = read("\n---\n".join(["\n".join(laughing(4))] * 10))

    assert 0 < len(reading.documents) < 10
    assert [reason for _, _, reason in defects(reading)] == [Reason.TOO_LARGE]


def test_a_file_is_at_most_one_mebibyte() -> None:
    comment = "#" * (MAX_BYTES - 5)

    assert read(f"a: 1\n{comment}").defects == ()
    assert defects(read(f"a: 1\n{comment}#")) == [(1, 1, Reason.TOO_LARGE)]
    assert defects(read("é" * (MAX_BYTES // 2 + 1))) == [(1, 1, Reason.TOO_LARGE)]
