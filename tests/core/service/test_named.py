"""Which service a person means by a name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.refs import ServiceRef
from controller.core.service.named import (
    cluster_in,
    is_name_of_a_service,
    meant_by,
    nearest_to,
    region_in,
)
from tests.core.service.given import REF

ELSEWHERE = replace(REF, region="us-east-1")
DEV = replace(REF, cluster="dev")
SHORT = f"arn:aws:ecs:{REF.region}:{REF.account}:service/web"

_NAMES = st.text("abc-_", min_size=1, max_size=5)
REFS = st.builds(
    ServiceRef,
    st.just(REF.account),
    st.sampled_from(["eu-west-1", "us-east-1"]),
    st.just("aws"),
    _NAMES,
    _NAMES,
)


def test_a_bare_name_is_that_of_every_service_called_so() -> None:
    assert meant_by("web", {REF, DEV}) == (DEV, REF)
    assert meant_by("dev/web", {REF, DEV}) == (DEV,)


def test_a_cluster_may_have_its_like_in_another_region_and_an_arn_has_not() -> None:
    assert meant_by("prod/web", {REF, ELSEWHERE}) == (REF, ELSEWHERE)
    assert meant_by(ELSEWHERE.arn, {REF, ELSEWHERE}) == (ELSEWHERE,)
    assert meant_by(SHORT, {REF, ELSEWHERE}) == (REF,)


@pytest.mark.parametrize(
    ("name", "only_a_service", "region", "cluster"),
    [
        ("web", False, None, None),
        ("prod/web", True, None, "prod"),
        ("service/prod/web", True, None, "prod"),
        (REF.arn, True, "eu-central-1", "prod"),
        (SHORT, True, "eu-central-1", None),
        ("arn:aws:s3:::bucket", True, None, None),
    ],
)
def test_what_a_name_says_by_itself(
    name: str, *, only_a_service: bool, region: str | None, cluster: str | None
) -> None:
    assert is_name_of_a_service(name) is only_a_service
    assert (region_in(name), cluster_in(name)) == (region, cluster)


@pytest.mark.parametrize("slip", ["wbe", "prod/wbe", "prd/web", REF.arn.replace("web", "weeb")])
def test_a_slip_leads_to_the_name_that_was_meant(slip: str) -> None:
    assert nearest_to(slip, [REF, replace(REF, name="ledger")]) == "prod/web"


def test_what_is_like_nothing_leads_nowhere() -> None:
    assert nearest_to("zzzzzz", [REF]) is None
    assert nearest_to("web", []) is None


@given(st.frozensets(REFS, min_size=1, max_size=6))
def test_every_service_has_a_name_that_is_its_own(services: frozenset[ServiceRef]) -> None:
    for one in services:
        assert meant_by(one.arn, services) == (one,)
        assert one in meant_by(one.name, services)
