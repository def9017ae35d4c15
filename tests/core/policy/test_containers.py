"""A container's destination is the first that selects it; some containers are left alone."""

from __future__ import annotations

import pytest

from controller.core.policy.containers import destination_for, is_excluded
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
    assert destination_for(sending(AUDIT), name, image) == destination


def test_the_first_destination_that_selects_a_container_is_its_own() -> None:
    assert destination_for(sending(NARROW, AUDIT), "audit-1", "x:v2") == NARROW
    assert destination_for(sending(AUDIT, NARROW), "audit-1", "x:v2") == AUDIT


def test_within_a_selector_name_and_image_must_fit() -> None:
    assert destination_for(sending(NARROW), "audit-1", "x:v1") == DESTINATION
    assert destination_for(sending(NARROW), "web", "x:v2") == DESTINATION


def test_containers_are_left_alone_by_name_or_image() -> None:
    policy = sending(
        exclude=[
            ContainerSelector(names=("datadog-agent",)),
            ContainerSelector(images=("*/envoy*",)),
        ]
    )

    assert is_excluded(policy, "datadog-agent", "any")
    assert is_excluded(policy, "proxy", "public/envoy:v1")
    assert not is_excluded(policy, "web", "web:1")


def test_without_an_exclusion_no_container_is_left_alone() -> None:
    assert not is_excluded(sending(), "web", "web:1")
