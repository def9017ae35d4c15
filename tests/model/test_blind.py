"""The laws can be broken: take one safeguard away, and a short story breaks just the law for it."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeAlias

import pytest

from tests.model import given
from tests.model.blind import (
    ForgetsFailures,
    LosesMembers,
    NeverReturns,
    RegistersTwice,
    TakesAllForSettled,
    TakesAnyDeploymentForTheSame,
    reading,
    writing,
)
from tests.model.laws import Terms
from tests.model.people import People
from tests.model.process import Eyes, sound
from tests.model.world import World
from tests.virtual_time import virtual_time

AN_HOUR = 3_600.0
Story: TypeAlias = Callable[[World, People], Awaitable[None]]


async def it_rolls(world: World, people: People) -> None:
    """Nothing happens but what the controller does."""
    await world.passes(AN_HOUR)


async def the_correction_fails(world: World, people: People) -> None:
    people.breaks_the_host(0)
    await world.passes(2 * AN_HOUR)


async def three_are_to_be_corrected(world: World, people: People) -> None:
    for _ in range(2):
        people.creates("blocking", breaker=False)
    await world.restarts(0, call=0, when="before")
    await world.passes(AN_HOUR)


async def a_release_never_ends(world: World, people: People) -> None:
    people.releases_anew(0, "blocking", broken=True)
    await world.passes(AN_HOUR)


async def the_correction_fails_on_one_of_six(world: World, people: People) -> None:
    """The others are there so that the budget allows for more tries."""
    for _ in range(5):
        people.creates("compliant", breaker=False)
    people.breaks_the_host(0)
    await world.passes(2 * AN_HOUR)


async def a_release_comes_right_before_the_return(world: World, people: People) -> None:
    """Between the last look on which it was decided, and the look that heeds `over`."""
    people.breaks_the_host(0)
    world.weather.becomes(0.0, 0.0, ("StopServiceDeployment",))
    look = ("DescribeServices", "ListServiceDeployments")
    await calls_come(world, "StopServiceDeployment", *look, *look)
    people.releases_anew(0, "blocking", broken=False)
    await world.passes(AN_HOUR)


async def calls_come(world: World, *operations: str) -> None:
    """Let time pass until these calls were made, in this order, others between them."""
    made = world.controllers[0].line.calls
    at = 0
    for operation in operations:
        while operation not in made[at:]:
            await world.passes(0.05)
        at = made.index(operation, at) + 1


async def _broken_law(story: Story, eyes: Eyes, at_once: int) -> str | None:
    terms = Terms(1, 1.0, timedelta(minutes=40), 1)
    policies = given.policies(at_once=at_once, share=100)
    loop = asyncio.get_running_loop()
    world = World(loop, policies, terms, ("ecs-logging-controller",), 0, eyes)
    people = People(world.account)
    people.creates("odd", breaker=False)
    await world.begins()
    try:
        await story(world, people)
        await world.settles()
    except AssertionError as broken:
        return traceback.extract_tb(broken.__traceback__)[-1].name
    finally:
        await world.ends()
    return None


def broken_law(story: Story, eyes: Eyes = sound, *, at_once: int = 1) -> str | None:
    """Play a story before a controller with these eyes; return the law that it breaks, if any."""
    with virtual_time() as runner:
        return runner.run(_broken_law(story, eyes, at_once))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("story", "eyes", "law"),
    [
        (it_rolls, writing(LosesMembers), "no_member_lost"),
        (it_rolls, writing(RegistersTwice), "registrations_bounded"),
        (
            the_correction_fails,
            writing(NeverReturns),
            "no_service_left_on_a_revision_that_failed",
        ),
        (
            a_release_never_ends,
            reading(TakesAllForSettled),
            "no_roll_started_outside_gates",
        ),
        (
            the_correction_fails_on_one_of_six,
            reading(ForgetsFailures),
            "no_second_try_at_what_is_held",
        ),
        (
            a_release_comes_right_before_the_return,
            reading(TakesAnyDeploymentForTheSame),
            "nobodys_release_undone",
        ),
    ],
    ids=[
        "LosesMembers",
        "RegistersTwice",
        "NeverReturns",
        "TakesAllForSettled",
        "ForgetsFailures",
        "TakesAnyDeploymentForTheSame",
    ],
)
def test_without_a_safeguard_its_law_is_broken_and_with_it_none(
    story: Story, eyes: Eyes, law: str
) -> None:
    assert broken_law(story) is None
    assert broken_law(story, eyes) == law


def test_with_another_budget_than_agreed_upon_the_law_of_the_budget_is_broken() -> None:
    assert broken_law(three_are_to_be_corrected) is None
    assert broken_law(three_are_to_be_corrected, at_once=3) == "budget_held"
