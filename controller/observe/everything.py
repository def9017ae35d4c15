"""Looking at everything of one service that any decision may ask for, whatever the policy says."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

from controller.core.refs import ServiceRef
from controller.core.service.alarms import alarm_names
from controller.core.service.capacity import providers
from controller.core.service.in_use import groups_in_use
from controller.errors import AwsError
from controller.ports.alarms import AlarmsReader
from controller.ports.ecs import EcsReader
from controller.ports.logs import LogsReader
from controller.ports.state import StateReader

Read = TypeVar("Read")


async def observe_everything(
    ref: ServiceRef,
    *,
    ecs: EcsReader,
    logs: LogsReader,
    alarms: AlarmsReader,
    state: StateReader,
) -> None:
    """Ask the readers all that there is to ask about the service; they keep what they answer.

    What cannot be read is kept by them as well, so no AwsError is raised.
    """
    await _asked(state.cluster_state(ref.cluster_ref))
    await _asked(ecs.default_delivery_mode())
    service = await _asked(ecs.service(ref))
    if service is None or service.status == "INACTIVE":
        return
    if named := providers(service.document):
        await _asked(ecs.launch_types(ref.cluster, named))
    await _asked(ecs.history(ref))
    if service.running < service.desired:
        await _asked(ecs.tasks(ref))
    if named := alarm_names(service):
        await _asked(alarms.states(named, ref.region))
    arn = service.task_definition
    revision = None if arn is None else await _asked(ecs.revision(arn))
    if revision is None:
        return
    await _asked(ecs.family(revision.family, above=revision.number))
    if revision.base is not None:
        await _asked(ecs.revision(revision.base))
    for group in groups_in_use(ref, revision):
        if await _asked(logs.log_group(group)) is None:
            await _asked(logs.exists(group))
        await _asked(logs.consumers(group))


async def _asked(question: Awaitable[Read]) -> Read | None:
    """Return the answer, or None where AWS gave none."""
    try:
        return await question
    except AwsError:
        return None
