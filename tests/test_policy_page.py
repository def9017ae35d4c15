"""docs/policy.md is the language: every key of it, and examples that the program understands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from controller.app.policies import KNOWN_RULES
from controller.app.policy_tests import run_tests
from controller.core.policy.document import DOCUMENTS
from controller.core.policy.form import named_forms
from controller.core.policy.not_yet import KINDS, keys_not_yet
from controller.core.policy.parse import Parsed, parse
from controller.core.policy.problem import Source
from controller.core.policy.reference import Told, reference
from controller.core.policy.yaml.node import plain
from controller.core.policy.yaml.read import read
from controller.core.policy_test.model import PolicyTestDocument
from controller.report.markdown.policy_example import POLICIES, TEST
from tests.cli.program import ecs_logging

PAGE = (Path(__file__).parent.parent / "docs/policy.md").read_text(encoding="utf-8")
TOLD = reference({**DOCUMENTS, "PolicyTest": PolicyTestDocument})


def paths_of(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every key in a value; the members of a list stand where the list does."""
    match value:
        case dict():
            for key, child in value.items():
                yield (*path, key)
                yield from paths_of(child, (*path, key))
        case list():
            for child in value:
                yield from paths_of(child, path)
        case _:
            pass


def stated(text: str) -> set[tuple[str, ...]]:
    """Return the path of every key that the documents of a text state, their kinds first."""
    documents = [plain(one) for one in read(text).documents]
    return {
        (str(one["kind"]), *path)
        for one in documents
        if isinstance(one, dict)
        for path in paths_of(one)
    }


def parsed() -> Parsed:
    return parse([Source("policy.md", POLICIES)], known_rules=KNOWN_RULES)


def test_the_page_is_what_the_program_prints() -> None:
    assert ecs_logging("policy", "reference").stdout == PAGE, "make docs"


def test_the_example_is_valid() -> None:
    assert parsed().problems == ()


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_example_has_every_key_that_is_served(kind: str) -> None:
    there = stated(POLICIES)
    named = {(*told.path, key.name) for told in TOLD if told.path[0] == kind for key in told.keys}

    missing = {path for path in named if not any(is_at(path, one) for one in there)}

    assert missing == set()


def is_at(path: tuple[str, ...], written: tuple[str, ...]) -> bool:
    """Tell whether a key of the language stands there; a mapping by key has keys of its own."""
    if written[:3] in (("LoggingPolicy", "spec", "variables"), ("LoggingPolicy", "spec", "rules")):
        written = (*written[:3], *written[4:])
    return path == written


def test_every_key_has_an_anchor_of_its_own() -> None:
    anchors = re.findall(r'<a id="([^"]+)"></a>', PAGE)

    assert anchors == [
        ".".join((*told.path, key.name)).lower() for told in TOLD for key in told.keys
    ]
    assert len(anchors) == len(set(anchors)) > 100


def test_every_kind_of_value_is_explained() -> None:
    assert [words for words in named_forms().values() if f"| {words} | " not in PAGE] == []


def test_what_is_to_come_is_named_where_it_will_stand() -> None:
    named = {told.path: told.not_yet for told in TOLD if told.not_yet}

    assert named
    for path, keys in named.items():
        assert keys == keys_not_yet(path[1:])
    promised = re.findall(r"^Not yet: (.+?), which", PAGE, re.MULTILINE)
    assert [set(re.findall("`(.+?)`", one)) for one in promised] == [
        *map(set, named.values()),
        set(KINDS),
    ]


def test_no_text_cites_what_a_reader_does_not_have() -> None:
    assert "[fact" not in PAGE


def test_the_test_of_the_example_passes(tmp_path: Path) -> None:
    (tmp_path / "production.yaml").write_text(POLICIES)
    (tmp_path / "production.test.yaml").write_text(TEST)

    ran = run_tests([tmp_path])

    assert ran.problems == []
    assert [(one.name, one.mismatches, one.unjudged) for one in ran.tested if not one.passed] == []
    assert len(ran.tested) == 2


def test_a_mapping_that_stands_in_several_places_is_told_once() -> None:
    told: dict[str, Told] = {".".join(one.path): one for one in TOLD}

    selectors = told["LoggingPolicy.spec.match"]

    assert selectors.also == (
        ("LoggingPolicy", "spec", "exclude"),
        ("LoggingPolicy", "spec", "rollout", "waves", "match"),
        ("PolicyException", "spec", "match"),
    )
    assert "PolicyException.spec.match" not in told
