"""The AWS in memory and the simulated AWS give the same answers for the same steps.

So what holds before the one, in thousands of random runs, is as good as what the other stands for.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from hypothesis import Phase, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from controller.errors import AwsError
from tests.fleet.given import REGION, task_definition
from tests.model import given
from tests.model.stages import Stage, in_memory, simulated
from tests.model.telling import CLUSTER, GROUP, Told, differences
from tests.virtual_time import virtual_time

Opened = Callable[[], AbstractAsyncContextManager[Stage]]


class Story:
    """Steps on a stage, with one service `web` whose first deployment begins the story."""

    def __init__(self, stage: Stage, *, desired: int = 2, breaker: bool = False) -> None:
        assert stage.connection.writers is not None
        self.stage, self.writers = stage, stage.connection.writers
        self.arns = [stage.registers(task_definition("web"), {"team": "shop"})]
        self.web = stage.creates("web", self.arns[0], desired=desired, breaker=breaker)

    async def step(self, name: str, number: int) -> None:
        """Take one step; raises as AWS refuses it."""
        arn = self.arns[number % len(self.arns)]
        if name in BY_PEOPLE:
            BY_PEOPLE[name](self, arn, number)
        else:
            await BY_A_CONTROLLER[name](self, arn, number)

    def look(self, arn: str, number: int) -> None:
        for _ in range(number + 1):
            self.stage.ticks()

    def register(self, arn: str, number: int) -> None:
        drift = sorted(given.drifts("web", ""))[number % 4]
        image = "broken" if number >= 4 else f"shop/web:{number}"
        self.arns.append(self.stage.registers(given.drifts("web", image)[drift], {}))

    def deploy(self, arn: str, number: int) -> None:
        self.stage.updates(self.web, task=arn)

    def deploy_bare(self, arn: str, number: int) -> None:
        self.stage.updates(self.web, task="web")

    def force(self, arn: str, number: int) -> None:
        self.stage.updates(self.web, force=True)

    def scale(self, arn: str, number: int) -> None:
        self.stage.updates(self.web, desired=number % 4)

    async def correct(self, arn: str, number: int) -> None:
        body = given.drifts("web", f"shop/ours:{number}")["compliant"]
        tags = {"ecs-logging/base": arn}
        self.arns.append(await self.writers.ecs[REGION].register(body, tags))

    async def roll(self, arn: str, number: int) -> None:
        await self.writers.ecs[REGION].set_task_definition(self.web, arn)

    async def stop(self, arn: str, number: int) -> None:
        history = await self.stage.connection.ecs[REGION].history(self.web)
        past = history.deployments[number % len(history.deployments)]
        await self.writers.ecs[REGION].stop_deployment(past.arn)

    async def tag(self, arn: str, number: int) -> None:
        await self.writers.ecs[REGION].tag(arn, "ecs-logging/failed-0", f"it {number}")

    async def deregister(self, arn: str, number: int) -> None:
        await self.writers.ecs[REGION].deregister(arn)

    async def make_group(self, arn: str, number: int) -> None:
        await self.writers.logs.create_log_group(GROUP, {"made": "first"})

    async def retain(self, arn: str, number: int) -> None:
        await self.writers.logs.set_retention(GROUP, 30)

    async def remember(self, arn: str, number: int) -> None:
        await self.writers.state.remember_policy(CLUSTER, f"{number:016x}", number)


BY_PEOPLE: dict[str, Callable[[Story, str, int], None]] = {
    "look": Story.look,
    "register": Story.register,
    "deploy": Story.deploy,
    "deploy bare": Story.deploy_bare,
    "force": Story.force,
    "scale": Story.scale,
}
BY_A_CONTROLLER: dict[str, Callable[[Story, str, int], Awaitable[None]]] = {
    "correct": Story.correct,
    "roll": Story.roll,
    "stop": Story.stop,
    "tag": Story.tag,
    "deregister": Story.deregister,
    "make group": Story.make_group,
    "retain": Story.retain,
    "remember": Story.remember,
}
STEPS = ("look", "look", *BY_PEOPLE, *BY_A_CONTROLLER)


async def played(
    opened: Opened, steps: list[tuple[str, int]], *, desired: int, breaker: bool
) -> list[Any]:
    """Play the steps, a second apart; return all that is told after each of them."""
    told = Told()
    scenes = []
    async with opened() as stage:
        stage.fails(given.is_broken)
        story = Story(stage, desired=desired, breaker=breaker)
        for name, number in steps:
            refused = None
            try:
                await story.step(name, number)
            except (AwsError, ValueError) as error:
                refused = type(error).__name__ if isinstance(error, AwsError) else "refused"
            await _next_second()
            scenes.append((name, refused, await told.all_of(stage.connection)))
    return scenes


async def _next_second() -> None:
    """Wait for it: asking takes a moment at the wire, and none in memory."""
    now = asyncio.get_running_loop().time()
    await asyncio.sleep(math.floor(now) + 1 - now)


@settings(max_examples=10, phases=[Phase.generate])
@drawn(
    steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 7)), max_size=14),
    desired=st.integers(0, 3),
    breaker=st.booleans(),
)
def test_the_same_steps_are_answered_the_same(
    steps: list[tuple[str, int]],
    desired: int,
    breaker: bool,  # noqa: FBT001  # hypothesis hands all arguments over by their names
) -> None:
    answers = []
    for opened in (in_memory, simulated):
        with virtual_time() as runner:
            answers.append(runner.run(played(opened, steps, desired=desired, breaker=breaker)))

    for one, other in zip(*answers, strict=True):
        assert list(differences(one, other)) == []
