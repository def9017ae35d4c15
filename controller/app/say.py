"""Saying a person's word on clusters, or on a service: what it comes to, and then the writes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeAlias

from controller.app.clock import SystemClock
from controller.app.connect import OpenSession, connect_operator
from controller.app.connection import OperatorConnection
from controller.app.the_one import the_one
from controller.aws.session import AwsSession
from controller.core.policy.suggest import nearest
from controller.core.refs import ClusterRef, ServiceRef
from controller.core.state.said import Said, speaker
from controller.core.state.word import Failure, Heard, Needless, Word, Write, weigh
from controller.errors import AwsError, UsageError
from controller.inventory import take_inventory
from controller.ports.clock import Clock
from controller.settings import Settings

Confirm: TypeAlias = Callable[[Sequence[Write]], bool]
"""Asked with all that would be written; without its yes nothing is."""

ForSaid: TypeAlias = Callable[[Said], Word]
"""Makes the word, once it is known who speaks, and when."""


async def say(
    word: ForSaid,
    service: str | None,
    settings: Settings,
    confirm: Confirm,
    *,
    clock: Clock | None = None,
    open_session: OpenSession = AwsSession,
) -> Heard:
    """Say *word* on the service of this name; without one, on the clusters of *settings*.

    Raises UsageError where what is named does not exist, AwsError where nothing can be seen.
    """
    clock = clock or SystemClock()
    async with connect_operator(settings, clock, open_session=open_session) as connection:
        said = word(Said(clock.now(), speaker(connection.caller.arn)))
        refs = await _meant(service, settings, connection)
        weighed = [await _weighed(said, ref, connection) for ref in refs]
        writes = [one for one in weighed if isinstance(one, Write)]
        needless = tuple(one for one in weighed if isinstance(one, Needless))
        failed = tuple(one for one in weighed if isinstance(one, Failure))
        besides = await _besides(said, writes, connection)
        if not writes or not confirm([*writes, *besides]):
            return Heard((), needless, failed, declined=tuple(writes))
        made: list[Write | Needless | Failure]
        made = [await _made(one, connection) for one in writes]
        if all(isinstance(one, Write) for one in made):
            made += [_in_order(one, await _made(one, connection)) for one in besides]
        written = tuple(one for one in made if isinstance(one, Write))
        needless += tuple(one for one in made if isinstance(one, Needless))
        failed += tuple(one for one in made if isinstance(one, Failure))
        return Heard(written, needless, failed)


async def _meant(
    service: str | None, settings: Settings, connection: OperatorConnection
) -> Sequence[ClusterRef | ServiceRef]:
    if service is None:
        return await _clusters(settings.clusters, connection)
    return [the_one(service, await take_inventory(connection.ecs))]


async def _clusters(named: Collection[str], connection: OperatorConnection) -> list[ClusterRef]:
    listed = await asyncio.gather(*(ecs.clusters() for ecs in connection.ecs.values()))
    caller = connection.caller
    found = [
        ClusterRef(caller.account, region, caller.partition, name)
        for region, names in zip(connection.ecs, listed, strict=True)
        for name in names
    ]
    for name in sorted(set(named) - {one.name for one in found}):
        near = nearest(name, [one.name for one in found])
        hint = f" Did you mean {near}?" if near else ""
        raise UsageError(f"there is no cluster {name} in {', '.join(connection.ecs)}.{hint}")
    return sorted(one for one in found if not named or one.name in named)


async def _weighed(
    word: Word, ref: ClusterRef | ServiceRef, connection: OperatorConnection
) -> Write | Needless | Failure:
    try:
        tags = await _tags(ref, connection)
    except AwsError as error:
        return Failure(ref, str(error))
    if tags is None:
        return Failure(ref, "AccessDenied: its tags may not be read")
    return weigh(word, ref, tags)


async def _besides(
    word: Word, writes: Sequence[Write], connection: OperatorConnection
) -> list[Write]:
    """Return what is said on the clusters of services for good order, where it must be.

    Where it cannot be told whether it must, nothing is.
    """
    if word.then is None:
        return []
    services = [one.ref for one in writes if isinstance(one.ref, ServiceRef)]
    weighed = [await _weighed(word.then(ref), ref.cluster_ref, connection) for ref in services]
    return [one for one in weighed if isinstance(one, Write)]


def _in_order(one: Write, made: Write | Failure) -> Write | Needless:
    """Return what was made for good order; of what failed, that it makes no difference."""
    if isinstance(made, Write):
        return made
    return Needless(one.ref, f"the tag {one.tag} stays, and holds nothing any more: {made.reason}")


async def _tags(
    ref: ClusterRef | ServiceRef, connection: OperatorConnection
) -> Mapping[str, str] | None:
    if isinstance(ref, ClusterRef):
        return await connection.tags.cluster_tags(ref)
    service = await connection.ecs[ref.region].service(ref)
    if service is None or service.status == "INACTIVE":
        raise UsageError(f"{ref} is gone: it was there a moment ago")
    return service.tags


async def _made(one: Write, connection: OperatorConnection) -> Write | Failure:
    """Make one write, and return it, or what went wrong."""
    try:
        if one.value is None:
            await connection.operator.unsay(one.ref, one.tag)
        else:
            await connection.operator.say(one.ref, one.tag, one.value)
    except AwsError as error:
        return Failure(one.ref, str(error))
    return one
