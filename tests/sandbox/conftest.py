"""Clients of a sandbox without a socket, whose every answer is held against botocore's model."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import boto3
import pytest
from aiobotocore.config import AioConfig
from aiobotocore.session import AioSession, get_session
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config
from moto import mock_aws
from moto.core.botocore_stubber import MockRawResponse

from controller.sandbox import Sandbox, SandboxServer, session_class
from controller.sandbox.request import operation_of
from controller.sandbox.sandbox import SIMULATED
from controller.sandbox.wire import Http
from tests.sandbox.model import problems_of_answer
from tests.sandbox.web_service import Web

Client = Any
Open = Callable[..., Any]
CREDENTIALS: dict[str, Any] = {
    "aws_access_key_id": "AKIDOPERATOR",
    "aws_secret_access_key": "none",
    "region_name": "us-east-1",
}


@pytest.fixture(scope="session")
def session() -> boto3.Session:
    """One session: it reads each service's model once."""
    return boto3.Session(**CREDENTIALS)


@pytest.fixture
def bare(session: boto3.Session) -> Iterator[boto3.Session]:
    """A session whose every call moto answers, alone."""
    with mock_aws():
        yield session


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """An empty AWS; a call that it does not know fails the test."""
    sandbox = Sandbox()
    yield sandbox
    assert sandbox.unimplemented == []


@pytest.fixture
def client(sandbox: Sandbox, session: boto3.Session) -> Callable[..., Client]:
    """Makes boto3 clients of the sandbox, by service."""

    def make(service: str, **options: str) -> Client:
        config = Config(retries={"total_max_attempts": 1})
        made = session.client(service, config=config, **options)
        made.meta.events.register("before-send", lambda request, **_: _send(sandbox, request))
        return made

    return make


@pytest.fixture
def ecs(client: Callable[..., Client]) -> Client:
    """An ECS client, with a cluster ``prod`` to begin with."""
    made = client("ecs")
    made.create_cluster(clusterName="prod")
    return made


@pytest.fixture
def logs(client: Callable[..., Client]) -> Client:
    return client("logs")


@pytest.fixture(scope="session")
def aws() -> AioSession:
    """One session: it reads each service's model once."""
    return get_session()


@pytest.fixture
def lonely() -> Sandbox:
    """A sandbox that may be asked for what it does not know."""
    return Sandbox()


@pytest.fixture(params=["in process", "over a socket"])
async def open_client(
    request: pytest.FixtureRequest, lonely: Sandbox, aws: AioSession
) -> AsyncIterator[Open]:
    """Opens a client of the sandbox, over one transport and over the other."""

    def config(**options: Any) -> AioConfig:
        return AioConfig(**{"retries": {"total_max_attempts": 1}, **options})

    if request.param == "in process":
        yield lambda service, **options: aws.create_client(
            service, config=config(http_session_cls=session_class(lonely), **options), **CREDENTIALS
        )
        return
    with SandboxServer(lonely) as server:
        yield lambda service, **options: aws.create_client(
            service, config=config(**options), endpoint_url=server.url, **CREDENTIALS
        )


@pytest.fixture
def web(ecs: Any, sandbox: Sandbox) -> Web:
    return Web(ecs, sandbox)


@pytest.fixture
def raw(sandbox: Sandbox) -> Callable[..., tuple[int, dict[str, Any]]]:
    """Calls AWS with a body that no SDK would send; answers status and JSON, parsed by no model."""

    def call(operation: str, /, to: str = "ecs", **body: Any) -> tuple[int, dict[str, Any]]:
        scope = f"AWS4-HMAC-SHA256 Credential=AKIDOPERATOR/20260105/us-east-1/{to}/aws4_request"
        headers = {"authorization": scope, "x-amz-target": f"AnyVersion.{operation}"}
        url = f"https://{to}.us-east-1.amazonaws.com/"
        http = Http("POST", url, headers, json.dumps(body).encode())
        answer = sandbox.execute(http, sandbox.receive(http))
        return answer.status, json.loads(answer.body)

    return call


def _send(sandbox: Sandbox, request: Any) -> AWSResponse:
    body = request.body.encode() if isinstance(request.body, str) else bytes(request.body or b"")
    headers = {
        name.lower(): value.decode() if isinstance(value, bytes) else value
        for name, value in request.headers.items()
    }
    http = Http(request.method, request.url, headers, body)
    recorded = sandbox.receive(http)
    answer = sandbox.execute(http, recorded)
    if answer.status == 200 and recorded.operation in SIMULATED.get(recorded.service, {}):
        problems = problems_of_answer(recorded.service, operation_of(http), answer.body)
        assert not problems, problems
    shown = HTTPHeaders()
    for name, value in answer.headers.items():
        shown[name] = value
    return AWSResponse(request.url, answer.status, shown, MockRawResponse(answer.body))
