"""Looking at one service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from controller.core.document.json import Json
from controller.core.document.unresolved import Unresolved
from controller.core.reason import Reason
from controller.core.refs import LogGroupRef, ServiceRef
from controller.core.service.capacity import providers
from controller.core.service.consumers import Consumer
from controller.core.service.departures import Departure
from controller.core.service.observed import Observed, Service, Unread
from controller.core.service.revision import Identity, Revision
from controller.errors import (
    NOT_SAVED,
    SAVE_ANEW,
    AwsError,
    DeniedError,
    RetryError,
    TerminalError,
)
from controller.ports.ecs import EcsReader
from controller.ports.logs import LogsReader

Read = TypeVar("Read")


async def observe_service(
    ref: ServiceRef, identity: Identity, ecs: EcsReader
) -> Observed | Service | None:
    """Return what decisions always need of a service; None where it is gone.

    A service that is set to no revision, such as one whose task sets are still to be made, is
    returned alone.

    Raises an AwsError where the service or its revision cannot be read.
    """
    service = await ecs.service(ref)
    if service is None or service.status == "INACTIVE":
        return None
    arn = service.task_definition
    if arn is None:
        return service
    revision = await ecs.revision(arn)
    if revision is None:
        operation = "DescribeTaskDefinition"
        raise TerminalError(
            operation, "NotDescribed", f"{arn} can no longer be read", where=ref.arn
        )
    mode = await _default_mode(ecs)
    return Observed(ref, service, revision, identity, mode)


async def look_at_capacity(observed: Observed, ecs: EcsReader) -> Observed:
    """Return *observed* with the launch types of the capacity providers that it may run on.

    Where we may not read them, they become Unread; a passing fault is raised as RetryError.
    """
    cluster, named = observed.ref.cluster, providers(observed.service.document)
    return replace(observed, capacity=await _read(lambda: ecs.launch_types(cluster, named)))


async def _default_mode(ecs: EcsReader) -> Json:
    try:
        return await ecs.default_delivery_mode()
    except (DeniedError, TerminalError) as error:
        return Unresolved(f"the account setting defaultLogDriverMode could not be read ({error})")


async def look(
    part: str,
    observed: Observed,
    groups: Iterable[LogGroupRef],
    departing: Iterable[Departure],
    *,
    ecs: EcsReader,
    logs: LogsReader,
) -> Observed:
    """Return *observed* with one more part, as a decision asked for it.

    *groups* are the log groups of which it is asked whether they exist, *departing* the containers
    for which it is asked who reads along.

    A part that we may not read becomes Unread; a passing fault is raised as RetryError.
    """
    revision = observed.revision
    match part:
        case "family":
            family = await _read(lambda: ecs.family(revision.family, above=revision.number))
            return replace(observed, family=family)
        case "history":
            return replace(observed, history=await _read(lambda: ecs.history(observed.ref)))
        case "base":
            return replace(observed, base=await _read(lambda: _base(revision, ecs)))
        case "groups":
            return replace(observed, groups=await _read(lambda: _existing(groups, logs)))
        case "consumers":
            return replace(observed, consumers=await _read(lambda: _consumers(departing, logs)))
        case _:
            msg = f"nobody can look at {part}"
            raise ValueError(msg)


async def _read(ask: Callable[[], Awaitable[Read]]) -> Read | Unread:
    try:
        return await ask()
    except RetryError:
        raise
    except AwsError as error:
        return Unread(_reason(error))


def _reason(error: AwsError) -> Reason:
    if error.code == NOT_SAVED:
        return Reason("NotSaved", str(error), SAVE_ANEW)
    code = "AccessDenied" if isinstance(error, DeniedError) else "Unknown"
    return Reason(code, str(error), "See docs/permissions.md for what is read, and why.")


async def _base(revision: Revision, ecs: EcsReader) -> Revision:
    base = None if revision.base is None else await ecs.revision(revision.base)
    if base is None:
        operation = "DescribeTaskDefinition"
        raise TerminalError(operation, "NotDescribed", f"the base of {revision.arn} is gone")
    return base


async def _existing(groups: Iterable[LogGroupRef], logs: LogsReader) -> dict[LogGroupRef, bool]:
    return {ref: await logs.exists(ref) for ref in groups}


async def _consumers(
    departing: Iterable[Departure], logs: LogsReader
) -> dict[LogGroupRef, frozenset[Consumer]]:
    read: dict[LogGroupRef, frozenset[Consumer]] = {}
    for one in departing:
        for ref in (one.left, one.reached):
            if ref is not None and ref not in read:
                read[ref] = await logs.consumers(ref)
            if not read[one.left]:
                break  # CloudWatch Logs answers five of these questions a second [fact 5.7]
    return read
