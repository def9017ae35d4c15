"""Globs match whole names, and nothing but `*` and `?` is special in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.policy.glob import covers, matches, matches_any

PATTERNS = st.text(alphabet="ab*?[]", max_size=5)
TEXTS = st.text(alphabet="ab*?[]", max_size=6)


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("prod-*", "prod-eu", True),
        ("prod-*", "prod-", True),
        ("prod-*", "a-prod-eu", False),
        ("prod", "prod-eu", False),
        ("Prod-*", "prod-eu", False),
        ("prod-?", "prod-1", True),
        ("prod-?", "prod-12", False),
        ("*/envoy*", "registry/team/envoy:v1@sha256:00", True),
        ("[ab]", "a", False),
        ("[ab]", "[ab]", True),
        ("[!a]", "b", False),
        ("a.c", "abc", False),
        ("a\\d", "a1", False),
        ("", "", True),
        ("*", "two\nlines", True),
    ],
)
def test_a_glob_fits_whole_names_letter_by_letter(pattern: str, text: str, *, fits: bool) -> None:
    assert matches(pattern, text) is fits


def test_one_of_several_globs_is_enough() -> None:
    assert matches_any(("a", "b*"), "bc")
    assert not matches_any(("a", "b*"), "c")
    assert not matches_any((), "c")


def test_many_stars_take_no_more_time_than_one() -> None:
    assert not matches("a*" * 30 + "b", "a" * 5_000)


@given(PATTERNS)
def test_a_glob_without_wildcards_fits_itself_alone(pattern: str) -> None:
    literal = pattern.replace("*", "").replace("?", "")

    assert matches(literal, literal)
    assert not matches(literal, literal + "a")


@given(PATTERNS, PATTERNS, TEXTS)
def test_what_a_glob_covers_it_fits(wide: str, narrow: str, text: str) -> None:
    if covers(wide, narrow) and matches(narrow, text):
        assert matches(wide, text)


@given(PATTERNS)
def test_everything_is_covered_by_a_star(pattern: str) -> None:
    assert covers("*", pattern)
