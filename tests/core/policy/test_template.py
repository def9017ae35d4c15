"""Templates give a name when everything in them is known, and otherwise say what is missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.policy.template import (
    VARIABLES,
    Missing,
    literals,
    render,
    unbalanced,
    variables,
)

VALUES = {"cluster": "prod", "service": "web", "family": None}


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
    ],
)
def test_a_template_gives_a_name(template: str, name: str) -> None:
    assert render(template, VALUES) == name


def test_a_value_that_is_not_known_is_missing_as_one_that_is_not_there() -> None:
    rendered = render("{family}/{cluster}/{account}/{family}", VALUES)

    assert rendered == Missing(("family", "account"))


def test_a_value_that_looks_like_a_template_is_taken_as_it_is() -> None:
    assert render("{cluster}", {"cluster": "{service}", "service": "web"}) == "{service}"


@pytest.mark.parametrize("template", ["{", "}", "a{cluster", "{a{b}", "{{}", "{}}"])
def test_a_brace_without_a_partner_is_noticed(template: str) -> None:
    assert unbalanced(template)


@pytest.mark.parametrize("template", ["", "a", "{cluster}", "{{", "}}", "{{{cluster}}}", "{}"])
def test_braces_in_pairs_are_fine(template: str) -> None:
    assert not unbalanced(template)


def test_a_template_tells_its_variables_and_what_is_around_them() -> None:
    assert variables("/{cluster}/{{x}}/{service}{cluster}") == ("cluster", "service")
    assert literals("/{cluster}/{{x}}/{service}{cluster}") == ("/", "/{x}/", "", "")


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
    values = {name: name.upper() for name in VARIABLES}

    rendered = render(template, values)

    assert rendered == "".join(f"{text}-{name.upper()}-" for text, name in pieces) + tail
    assert not unbalanced(template)
    assert "".join(literals(template)) == "".join(f"{text}--" for text, _ in pieces) + tail


@given(st.text(alphabet="{}abcluster"), st.dictionaries(st.sampled_from(VARIABLES), st.none()))
def test_rendering_answers_to_any_template(template: str, values: dict[str, str | None]) -> None:
    assert isinstance(render(template, values), str | Missing)
