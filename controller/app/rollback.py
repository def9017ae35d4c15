"""Taking services back at a person's word: what is meant, what would be done, and the doing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeAlias

from controller.act import Writers
from controller.app.clock import SystemClock
from controller.app.connect import OpenSession, connect, connect_operator
from controller.app.connection import OperatorConnection
from controller.app.passes import world_of
from controller.app.the_one import the_one
from controller.aws.at_once import for_each
from controller.aws.session import AwsSession
from controller.core.consent import Always
from controller.core.pace.room import has_room
from controller.core.policy.policy_set import PolicySet
from controller.core.refs import ServiceRef
from controller.core.service.states_of_return import Leave, OnItsWay
from controller.core.state.said import Said, speaker
from controller.core.state.word import Write, weigh
from controller.core.state.words import suspend
from controller.core.taken_back import (
    Begun,
    Ending,
    Meant,
    Planned,
    Rollback,
    Suspending,
    TakenBack,
)
from controller.decide.taking_back import ToTakeBack, look_at_way_back
from controller.decide.world import World
from controller.errors import AwsError, DeniedError, UsageError
from controller.inventory import Inventory, take_inventory
from controller.observe.unread import reason_of
from controller.ports.clock import Clock
from controller.settings import Settings
from controller.taking_back import TakingBack, ended_before

Confirm: TypeAlias = Callable[[Sequence[Planned]], bool]
"""Asked with all that would be taken back; without its yes nothing is written."""


async def rollback(
    meant: Meant,
    settings: Settings,
    policies: PolicySet | None,
    confirm: Confirm,
    tell: Callable[[Begun], None],
    *,
    clock: Clock | None = None,
    open_session: OpenSession = AwsSession,
) -> Rollback:
    """Take back what is *meant*, a few at a time, and watch each to its end.

    *policies* tell how many at once, and for how long one may make no progress; where none governs
    a service, it goes alone. After the first failure nothing more is begun. *tell* is called with
    what is begun, as it is. Raises UsageError where what is named does not exist, or is still to
    come; AwsError where nothing can be seen.
    """
    clock = clock or SystemClock()
    if meant.is_to_come(clock.now()):
        raise UsageError(f"--since {meant.since} is still to come: it is {clock.now():%FT%TZ} now")
    async with AsyncExitStack() as stack:
        connection = await stack.enter_async_context(
            connect(settings, clock, write=True, open_session=open_session)
        )
        operator = await stack.enter_async_context(
            connect_operator(settings, clock, open_session=open_session)
        )
        inventory = await take_inventory(connection.ecs, clusters=settings.clusters)
        in_force = policies or PolicySet.of(())
        world = world_of(connection, inventory, in_force, Always(), clock)
        seen = await for_each(_refs(meant, inventory), partial(_look, world=world))
        chosen = [one for one in seen if _is_meant(one, meant, clock.now())]
        over, ready = _parted(chosen)
        gaps = tuple(map(str, inventory.gaps)) if meant.since is not None else ()
        if not ready or not confirm([_planned(one) for one in ready]):
            declined = [_left(one, Ending.DECLINED) for one in ready]
            return Rollback(_sorted(over + declined), gaps)
        assert connection.writers is not None  # noqa: S101  # it was asked for with write=True
        taking = _Line(world, connection.writers, operator, tell)
        return Rollback(_sorted(over + await taking.all(ready)), gaps)


def _refs(meant: Meant, inventory: Inventory) -> list[ServiceRef]:
    if meant.since is not None:
        return sorted(inventory.services)
    return list(dict.fromkeys(the_one(name, inventory) for name in meant.names))


async def _look(ref: ServiceRef, *, world: World) -> ToTakeBack | TakenBack:
    try:
        return await look_at_way_back(ref, world)
    except AwsError as error:
        return TakenBack(ref, Ending.REFUSED, reason_of(error))


def _is_meant(one: ToTakeBack | TakenBack, meant: Meant, now: datetime) -> bool:
    """Tell whether a service is among those meant; one of which it cannot be told is."""
    if isinstance(one, TakenBack) or one.unread:
        return True
    return meant.covers(one.rolled_at, now)


def _parted(seen: Sequence[ToTakeBack | TakenBack]) -> tuple[list[TakenBack], list[ToTakeBack]]:
    """Return those of which it is clear already how it ends, and those with something to do."""
    over: list[TakenBack] = []
    ready: list[ToTakeBack] = []
    for one in seen:
        ended = one if isinstance(one, TakenBack) else ended_before(one)
        if ended is not None:
            over.append(ended)
        elif isinstance(one, ToTakeBack):
            ready.append(one)
    return over, ready


def _planned(one: ToTakeBack) -> Planned:
    match one.state:
        case Leave(came_from=came_from, went_to=went_to):
            return Planned(one.ref, came_from, went_to)
        case _:
            return Planned(one.ref, None, None, under_way=isinstance(one.state, OnItsWay))


def _left(one: ToTakeBack, ending: Ending) -> TakenBack:
    """Return a service to which nothing was done."""
    return TakenBack(one.ref, ending, suspended=one.suspended)


def _sorted(results: Sequence[TakenBack]) -> tuple[TakenBack, ...]:
    return tuple(sorted(results, key=lambda one: one.ref))


@dataclass(frozen=True, slots=True)
class _Line:
    """Takes services back, as many at once as there is room for, until one of them fails."""

    world: World
    writers: Writers
    operator: OperatorConnection
    tell: Callable[[Begun], None]

    async def all(self, ready: Sequence[ToTakeBack]) -> list[TakenBack]:
        """Take all back in order, and return how it ended for each."""
        waiting = list(ready)
        flying: dict[asyncio.Task[TakenBack], ServiceRef] = {}
        results: list[TakenBack] = []
        async with asyncio.TaskGroup() as group:
            while waiting or flying:
                for one in self._next(waiting, tuple(flying.values())):
                    taking = TakingBack(one.ref, self.world, self.writers, self._hold, self.tell)
                    flying[group.create_task(taking(), name=str(one.ref))] = one.ref
                    waiting.remove(one)
                done, _ = await asyncio.wait(flying, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    del flying[task]
                    results.append(task.result())
                if any(one.ending is Ending.FAILED for one in results):
                    results += [_left(one, Ending.NOT_BEGUN) for one in waiting]
                    waiting.clear()
        return results

    def _next(
        self, waiting: Sequence[ToTakeBack], flying: tuple[ServiceRef, ...]
    ) -> list[ToTakeBack]:
        begins: list[ToTakeBack] = []
        for one in waiting:
            beside = (*flying, *(other.ref for other in begins))
            if has_room(one.ref, one.policy.rollout.max_concurrent, beside):
                begins.append(one)
        return begins

    async def _hold(self, ref: ServiceRef) -> None:
        """Suspend the service, so that no controller corrects it again at once."""
        service = await self.operator.ecs[ref.region].service(ref)
        tags = None if service is None else service.tags
        if tags is None:
            operation, told = "DescribeServices", "its tags may not be read"
            raise DeniedError(operation, "AccessDenied", told, where=ref.arn)
        said = Said(self.world.clock.now(), speaker(self.operator.caller.arn))
        said_so = weigh(suspend(said), ref, tags)
        writes = isinstance(said_so, Write)
        self.tell(Suspending(ref, already=not writes))  # Before it is: it may be interrupted there.
        if isinstance(said_so, Write) and said_so.value is not None:
            await self.operator.operator.say(ref, said_so.tag, said_so.value)
