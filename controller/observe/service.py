"""Looking at one service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from controller.core.document.json import Json
from controller.core.document.unresolved import Unresolved
from controller.core.refs import LogGroupRef, ServiceRef
from controller.core.service.alarms import alarm_names
from controller.core.service.capacity import providers
from controller.core.service.consumers import Consumer
from controller.core.service.departures import Departure
from controller.core.service.observed import Observed, Service, Unread
from controller.core.service.revision import Identity, Revision, number_of
from controller.errors import (
    AwsError,
    DeniedError,
    RetryError,
    TerminalError,
)
from controller.observe.code_deploy import PARTS as OF_CODE_DEPLOY
from controller.observe.code_deploy import look_at_code_deploy
from controller.observe.unread import reason_of
from controller.ports.alarms import AlarmsReader
from controller.ports.code_deploy import CodeDeployReader
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


async def look_at_alarms(observed: Observed, alarms: AlarmsReader) -> Observed:
    """Return *observed* with the states of the alarms that the service's deployments heed.

    Where we may not read them, they become Unread; a passing fault is raised as RetryError.
    """
    names, region = alarm_names(observed.service), observed.ref.region
    return replace(observed, alarms=await _read(lambda: alarms.states(names, region)))


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
    code_deploy: CodeDeployReader,
    alarms: AlarmsReader,
) -> Observed:
    """Return *observed* with one more part, as a decision asked for it.

    *groups* are the log groups of which it is asked whether they exist, *departing* the containers
    for which it is asked who reads along.

    A part that we may not read becomes Unread; a passing fault is raised as RetryError.
    """
    revision = observed.revision
    if observed.service.is_by_code_deploy and part in OF_CODE_DEPLOY:
        return await look_at_code_deploy(observed, ecs=ecs, code_deploy=code_deploy, alarms=alarms)
    match part:
        case "family":
            family = await _read(lambda: ecs.family(revision.family, above=_above(revision)))
            return replace(observed, family=family)
        case "history":
            return replace(observed, history=await _read(lambda: ecs.history(observed.ref)))
        case "tasks":
            return replace(observed, tasks=await _read(lambda: ecs.tasks(observed.ref)))
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
        return Unread(reason_of(error))


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


def _above(revision: Revision) -> int:
    """Return the number down to which the family is read: of a correction, that of its base.

    Between the two may stand the copy that was made to return to.
    """
    return (
        revision.number if revision.base is None else min(revision.number, number_of(revision.base))
    )
