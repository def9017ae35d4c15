"""A container's destination is the first that selects it; some containers are left alone."""

from __future__ import annotations

import pytest

from controller.core.policy.containers import Traits, any_fits, destination_for, is_excluded
from controller.core.policy.model import Awslogs, ContainerSelector, Destination
from tests.core.policy.written import DESTINATION, sending

AUDIT = Destination(
    containers=(ContainerSelector(names=("audit-*",)), ContainerSelector(images=("*/audit:*",))),
    awslogs=Awslogs(group="/audit", stream_prefix="audit"),
)
NARROW = Destination(
    containers=(ContainerSelector(names=("audit-*",), images=("*:v2",)),),
    awslogs=Awslogs(group="/narrow", stream_prefix="narrow"),
)


@pytest.mark.parametrize(
    ("name", "image", "destination"),
    [
        ("audit-1", "any", AUDIT),
        ("web", "registry/audit:v1", AUDIT),
        ("web", "registry/web:v1", DESTINATION),
        ("Audit-1", "any", DESTINATION),
    ],
)
def test_any_selector_of_a_destination_is_enough(
    name: str, image: str, destination: Destination
) -> None:
    assert destination_for(sending(AUDIT), Traits(name, image)) == destination


def test_the_first_destination_that_selects_a_container_is_its_own() -> None:
    assert destination_for(sending(NARROW, AUDIT), Traits("audit-1", "x:v2")) == NARROW
    assert destination_for(sending(AUDIT, NARROW), Traits("audit-1", "x:v2")) == AUDIT


def test_within_a_selector_name_and_image_must_fit() -> None:
    assert destination_for(sending(NARROW), Traits("audit-1", "x:v1")) == DESTINATION
    assert destination_for(sending(NARROW), Traits("web", "x:v2")) == DESTINATION


def test_containers_are_left_alone_by_name_or_image() -> None:
    policy = sending(
        exclude=[
            ContainerSelector(names=("datadog-agent",)),
            ContainerSelector(images=("*/envoy*",)),
        ]
    )

    assert is_excluded(policy, Traits("datadog-agent", "any"))
    assert is_excluded(policy, Traits("proxy", "public/envoy:v1"))
    assert not is_excluded(policy, Traits("web", "web:1"))


def test_without_an_exclusion_no_container_is_left_alone() -> None:
    assert not is_excluded(sending(), Traits("web", "web:1"))


def test_containers_are_selected_by_whether_they_are_essential() -> None:
    helpers = sending(exclude=[ContainerSelector(essential=False)])

    assert is_excluded(helpers, Traits("init", "x", essential=False))
    assert is_excluded(helpers, Traits("web", "x", essential=True)) is False
    assert is_excluded(helpers, Traits("web", "x")) is False


def test_a_trait_that_is_not_known_leaves_open_only_what_it_decides() -> None:
    by_both = [ContainerSelector(names=("audit-*",), images=("*:v2",))]

    assert any_fits(by_both, Traits("audit-1", None)) is None
    assert any_fits(by_both, Traits("web", None)) is False
    assert any_fits([ContainerSelector(images=("*",))], Traits("web", None)) is True
    assert any_fits([ContainerSelector(essential=True)], Traits("web", "x", None)) is None


def test_a_destination_is_none_where_an_earlier_one_may_select_the_container() -> None:
    assert destination_for(sending(NARROW), Traits("audit-1", None)) is None
    assert destination_for(sending(NARROW), Traits("web", None)) == DESTINATION
    assert destination_for(sending(AUDIT, NARROW), Traits("audit-1", None)) == AUDIT
