"""Sessions for tests: a dictated AWS or the sandbox at the other end, and time that is virtual."""

from __future__ import annotations

from functools import cache

from aiobotocore.config import AioConfig
from aiobotocore.httpsession import AIOHTTPSession
from aiobotocore.session import AioSession

from controller.aws.api import Api
from controller.aws.ecs_reader import AwsEcsReader
from controller.aws.session import AwsSession
from controller.core.refs import ServiceRef
from controller.sandbox import Sandbox, session_class
from tests.aws.scripted import Script
from tests.virtual_time import VirtualClock

REGION = "us-east-1"
ACCOUNT = "123456789012"
WEB = ServiceRef(ACCOUNT, REGION, "aws", "prod", "web")


@cache
def sdk() -> AioSession:
    """Return one session of the SDK for all tests: it reads the model of each service once."""
    session = AioSession()
    session.set_credentials("AKIDOPERATOR", "none")
    return session


def opened(other_end: type[AIOHTTPSession]) -> AwsSession:
    """Return a session that is to be entered, whose calls go to *other_end*."""
    config = AioConfig(http_session_cls=other_end)
    return AwsSession(VirtualClock(), config, session=sdk())


def scripted(script: Script) -> AwsSession:
    """Return a session whose calls a script answers."""
    return opened(script.session_class)


def sandboxed(sandbox: Sandbox) -> AwsSession:
    """Return a session whose calls the sandbox answers."""
    return opened(session_class(sandbox))


def ecs_reader(session: AwsSession) -> AwsEcsReader:
    """Return a reader of ECS in `REGION`."""
    return AwsEcsReader(session.api("ecs", REGION), VirtualClock())


async def run_service(ecs: Api, name: str = "web", **options: object) -> str:
    """Register a revision and make a service of it in the cluster `prod`; return the revision."""
    container = {"name": "web", "image": "nginx", "memory": 128}
    definition = {"family": name, "containerDefinitions": [container]}
    registered = await ecs.call("RegisterTaskDefinition", definition)
    arn = registered.part("taskDefinition").text("taskDefinitionArn")
    await ecs.call("CreateCluster", {"clusterName": "prod"})
    service = {"cluster": "prod", "serviceName": name, "taskDefinition": arn, "desiredCount": 1}
    await ecs.call("CreateService", {**service, **options})
    return arn
