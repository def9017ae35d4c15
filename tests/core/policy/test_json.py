from __future__ import annotations

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from controller.core.policy.yaml.json import read
from controller.core.policy.yaml.node import follow, plain

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
INDENTS = st.sampled_from([None, 0, 2, "\t"])


def told(text: str) -> list[str]:
    """Return the defects of a text, each as `line:column message`."""
    return [f"{one.mark.line}:{one.mark.column} {one.fault.message}" for one in read(text).defects]


@given(VALUES, INDENTS, st.booleans())
def test_a_text_means_what_json_says(value: object, indent: int | None, ascii_only: bool) -> None:  # noqa: FBT001  # drawn
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)

    reading = read(text)

    assert reading.defects == ()
    assert plain(reading.documents[0]) == json.loads(text)


@given(VALUES, INDENTS, st.data())
def test_a_damaged_text_is_refused_exactly_when_json_refuses_it(
    value: object, indent: int | None, data: st.DataObject
) -> None:
    text = json.dumps(value, indent=indent)
    at = data.draw(st.integers(0, len(text) - 1))
    damaged = text[:at] + data.draw(st.sampled_from(["", *'{}[],:"\\01-.eN '])) + text[at + 1 :]
    assume("\\u" not in damaged)  # half a character is refused by us alone
    refused = False
    try:
        pairs = json.loads(damaged, object_pairs_hook=lambda pairs: pairs)
        assume("NaN" not in damaged)
        assume("Infinity" not in damaged)
        refused = has_twins(pairs)
    except ValueError:
        refused = True

    assert bool(read(damaged).defects) is refused


def has_twins(value: object) -> bool:
    """Tell whether some object of a document, each as a list of pairs, has a key twice."""
    if not isinstance(value, list):
        return False
    pairs = [one for one in value if isinstance(one, tuple)]
    children = [one[1] if isinstance(one, tuple) else one for one in value]
    return len({key for key, _ in pairs}) < len(pairs) or any(map(has_twins, children))


def test_a_value_is_found_at_its_place() -> None:
    node = read('{\n\t"a": [1,\r\n  {"ü": "x", "b": true}]}').documents[0]

    entry = follow(node, ("a", 1, "b"))

    assert (entry.mark.line, entry.mark.column) == (3, 14)
    assert (entry.node.mark.line, entry.node.mark.column) == (3, 19)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('{"a": 1,}', "1:9 a key in double quotes is wanted here", "remove the comma before it"),
        ("[1,\n]", "2:1 a value is wanted here", "remove the comma before it"),
        ("[]]", "1:3 this follows the end of the document", "is a bracket one too many?"),
        (
            "{'a': 1}",
            "1:2 a key in double quotes is wanted here",
            "JSON puts texts in double quotes",
        ),
        ("// x\n{}", "1:1 a value is wanted here", "JSON knows no comments"),
        ('{"a" 1}', "1:6 a colon is wanted here", None),
        ("[1 2]", "1:4 a comma or `]` is wanted here", None),
        ("[1, 2", "1:6 the text ends here, where a comma or `]` is wanted", "is it cut off?"),
        ("[NaN]", "1:2 a value is wanted here", None),
        ("[01]", "1:2 a value is wanted here", None),
        (" \n", "2:1 the file is empty", "write a JSON object"),
    ],
)
def test_what_is_no_json_is_told_with_its_place_and_a_remedy(
    text: str, message: str, hint: str | None
) -> None:
    assert told(text) == [message]
    assert read(text).defects[0].fault.hint == hint


def test_a_key_that_is_given_twice_spoils_nothing_else() -> None:
    reading = read('{"a": 1, "b": 2, "a": 3}')

    assert told('{"a": 1, "b": 2, "a": 3}') == [
        "1:18 this key is already given at line 1, column 2"
    ]
    assert plain(reading.documents[0]) == {"a": 1, "b": 2}


def test_half_a_character_is_a_defect() -> None:
    assert told('["\\ud83d"]') == ["1:2 this text holds half of a character, a lone surrogate"]


def test_no_message_shows_a_value_of_the_text() -> None:
    secrets = ['{"password": hunter2}', '{"p": "hunter2', '{"p": "x" hunter2}', "hunter2"]

    assert [text for text in secrets if "hunter2" in f"{read(text).defects}"] == []


def test_neither_depth_nor_size_can_exhaust_us() -> None:
    assert told("[" * 100_000) == ["1:51 values are nested deeper than 50"]
    assert told('"' + "a" * (1024 * 1024) + '"') == ["1:1 the file is larger than 1 MiB"]
    assert told("[" + "9" * 5000 + "]") == ["1:2 a value is wanted here"]
