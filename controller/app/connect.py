"""The connection of one process to AWS: readers always, writers only if it may write."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeAlias

from controller.act import Writers
from controller.app.connection import Connection, OperatorConnection
from controller.aws.alarms_reader import AwsAlarmsReader
from controller.aws.code_deploy_reader import AwsCodeDeployReader
from controller.aws.code_deploy_writer import AwsCodeDeployWriter
from controller.aws.ecs_reader import AwsEcsReader
from controller.aws.ecs_writer import AwsEcsWriter
from controller.aws.identity import AwsIdentityReader
from controller.aws.kill_switch_reader import AwsKillSwitchReader
from controller.aws.kms_reader import AwsKmsReader
from controller.aws.logs_reader import AwsLogsReader
from controller.aws.logs_writer import AwsLogsWriter
from controller.aws.operator_writer import AwsOperatorWriter
from controller.aws.session import AwsSession
from controller.aws.state_reader import AwsStateReader
from controller.aws.state_writer import AwsStateWriter
from controller.core.service.revision import Identity, principal
from controller.errors import UsageError
from controller.observe.kill_switch import KillSwitch
from controller.ports.clock import Clock
from controller.settings import Settings

OpenSession: TypeAlias = Callable[[Clock], AwsSession]
"""How a session with AWS is opened; the sandbox's tests open one of their own."""


@asynccontextmanager
async def connect(
    settings: Settings, clock: Clock, *, write: bool, open_session: OpenSession = AwsSession
) -> AsyncIterator[Connection]:
    """Connect to the Regions of *settings*, and yield the connection.

    Without *write* no writer is made. Raises UsageError where no Region is known, or credentials
    or the Region are wrong; DeniedError or RetryError where STS does not tell who we are.
    """
    async with open_session(clock) as session:
        regions = settings.regions or _default_region(session)
        caller = await AwsIdentityReader(session.api("sts", regions[0])).caller()
        ecs = {region: session.api("ecs", region) for region in regions}
        codedeploy = {region: session.api("codedeploy", region) for region in regions}
        writers = None
        if write:
            writing = {region: AwsEcsWriter(api) for region, api in ecs.items()}
            writers = Writers(
                writing,
                AwsLogsWriter(partial(session.api, "logs")),
                AwsStateWriter(partial(session.api, "ecs")),
                {region: AwsCodeDeployWriter(api) for region, api in codedeploy.items()},
            )
        yield Connection(
            identity=Identity(
                settings.instance,
                frozenset({principal(caller.arn), *settings.former_principals}),
            ),
            ecs={region: AwsEcsReader(api, clock) for region, api in ecs.items()},
            logs=AwsLogsReader(partial(session.api, "logs")),
            kms=AwsKmsReader(partial(session.api, "kms")),
            code_deploy={
                region: AwsCodeDeployReader(api, clock) for region, api in codedeploy.items()
            },
            alarms=AwsAlarmsReader(partial(session.api, "cloudwatch")),
            state=AwsStateReader(partial(session.api, "ecs")),
            writers=writers,
            kill_switch=_kill_switch(settings, session, regions[0], clock),
        )


@asynccontextmanager
async def connect_operator(
    settings: Settings, clock: Clock, *, open_session: OpenSession = AwsSession
) -> AsyncIterator[OperatorConnection]:
    """Connect a person to the Regions of *settings*: to read, and to say a word.

    Raises as `connect` does.
    """
    async with open_session(clock) as session:
        regions = settings.regions or _default_region(session)
        yield OperatorConnection(
            caller=await AwsIdentityReader(session.api("sts", regions[0])).caller(),
            ecs={region: AwsEcsReader(session.api("ecs", region), clock) for region in regions},
            tags=AwsStateReader(partial(session.api, "ecs")),
            operator=AwsOperatorWriter(partial(session.api, "ecs")),
        )


def _kill_switch(
    settings: Settings, session: AwsSession, region: str, clock: Clock
) -> KillSwitch | None:
    if settings.kill_switch is None:
        return None
    reader = AwsKillSwitchReader(lambda service: session.api(service, region))
    return KillSwitch(settings.kill_switch, reader, clock)


def _default_region(session: AwsSession) -> tuple[str, ...]:
    region = session.default_region()
    if region is None:
        msg = "no Region is known: give --region, or set AWS_DEFAULT_REGION"
        raise UsageError(msg)
    return (region,)
