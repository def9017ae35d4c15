"""A scope says what the names in templates stand for, and what they could have stood for."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.policy.scope import Scope
from controller.core.policy.template import NotKnown, NoValue, Value
from controller.core.policy.variables import Variable

NAMES = {"cluster": "prod", "service": "web", "family": None, "region": ""}
VARIABLES = {
    "keep": Variable(source="{tag:env}", map={"prod": 365, "dev": 14}, default=30),
    "stage": Variable(source="{tag:env}", map={"prod": "live"}),
    "place": Variable(source="{cluster}", map={"prod": "eu"}),
    "both": Variable(source="{var:place}-{var:stage}", map={"eu-live": "top"}),
}


def scope(**tags: str) -> Scope:
    """Return the scope of a service with these tags."""
    return Scope(NAMES, tags, VARIABLES)


UNSEEN = Scope(NAMES, None, VARIABLES)


@pytest.mark.parametrize(
    ("template", "tags", "name"),
    [
        ("/ecs/{tag:team}/{service}", {"team": "shop"}, "/ecs/shop/web"),
        ("/ecs/{tag:team|shared}", {}, "/ecs/shared"),
        ("/ecs/{tag:team|shared}", {"team": ""}, "/ecs/shared"),
        ("{var:stage}", {"env": "prod"}, "live"),
        ("{var:stage|none}", {"env": "dev"}, "none"),
        ("{var:stage|none}", {}, "none"),
        ("{var:keep}d", {"env": "dev"}, "14d"),
        ("{var:keep}d", {}, "30d"),
        ("{var:both}", {"env": "prod"}, "top"),
        ("{region|nowhere}", {}, "nowhere"),
    ],
)
def test_a_template_is_rendered_by_names_tags_and_variables(
    template: str, tags: Mapping[str, str], name: str
) -> None:
    assert scope(**tags).render(template) == name


@pytest.mark.parametrize(
    ("template", "tags", "because"),
    [
        ("{tag:team}", {}, "the service has no tag team"),
        ("{tag:team}", {"team": ""}, "the service has no tag team"),
        ("{var:stage}", {}, "the service has no tag env, and the variable stage no default"),
        ("{var:stage}", {"env": "qa"}, "the variable stage has no entry for 'qa', and no default"),
        ("{var:both}", {"env": "qa"}, "the variable stage has no entry for 'qa', and no default,"),
        ("{var:nothing}", {}, "the policy has no variable nothing"),
        ("{region}", {}, "there is no region"),
    ],
)
def test_what_has_no_value_is_told(template: str, tags: Mapping[str, str], because: str) -> None:
    said = scope(**tags).render(template)

    assert isinstance(said, NoValue)
    assert said.because.startswith(because)


def test_a_long_value_of_a_tag_is_not_told_whole() -> None:
    said = scope(env="x" * 256).render("{var:stage}")

    assert isinstance(said, NoValue)
    assert len(said.because) < 120


@pytest.mark.parametrize(
    ("template", "names"),
    [
        ("{tag:team|shared}", ("tag:team",)),
        ("{var:keep}", ("tag:env",)),
        ("{var:both}{family|x}", ("tag:env", "family")),
        ("{container}", ("container",)),
    ],
)
def test_tags_that_are_not_known_are_never_taken_for_absent(
    template: str, names: tuple[str, ...]
) -> None:
    assert UNSEEN.render(template) == NotKnown(names)


def test_a_variable_keeps_a_number_a_number() -> None:
    assert scope(env="prod").variable("keep") == 365
    assert scope(env="prod").variable("stage") == "live"


def test_variables_that_name_variables_many_times_are_looked_up_once() -> None:
    links = {
        f"v{number}": Variable(
            source=f"{{var:v{number + 1}}}{{var:v{number + 1}}}", map={"xx": "x"}
        )
        for number in range(49)
    }
    chain = Scope({}, {}, {**links, "v49": Variable(source="xx", map={"xx": "x"})})

    began = time.process_time()
    assert chain.render("{var:v0}") == "x"
    assert time.process_time() - began < 1


# ── what another tag would give ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("template", "name", "answer"),
    [
        ("/ecs/{tag:team}/{service}", "/ecs/payments/web", True),
        ("/ecs/{tag:team|shared}/{service}", "/ecs/shared/web", True),
        ("/ecs/{tag:team}/{service}", "/ecs/payments/api", False),
        ("/ecs/{tag:team}/{service}", "/ecs//web", False),
        ("/ecs/{tag:team}/{service}", "/other/payments/web", False),
        ("/ecs/{var:stage}/{service}", "/ecs/staging/web", True),
        ("/ecs/{var:both}", "/ecs/x", True),
        ("/ecs/{var:place}/{service}", "/ecs/us/web", False),
        ("/ecs/{cluster}/{service}", "/ecs/test/web", False),
        ("/ecs/plain", "/ecs/plain", False),
        ("/ecs/{tag:team}/{container}", "/ecs/payments/app", False),
        ("{tag:a}*[x]?{tag:b}", "1*[x]?2", True),
        ("{tag:a}*[x]?{tag:b}", "1-x-2", False),
    ],
)
def test_a_name_is_recognised_as_that_of_another_tag(
    template: str, name: str, answer: object
) -> None:
    assert scope(env="prod").gives_otherwise(template, name) is answer


def test_many_tags_are_compared_in_no_time() -> None:
    template = "".join(f"{{tag:t{number}}}a" for number in range(12))

    began = time.process_time()
    assert not scope().gives_otherwise(template, "a" * 512 + "b")
    assert time.process_time() - began < 1


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────

PIECES = st.sampled_from(
    [
        *(f"{{{name}}}" for name in (*NAMES, "container")),
        *(f"{{var:{name}}}" for name in (*VARIABLES, "none", "stage|")),
        *("{tag:team}", "{tag:team|x}", "{tag:env}", "/", "ä", "{{"),
    ]
)
TEMPLATES = st.lists(PIECES, max_size=6).map("".join)
TAGS = st.none() | st.dictionaries(
    st.sampled_from(["team", "env"]), st.sampled_from(["", "prod", "dev", "qa", "*?["])
)


@given(TEMPLATES | st.text(alphabet="{}|:tagvrstge "), TAGS)
def test_rendering_always_answers(template: str, tags: Mapping[str, str] | None) -> None:
    said: Value = Scope(NAMES, tags, VARIABLES).render(template)

    assert isinstance(said, str | NotKnown | NoValue)


@given(TEMPLATES, TAGS, TAGS)
def test_what_another_tag_gives_is_recognised(
    template: str, tags: Mapping[str, str] | None, others: Mapping[str, str] | None
) -> None:
    here = Scope(NAMES, tags, VARIABLES).render(template)
    there = Scope(NAMES, others, VARIABLES).render(template)

    if isinstance(here, str) and isinstance(there, str) and here != there:
        assert Scope(NAMES, tags, VARIABLES).gives_otherwise(template, there)
