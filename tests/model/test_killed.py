"""Killed before or after any call of a rollout, and started anew, it ends where it would have.

The points come from a rollout that was recorded: every call of one that succeeds, and of one that
fails and is returned. A killed process makes no call any more, and hears no answer: so to be
killed after a read is to be killed before the next call, and only after a write is another thing.

In CI it dies after every write; before every call it dies there through the real adapters, in
tests/fleet/test_killed.py, and here in the slow suite.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Literal

import pytest

from controller.core.service.registration import OUTPUT_ONLY
from tests.model import given
from tests.model.laws import Terms
from tests.model.people import People
from tests.model.ports.line import Death
from tests.model.world import World
from tests.virtual_time import virtual_time

UNTIL_IT_RESTS = 1_600.0
"""Seconds in which a rollout, or the return from it, comes to its end: longer than a resync."""

WRITES = frozenset(
    {
        "CreateLogGroup",
        "DeregisterTaskDefinition",
        "PutRetentionPolicy",
        "RegisterTaskDefinition",
        "StopServiceDeployment",
        "TagResource",
        "UpdateService",
    }
)

Given = Callable[[People], None]


def succeeds(people: People) -> None:
    people.creates("odd", breaker=False)


def fails(people: People) -> None:
    people.creates("odd", breaker=False)
    people.breaks_the_host(0)


def fails_where_ecs_rolls_back(people: People) -> None:
    people.creates("odd", breaker=True)
    people.breaks_the_host(0)


async def _rollout(given_is: Given, death: Death | None) -> tuple[World, list[str], bool]:
    loop = asyncio.get_running_loop()
    terms = Terms(1, 1.0, timedelta(minutes=40), 1)
    policies = given.policies(at_once=1, share=100, progressDeadline="25s", bakeTime="15s")
    world = World(loop, policies, terms, ("ecs-logging-controller",), 0)
    given_is(People(world.account))
    await world.begins(death)
    line = world.controllers[0].line
    await world.passes(UNTIL_IT_RESTS)
    died = line.death is not None and line.death.came.is_set()
    if died:
        await world.restarts(0, call=0, when="before")
        await world.passes(UNTIL_IT_RESTS)
    world.is_lawful()
    await world.ends()
    return world, line.calls, died


def rollout(given_is: Given, death: Death | None = None) -> tuple[World, list[str], bool]:
    """Roll out, with a death and a restart if one is stated; the calls of the first process."""
    with virtual_time() as runner:
        return runner.run(_rollout(given_is, death))


def end_state(world: World) -> dict[str, Any]:
    """Return all that is left of a rollout, save times and the names of deployments."""
    account = world.account
    return {
        "runs": [one.task_definition for one in account.services.values()],
        "history": [
            [(each.task_definition, each.status) for each in one.history]
            for one in account.services.values()
        ],
        "revisions": [
            {**{k: one.document[k] for k in one.document.keys() - OUTPUT_ONLY}, "tags": [*one.tags]}
            | {"status": one.document["status"]}
            for revisions in account.families.values()
            for one in revisions
        ],
        "groups": {
            name: {k: v for k, v in one.document.items() if k != "creationTime"}
            for name, one in account.log_groups.items()
        },
        "cluster": account.cluster_tags,
    }


def kill_at_each(numbers: Sequence[int], given_is: Given, when: Literal["before", "after"]) -> None:
    """Assert that a death at each of the calls is survived, and that there was one at each."""
    expected = end_state(rollout(given_is)[0])
    kills = 0
    for number in numbers:
        world, _, died = rollout(given_is, Death(number, when))
        kills += died
        assert end_state(world) == expected, (number, world.ledger.writes)
    assert kills == len(numbers) > 0


EACH = pytest.mark.parametrize("given_is", [succeeds, fails, fails_where_ecs_rolls_back])


@pytest.mark.slow
@pytest.mark.timeout(600)
@EACH
@pytest.mark.parametrize("part", [0, 1])
def test_killed_before_any_call_of_a_rollout_it_ends_where_it_would_have(
    given_is: Given, part: int
) -> None:
    _, calls, _ = rollout(given_is)
    kill_at_each(range(1, len(calls) + 1)[part::2], given_is, "before")


@pytest.mark.timeout(600)
@EACH
def test_killed_after_any_write_of_a_rollout_it_ends_where_it_would_have(given_is: Given) -> None:
    world, calls, _ = rollout(given_is)
    writes = [number for number, one in enumerate(calls, start=1) if one in WRITES]
    assert len(writes) == len(
        [*world.ledger.writes, *world.ledger.settings, *world.ledger.stoppings]
    )
    kill_at_each(writes, given_is, "after")
