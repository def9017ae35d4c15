"""The newest revisions of a family, and how far down they are known."""

from __future__ import annotations

from typing import Any

import pytest

from controller.aws.family import MOST_ACTIVE, MOST_INACTIVE
from controller.core.service.observed import Family
from controller.errors import RetryError
from controller.sandbox import Sandbox
from tests.aws.opened import REGION, ecs_reader, sandboxed, scripted
from tests.aws.scripted import Refused, Script
from tests.virtual_time import in_virtual_time

FAMILY = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:"


async def family(
    sandbox: Sandbox, *, revisions: int, above: int, inactive: range = range(0)
) -> Family:
    """Register revisions of `web`, deregister some, and read those above a number."""
    async with sandboxed(sandbox) as session:
        ecs = session.api("ecs", REGION)
        container = {"name": "web", "image": "nginx", "memory": 128}
        for name in ("web", "web-worker"):
            for _ in range(revisions):
                body = {"family": name, "containerDefinitions": [container]}
                await ecs.call("RegisterTaskDefinition", body)
        for number in inactive:
            await ecs.call("DeregisterTaskDefinition", {"taskDefinition": f"web:{number}"})
        sandbox.clear_requests()
        return await ecs_reader(session).family("web", above=above)


def numbers(found: Family) -> list[int]:
    """Return the numbers of the revisions, as they come."""
    return [one.number for one in found.revisions]


@in_virtual_time
async def test_those_above_are_read_newest_first_and_no_others() -> None:
    sandbox = Sandbox()
    found = await family(sandbox, revisions=8, above=5)

    assert numbers(found) == [8, 7, 6]
    assert {one.family for one in found.revisions} == {"web"}
    assert found.reaches == 5
    assert sandbox.counts()["DescribeTaskDefinition"] == 3


@in_virtual_time
async def test_a_family_that_ends_before_the_number_is_known_down_to_it() -> None:
    assert (await family(Sandbox(), revisions=3, above=0)).reaches == 0


@in_virtual_time
async def test_a_family_without_newer_revisions_is_empty_and_known() -> None:
    assert await family(Sandbox(), revisions=3, above=3) == Family((), 3)


@in_virtual_time
async def test_of_many_newer_ones_the_newest_are_read_and_it_says_how_far_down() -> None:
    found = await family(Sandbox(), revisions=120, above=1)

    assert numbers(found) == list(range(120, 120 - MOST_ACTIVE, -1))
    assert found.reaches == 120 - MOST_ACTIVE + 1


@in_virtual_time
async def test_exactly_as_many_as_are_read_are_all() -> None:
    found = await family(Sandbox(), revisions=MOST_ACTIVE + 5, above=5)

    assert numbers(found) == list(range(MOST_ACTIVE + 5, 5, -1))
    assert found.reaches == 5


@in_virtual_time
async def test_the_newest_inactive_ones_are_among_them_whatever_their_number() -> None:
    found = await family(Sandbox(), revisions=20, above=18, inactive=range(1, 16))

    assert numbers(found) == [20, 19, *range(15, 15 - MOST_INACTIVE, -1)]
    assert [one.is_active for one in found.revisions] == [True] * 2 + [False] * MOST_INACTIVE


@in_virtual_time
async def test_an_inactive_one_that_is_no_longer_described_is_left_out() -> None:
    sandbox = Sandbox()
    sandbox.behaviour.inactive_unreadable = True

    found = await family(sandbox, revisions=5, above=2, inactive=range(4, 5))

    assert numbers(found) == [5, 3]
    assert found.reaches == 2


def describing(*, refused: int) -> Script:
    """Return a script of a family with revisions 1 to 3, one of which is not described."""
    script = Script()
    unable = Refused("ClientException", "Unable to describe task definition.")

    def describe(body: dict[str, Any]) -> dict[str, Any] | Refused:
        arn = body["taskDefinition"]
        document = {"taskDefinitionArn": arn, "family": "web", "status": "ACTIVE"}
        found = {"taskDefinition": {**document, "containerDefinitions": []}, "tags": []}
        return unable if arn.endswith(f":{refused}") else found

    script.replies("DescribeTaskDefinition", describe)
    return script


@in_virtual_time
async def test_an_active_one_that_is_not_described_is_a_passing_fault() -> None:
    script = describing(refused=2)
    arns = [f"{FAMILY}{number}" for number in (3, 2, 1)]
    script.replies(
        "ListTaskDefinitions",
        lambda body: {"taskDefinitionArns": arns if body["status"] == "ACTIVE" else []},
    )
    async with scripted(script) as session:
        with pytest.raises(RetryError, match="web:2"):
            await ecs_reader(session).family("web", above=0)


@in_virtual_time
async def test_another_family_that_the_prefix_brings_along_is_passed_over() -> None:
    script = describing(refused=0)
    listed = [FAMILY.replace("/web:", "/web-worker:") + "9", f"{FAMILY}2", f"{FAMILY}1"]
    script.replies(
        "ListTaskDefinitions",
        lambda body: {"taskDefinitionArns": listed if body["status"] == "ACTIVE" else []},
    )
    async with scripted(script) as session:
        found = await ecs_reader(session).family("web", above=1)

    assert numbers(found) == [2]
    asked = {"familyPrefix": "web", "sort": "DESC", "maxResults": 100}
    assert script.bodies("ListTaskDefinitions") == [
        {**asked, "status": "ACTIVE"},
        {**asked, "status": "INACTIVE"},
    ]


@in_virtual_time
async def test_one_that_stands_in_both_lists_is_read_once() -> None:
    script = describing(refused=0)
    script.says("ListTaskDefinitions", {"taskDefinitionArns": [f"{FAMILY}2"]})
    async with scripted(script) as session:
        found = await ecs_reader(session).family("web", above=1)

    assert numbers(found) == [2]
