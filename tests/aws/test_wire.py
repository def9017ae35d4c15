"""Raw bodies both ways, through the SDK and, once, through a real socket."""

from __future__ import annotations

import asyncio
import copy
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import botocore.session
import pytest
from aiobotocore.config import AioConfig

from controller.app.clock import SystemClock
from controller.aws.ecs_writer import AwsEcsWriter
from controller.aws.session import AwsSession
from controller.core.service.registration import registrable
from controller.errors import AwsError, LostError, RetryError
from controller.sandbox import (
    LOST_ANSWER,
    LOST_ANSWER_RESET,
    TRUNCATED,
    Fault,
    Sandbox,
    SandboxServer,
    session_class,
)
from tests.aws.opened import REGION, ecs_reader, sandboxed, scripted, sdk
from tests.aws.scripted import Script
from tests.virtual_time import VirtualClock, in_virtual_time

# No SDK knows the members named future…; the strings are those that an encoding would change.
DOCUMENT: dict[str, Any] = {
    "family": "web",
    "futureTopLevel": {"nested": [1, 2.5, None, True, {"deep": "ü \u2028 </"}]},
    "containerDefinitions": [
        {
            "name": "web",
            "image": "nginx",
            "memory": 128,
            "futureOfContainer": [],
            "environment": [{"name": "PASSWORD", "value": "hunter2"}],
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {"awslogs-group": "/g", "awslogs-region": REGION},
                "futureOfLogging": {"rate": 12345678901234567890},
            },
        }
    ],
}


@pytest.fixture
async def over_a_socket(
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[tuple[Sandbox, AwsSession]]:
    sandbox = Sandbox()
    with SandboxServer(sandbox) as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL", server.url)
        async with AwsSession(SystemClock(), session=sdk()) as session:
            yield sandbox, session


async def test_members_that_no_sdk_knows_survive_a_round_trip_over_a_socket(
    over_a_socket: tuple[Sandbox, AwsSession],
) -> None:
    sandbox, session = over_a_socket
    writer, reader = AwsEcsWriter(session.api("ecs", REGION)), ecs_reader(session)

    first = await writer.register(DOCUMENT, {"team": "payments"})
    read = await reader.revision(first)
    assert read is not None
    second = await writer.register(registrable(read.document), read.tags)

    sent, again = [request.body for request in sandbox.writes("RegisterTaskDefinition")]
    assert sent == {**DOCUMENT, "tags": [{"key": "team", "value": "payments"}]}
    assert read.document == sandbox.document(first)
    assert again is not None
    assert again["futureTopLevel"] == DOCUMENT["futureTopLevel"]
    logging_of = again["containerDefinitions"][0]["logConfiguration"]
    assert logging_of == DOCUMENT["containerDefinitions"][0]["logConfiguration"]
    assert registrable(sandbox.document(second)) == registrable(sandbox.document(first))


@pytest.mark.parametrize("fault", [LOST_ANSWER, LOST_ANSWER_RESET], ids=["closed", "reset"])
async def test_a_connection_that_is_cut_after_a_registration_is_lost_and_made_once(
    over_a_socket: tuple[Sandbox, AwsSession], fault: Fault
) -> None:
    sandbox, session = over_a_socket
    sandbox.plan("RegisterTaskDefinition", fault)

    with pytest.raises(LostError):
        await AwsEcsWriter(session.api("ecs", REGION)).register(DOCUMENT, {})

    assert len(sandbox.writes("RegisterTaskDefinition")) == 1


async def test_an_endpoint_that_nobody_serves_is_a_passing_fault_that_names_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Hurried(SystemClock):
        async def sleep(self, seconds: float) -> None:
            await asyncio.sleep(0)

    with SandboxServer(Sandbox()) as server:
        free = server.url
    monkeypatch.setenv("AWS_ENDPOINT_URL", free)

    async with AwsSession(Hurried(), session=sdk()) as session:
        with pytest.raises(RetryError, match=free):
            await ecs_reader(session).clusters()


@in_virtual_time
async def test_calls_at_once_through_one_client_keep_their_own_bodies() -> None:
    sandbox = Sandbox()
    async with sandboxed(sandbox) as session:
        writer, reader = AwsEcsWriter(session.api("ecs", REGION)), ecs_reader(session)
        families = [f"family-{number}" for number in range(20)]

        arns = await asyncio.gather(
            *(writer.register({**DOCUMENT, "family": family}, {}) for family in families)
        )
        read = await asyncio.gather(*(reader.revision(arn) for arn in arns))

    assert [one and one.document["family"] for one in read] == families


@in_virtual_time
async def test_a_body_that_was_cut_is_a_passing_fault_and_no_empty_answer() -> None:
    sandbox = Sandbox()
    sandbox.fault = lambda _: TRUNCATED
    async with sandboxed(sandbox) as session:
        with pytest.raises(RetryError, match="UnreadableAnswer"):
            await ecs_reader(session).clusters()


@in_virtual_time
async def test_an_answer_of_another_shape_than_the_sdk_expects_is_no_crash() -> None:
    script = Script()
    script.says("ListClusters", b'["arn"]', b'{"clusterArns": {"not": "a list"}}')
    async with scripted(script) as session:
        with pytest.raises(RetryError, match="no array clusterArns"):
            await ecs_reader(session).clusters()


@in_virtual_time
async def test_the_document_that_was_given_is_left_as_it_was() -> None:
    before = copy.deepcopy(DOCUMENT)
    async with sandboxed(Sandbox()) as session:
        await AwsEcsWriter(session.api("ecs", REGION)).register(DOCUMENT, {"a": "b"})

    assert before == DOCUMENT


def test_no_environment_value_reaches_a_log_whatever_the_level(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)

    @in_virtual_time
    async def register_and_read() -> None:
        async with sandboxed(Sandbox()) as session:
            arn = await AwsEcsWriter(session.api("ecs", REGION)).register(DOCUMENT, {})
            await ecs_reader(session).revision(arn)

    register_and_read()

    assert "hunter2" not in caplog.text


@pytest.mark.parametrize("service", ["ecs", "logs"])
def test_the_installed_sdk_speaks_json_to(service: str) -> None:
    model = botocore.session.get_session().get_service_model(service)

    assert model.resolved_protocol == "json"


# ── what time it is ───────────────────────────────────────────────────────────────────────────────


class Listening(VirtualClock):
    """A clock that keeps what it has heard."""

    def __init__(self) -> None:
        self.dates: list[datetime] = []

    def heard(self, date: datetime) -> None:
        self.dates.append(date)


@in_virtual_time
async def test_the_clock_hears_the_date_of_each_answer_also_of_a_refusal() -> None:
    sandbox, clock = Sandbox(), Listening()
    config = AioConfig(http_session_cls=session_class(sandbox))
    async with AwsSession(clock, config, session=sdk()) as session:
        ecs = session.api("ecs", REGION)
        await ecs.call("ListClusters", {})
        with pytest.raises(AwsError):
            await ecs.call("DescribeTaskDefinition", {"taskDefinition": "none"})

    shown = datetime.fromtimestamp(int(sandbox.now), UTC)
    assert clock.dates == [shown, shown]


async def test_the_date_of_an_answer_over_a_socket_is_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Listening()
    with SandboxServer(Sandbox()) as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL", server.url)
        async with AwsSession(clock, session=sdk()) as session:
            await session.api("ecs", REGION).call("ListClusters", {})

    assert [one.tzinfo for one in clock.dates] == [UTC]


@in_virtual_time
async def test_an_answer_without_a_date_is_an_answer() -> None:
    script = Script()
    script.says("ListClusters", {"clusterArns": []})
    async with scripted(script) as session:
        assert await ecs_reader(session).clusters() == []
