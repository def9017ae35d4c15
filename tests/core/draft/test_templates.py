"""Names become the templates that give them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.draft.templates import PREFERRED, preference, templates
from controller.core.policy.naming import LOG_GROUP, LOG_STREAM, Naming, template_faults
from controller.core.policy.template import render

VALUES = {"cluster": "prod", "service": "web", "family": "shop-web", "region": "eu-central-1"}


def best(name: str, values: Mapping[str, str] = VALUES, naming: Naming = LOG_GROUP) -> str:
    """Return the template that is meant, as far as one name alone can tell."""
    return min(templates(name, values, naming), key=preference)


@pytest.mark.parametrize(
    ("name", "template"),
    [
        ("/ecs/prod/web", "/ecs/{cluster}/{service}"),
        ("/ecs/shop-web", "/ecs/{family}"),
        ("/ecs/prod-web", "/ecs/{cluster}-{service}"),
        ("/aws/ecs/prod", "/aws/ecs/{cluster}"),
        ("/eu-central-1/web", "/{region}/{service}"),
        ("/ecs/website", "/ecs/website"),
        ("/ecs/production", "/ecs/production"),
        ("shared", "shared"),
    ],
)
def test_words_that_are_values_become_variables(name: str, template: str) -> None:
    assert best(name) == template


def test_where_service_and_family_are_one_the_service_is_meant() -> None:
    assert best("/ecs/web", {"service": "web", "family": "web"}) == "/ecs/{service}"


def test_a_word_that_is_only_the_name_of_a_container_stays_a_word() -> None:
    assert best("/ecs/app", {"service": "web", "container": "app"}) == "/ecs/app"
    assert "/ecs/{container}" in templates("/ecs/app", {"container": "app"}, LOG_GROUP)


def test_the_name_itself_is_one_of_its_templates() -> None:
    assert "/ecs/prod/web" in templates("/ecs/prod/web", VALUES, LOG_GROUP)


@pytest.mark.parametrize("name", ["", "a b", "x" * 513, "aws/ecs", "{service}"])
def test_what_no_template_may_give_has_none(name: str) -> None:
    assert templates(name, VALUES, LOG_GROUP) == frozenset()


def test_braces_in_a_stream_prefix_are_doubled() -> None:
    assert templates("{x}", {}, LOG_STREAM) == {"{{x}}"}


WORDS = st.text("ab", min_size=1, max_size=3)
PARTS = st.lists(WORDS | st.sampled_from(["/", "-", "_", "."]), min_size=1, max_size=8).map("".join)


@given(name=PARTS, values=st.dictionaries(st.sampled_from(PREFERRED), PARTS))
def test_every_template_is_valid_and_gives_the_name(name: str, values: dict[str, str]) -> None:
    found = templates(name, values, LOG_GROUP)

    assert name in found
    assert {render(one, values.__getitem__) for one in found} == {name}
    assert [one for one in found if template_faults(one, LOG_GROUP)] == []


@given(name=PARTS, values=st.dictionaries(st.sampled_from(PREFERRED), PARTS))
def test_the_preference_tells_all_templates_apart(name: str, values: dict[str, str]) -> None:
    found = templates(name, values, LOG_GROUP)

    assert len({preference(one) for one in found}) == len(found)
