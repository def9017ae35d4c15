"""A claim says for whom a template named the log group, so that accidents can be told."""

from __future__ import annotations

from typing import Any

import pytest

from controller.core.judge.claim import LogGroupClaim, collide
from tests.core.service.given import (
    NAMES,
    awslogs,
    container,
    destination,
    judged,
    logging_by,
    policy,
    task_definition,
)
from tests.strategies.policies import VARIABLES

DRIFTED = task_definition(container("app", logConfiguration=logging_by("json-file")))


def claim(
    template: str,
    *,
    cluster: str = "prod",
    service: str = "web",
    tags: dict[str, str] | None = None,
    **changes: Any,
) -> LogGroupClaim:
    """Return the claim of one service on the group that the template gives it."""
    by = policy(destinations=(destination(group=template),), variables=VARIABLES, **changes)
    names = {**NAMES, "cluster": cluster, "service": service, "family": service}
    [one] = judged(DRIFTED, by, names=names, tags=tags or {}).claims.values()
    return one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            claim("{cluster}-{service}", cluster="a-b", service="c"),
            claim("{cluster}-{service}", cluster="a", service="b-c"),
            id="parts that meet",
        ),
        pytest.param(
            claim("/ecs/{service}", cluster="a"),
            claim("/ecs/{service}", cluster="b"),
            id="a service is that of its cluster",
        ),
        pytest.param(
            claim("/ecs/{cluster}", cluster="x"), claim("/ecs/{service}", service="x"), id="kinds"
        ),
        pytest.param(
            claim("{tag:a}{tag:b}", tags={"a": "x", "b": "xx"}),
            claim("{tag:a}{tag:b}", tags={"a": "xx", "b": "x"}),
            id="tags that meet",
        ),
        pytest.param(
            claim("/{family}", cluster="a", service="x"),
            claim("/{tag:team}", service="y", tags={"team": "x"}),
            id="a family and a tag",
        ),
    ],
)
def test_services_that_are_given_one_name_by_accident_collide(
    one: LogGroupClaim, other: LogGroupClaim
) -> None:
    assert one.name == other.name
    assert collide(one, other)
    assert collide(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(claim("/ecs/all"), claim("/ecs/all", service="x"), id="nothing is named"),
        pytest.param(
            claim("/{region}"), claim("/{region}", cluster="x", service="x"), id="the Region"
        ),
        pytest.param(
            claim("/{cluster}"), claim("/{cluster}", service="x"), id="one cluster for all of it"
        ),
        pytest.param(
            claim("/{tag:team}", tags={"team": "x"}),
            claim("/{tag:team}", service="y", tags={"team": "x"}),
            id="one team",
        ),
        pytest.param(
            claim("/{tag:team|x}", tags={"team": "x"}),
            claim("/{tag:team|x}", service="y"),
            id="a default is a value",
        ),
        pytest.param(
            claim("/{var:stage}", tags={"env": "prod"}),
            claim("/{tag:stage}", service="y", tags={"stage": "live"}),
            id="one value in two ways",
        ),
        pytest.param(
            claim("/{family}"), claim("/{family}", cluster="other"), id="a family in two clusters"
        ),
        pytest.param(
            claim("/{container}"), claim("/{container}", service="x"), id="a container in two"
        ),
        pytest.param(claim("/ecs/web"), claim("/ecs/{service}"), id="written out on purpose"),
    ],
)
def test_services_that_are_to_share_a_group_do_not_collide(
    one: LogGroupClaim, other: LogGroupClaim
) -> None:
    assert one.name == other.name
    assert not collide(one, other)


def test_a_group_that_a_container_kept_has_nobody_in_its_name() -> None:
    by = policy(destinations=(destination(keep=("group",)),))
    logs = awslogs(awslogs_group="/kept")

    [kept] = judged(task_definition(container(logConfiguration=logs)), by).claims.values()
    assert (kept.named_for, kept.is_used) == (frozenset(), True)


def test_a_group_that_was_kept_and_is_the_templates_own_is_the_services() -> None:
    by = policy(destinations=(destination(keep=("group",)),))

    [kept] = judged(task_definition(container(logConfiguration=awslogs())), by).claims.values()
    assert kept.named_for
    assert kept.is_used
