"""Mishaps look to a client as they would over a network, by both transports."""

from __future__ import annotations

import time

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    ReadTimeoutError,
)

from controller.sandbox import (
    LOST_ANSWER,
    LOST_ANSWER_RESET,
    RESET,
    SERVER_ERROR,
    THROTTLE,
    TRUNCATED,
    UNAVAILABLE,
    Fault,
    Sandbox,
    latency,
)
from tests.sandbox.conftest import Open
from tests.sandbox.documents import document


@pytest.mark.parametrize(
    ("fault", "code"),
    [(THROTTLE, "ThrottlingException"), (SERVER_ERROR, "ServerException"), (UNAVAILABLE, "503")],
    ids=["throttle", "500", "503"],
)
async def test_a_planned_error_is_answered_once(
    open_client: Open, lonely: Sandbox, fault: Fault, code: str
) -> None:
    lonely.plan("ListClusters", None, fault)
    async with open_client("ecs") as ecs:
        await ecs.list_clusters()
        with pytest.raises(ClientError) as caught:
            await ecs.list_clusters()
        await ecs.list_clusters()
    assert caught.value.response["Error"]["Code"] == code


async def test_a_lost_answer_has_its_effect_and_a_reset_has_none(
    open_client: Open, lonely: Sandbox
) -> None:
    lonely.plan("RegisterTaskDefinition", RESET, LOST_ANSWER, LOST_ANSWER_RESET)
    errors = (EndpointConnectionError, ConnectionClosedError, EndpointConnectionError)
    async with open_client("ecs") as ecs:
        for error in errors:
            with pytest.raises(error):
                await ecs.register_task_definition(**document())
        listed = await ecs.list_task_definitions()
    assert len(listed["taskDefinitionArns"]) == 2
    assert lonely.counts()["RegisterTaskDefinition"] == 3


async def test_the_sdk_retries_what_it_retries_on_a_network(
    open_client: Open, lonely: Sandbox
) -> None:
    lonely.plan("ListClusters", RESET)
    async with open_client("ecs", retries={"total_max_attempts": 2}) as ecs:
        answer = await ecs.list_clusters()
    assert answer["ResponseMetadata"]["RetryAttempts"] == 1


async def test_a_truncated_answer_looks_like_success_with_nothing_in_it(
    open_client: Open, lonely: Sandbox
) -> None:
    lonely.plan("ListClusters", TRUNCATED)
    async with open_client("ecs") as ecs:
        assert "clusterArns" not in await ecs.list_clusters()


async def test_latency_beyond_the_read_timeout_times_out(
    open_client: Open, lonely: Sandbox
) -> None:
    lonely.plan("ListClusters", latency(0.3))
    async with open_client("ecs", read_timeout=0.1) as ecs:
        with pytest.raises(ReadTimeoutError):
            await ecs.list_clusters()


async def test_latency_below_it_is_only_slow(open_client: Open, lonely: Sandbox) -> None:
    lonely.plan("ListClusters", latency(0.05))
    async with open_client("ecs") as ecs:
        before = time.monotonic()
        await ecs.list_clusters()
    assert time.monotonic() - before >= 0.05


async def test_access_is_denied_by_operation_and_by_cluster(
    open_client: Open, lonely: Sandbox
) -> None:
    lonely.deny("ListServices", cluster="secret")
    lonely.deny("ListClusters")
    async with open_client("ecs") as ecs:
        for name in ("open", "secret"):
            await ecs.create_cluster(clusterName=name)
        await ecs.list_services(cluster="open")
        for call in (ecs.list_services(cluster="secret"), ecs.list_clusters()):
            with pytest.raises(ClientError) as caught:
                await call
            assert caught.value.response["Error"]["Code"] == "AccessDeniedException"
        lonely.allow("ListClusters")
        await ecs.list_clusters()


async def test_a_hook_sees_every_call(open_client: Open, lonely: Sandbox) -> None:
    lonely.fault = lambda request: THROTTLE if request.region == "us-east-1" else None
    async with open_client("ecs") as ecs:
        with pytest.raises(ClientError):
            await ecs.list_clusters()
