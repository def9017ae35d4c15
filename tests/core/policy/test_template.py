"""Templates give a name when all in them is known and has a value, and otherwise say what lacks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.policy.template import (
    VARIABLES,
    NotKnown,
    NoValue,
    Placeholder,
    Value,
    names_in,
    parts,
    render,
    unbalanced,
)

VALUES = {"cluster": "prod", "service": "web", "tag:team": "shop", "tag:a b": "x"}
NONE = NoValue("there is none")


def value_of(name: str) -> Value:
    return NONE if name == "tag:none" else VALUES.get(name, NotKnown((name,)))


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("/ecs/{cluster}/{service}", "/ecs/prod/web"),
        ("{service}{service}", "webweb"),
        ("plain", "plain"),
        ("", ""),
        ("{{cluster}}", "{cluster}"),
        ("{{{cluster}}}", "{prod}"),
        ("a}}b{{c", "a}b{c"),
        ("/{tag:team}/{tag:a b}", "/shop/x"),
        ("{tag:team|shared}", "shop"),
        ("{tag:none|shared}", "shared"),
        ("{tag:none|}-", "-"),
        ("{tag:none|a|b}", "a|b"),
    ],
)
def test_a_template_gives_a_name(template: str, name: str) -> None:
    assert render(template, value_of) == name


def test_what_is_not_known_is_told_by_name_each_once() -> None:
    rendered = render("{family}/{cluster}/{account}/{family}", value_of)

    assert rendered == NotKnown(("family", "account"))


def test_a_default_never_stands_for_what_is_not_known() -> None:
    assert render("{family|shared}", value_of) == NotKnown(("family",))


def test_what_has_no_value_is_told_before_what_is_not_known() -> None:
    assert render("{family}{tag:none}", value_of) == NONE


def test_a_value_that_looks_like_a_template_is_taken_as_it_is() -> None:
    assert render("{cluster}", lambda _: "{service}") == "{service}"


@pytest.mark.parametrize("template", ["{", "}", "a{cluster", "{a{b}", "{{}", "{}}", "{a|{b}}"])
def test_a_brace_without_a_partner_is_noticed(template: str) -> None:
    assert unbalanced(template)


@pytest.mark.parametrize("template", ["", "a", "{cluster}", "{{", "}}", "{{{cluster}}}", "{}"])
def test_braces_in_pairs_are_fine(template: str) -> None:
    assert not unbalanced(template)


def test_a_template_tells_its_placeholders_and_what_is_around_them() -> None:
    template = "/{cluster}/{{x}}/{tag:team|shared}{cluster|}"
    literals, placeholders = parts(template)

    assert names_in(template) == ("cluster", "tag:team")
    assert literals == ("/", "/{x}/", "", "")
    assert placeholders == (
        Placeholder("cluster"),
        Placeholder("tag:team", "shared"),
        Placeholder("cluster", ""),
    )
    assert "".join(str(one) for one in placeholders) == "{cluster}{tag:team|shared}{cluster|}"


@given(
    st.lists(st.tuples(st.text(alphabet="ab{}/"), st.sampled_from(VARIABLES)), max_size=4),
    st.text(alphabet="ab{}/"),
)
def test_rendering_puts_values_between_the_literals(
    pieces: list[tuple[str, str]], tail: str
) -> None:
    def escaped(text: str) -> str:
        return text.replace("{", "{{").replace("}", "}}")

    # A variable may follow an escaped brace at once, so each is set apart.
    template = "".join(f"{escaped(text)}-{{{name}}}-" for text, name in pieces) + escaped(tail)

    rendered = render(template, str.upper)

    assert rendered == "".join(f"{text}-{name.upper()}-" for text, name in pieces) + tail
    assert not unbalanced(template)
    assert "".join(parts(template)[0]) == "".join(f"{text}--" for text, _ in pieces) + tail


@given(st.text(alphabet="{}|:agtcluster"))
def test_rendering_answers_to_any_template(template: str) -> None:
    assert isinstance(render(template, value_of), str | NotKnown | NoValue)
