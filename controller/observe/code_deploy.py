"""Looking at what CodeDeploy knows of a service: its group, and what its deployments brought."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Final

from controller.core.reason import Reason
from controller.core.service.code_deploy.group import NOT_ALLOWED, DeploymentGroup
from controller.core.service.code_deploy.history import (
    history_of,
    revisions_to_read,
    with_revisions,
)
from controller.core.service.deployment import History
from controller.core.service.observed import Observed, Unread
from controller.errors import AwsError, RetryError
from controller.observe.unread import reason_of
from controller.ports.alarms import AlarmsReader
from controller.ports.code_deploy import CodeDeployReader
from controller.ports.ecs import EcsReader

PARTS: Final = frozenset({"code_deploy", "history"})
"""The parts that CodeDeploy alone can tell of a service that it deploys."""


async def look_at_code_deploy(
    observed: Observed,
    *,
    ecs: EcsReader,
    code_deploy: CodeDeployReader,
    alarms: AlarmsReader,
) -> Observed:
    """Return *observed* with its deployment group, and with its history, which follows from that.

    Where we may not read it, both are Unread; a passing fault is raised as RetryError.
    """
    try:
        group = await code_deploy.group(observed.ref)
        if isinstance(group, Unread):
            return replace(observed, code_deploy=group, history=group)
        history = await _history(group, ecs)
        sounding = await _sounding(group, observed, alarms)
    except RetryError:
        raise
    except AwsError as error:
        unread = Unread(reason_of(error))
        return replace(observed, code_deploy=unread, history=unread)
    group = replace(group, sounding=sounding)
    return replace(observed, code_deploy=group, history=history)


def without_code_deploy(observed: Observed) -> Observed:
    """Return *observed* where CodeDeploy is not asked: the policy leaves the service to it.

    So nobody needs permission to read CodeDeploy who does not let it be used.
    """
    unread = Unread(NOT_ALLOWED)
    return replace(observed, code_deploy=unread, history=unread)


async def _sounding(
    group: DeploymentGroup, observed: Observed, alarms: AlarmsReader
) -> tuple[str, ...] | Reason:
    if not group.alarms:
        return ()
    try:
        states = await alarms.states(group.alarms, observed.ref.region)
    except RetryError:
        raise
    except AwsError as error:
        return reason_of(error)
    return tuple(sorted(name for name, state in states.items() if state == "ALARM"))


async def _history(group: DeploymentGroup, ecs: EcsReader) -> History:
    history = history_of(group)
    arns = revisions_to_read(history)
    revisions = dict(zip(arns, await asyncio.gather(*map(ecs.revision, arns)), strict=True))
    return with_revisions(history, revisions)
