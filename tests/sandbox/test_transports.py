"""Both transports carry the same calls, and leave a record of what was asked."""

from __future__ import annotations

import asyncio
import threading

import pytest
from aiobotocore.config import AioConfig
from aiobotocore.session import AioSession
from botocore.exceptions import (
    ClientError,
)

from controller.sandbox import (
    Request,
    Sandbox,
    Unimplemented,
    session_class,
)
from tests.sandbox.conftest import CREDENTIALS, Open
from tests.sandbox.documents import document


async def test_calls_of_every_kind_of_protocol_arrive(open_client: Open) -> None:
    async with open_client("ecs") as ecs:
        await ecs.create_cluster(clusterName="prod")
        assert (await ecs.list_clusters())["clusterArns"]
    async with open_client("sts") as sts:
        assert (await sts.get_caller_identity())["Account"] == "123456789012"
    async with open_client("s3", s3={"addressing_style": "path"}) as s3:
        await s3.create_bucket(Bucket="policies")
        await s3.put_object(Bucket="policies", Key="a.yaml", Body=b"kind: LoggingPolicy")
        got = await s3.get_object(Bucket="policies", Key="a.yaml")
        assert await got["Body"].read() == b"kind: LoggingPolicy"
    async with open_client("dynamodb") as dynamodb:
        assert (await dynamodb.list_tables())["TableNames"] == []
    async with open_client("iam") as iam:
        assert (await iam.list_roles())["Roles"] == []


async def test_every_request_is_recorded_in_order(open_client: Open, lonely: Sandbox) -> None:
    async with open_client("ecs") as ecs:
        await ecs.create_cluster(clusterName="prod")
        await ecs.describe_clusters(clusters=["prod"])
    made, read = lonely.requests
    assert made == Request(
        service="ecs",
        operation="CreateCluster",
        body={"clusterName": "prod"},
        account="123456789012",
        region="us-east-1",
        caller="arn:aws:sts::123456789012:assumed-role/sandbox-operator/console",
    )
    assert read.operation == "DescribeClusters"
    assert lonely.writes() == [made]
    assert lonely.writes("UpdateService") == []
    assert lonely.counts() == {"CreateCluster": 1, "DescribeClusters": 1}
    lonely.clear_requests()
    assert lonely.requests == []


async def test_accounts_and_regions_are_apart(
    open_client: Open, lonely: Sandbox, aws: AioSession
) -> None:
    lonely.callers.planted["AKIDOTHER"] = "arn:aws:sts::222222222222:assumed-role/ops/me"
    async with open_client("ecs") as ecs:
        await ecs.create_cluster(clusterName="prod")
    for changed in ({"aws_access_key_id": "AKIDOTHER"}, {"region_name": "eu-west-1"}):
        config = AioConfig(http_session_cls=session_class(lonely))
        made = aws.create_client("ecs", config=config, **{**CREDENTIALS, **changed})
        async with made as elsewhere:
            assert (await elsewhere.list_clusters())["clusterArns"] == []


async def test_calls_in_flight_interleave(open_client: Open, lonely: Sandbox) -> None:
    async with open_client("ecs") as ecs:
        await asyncio.gather(*(ecs.register_task_definition(**document()) for _ in range(20)))
        listed = await ecs.list_task_definitions()
    assert len(set(listed["taskDefinitionArns"])) == 20


@pytest.mark.parametrize(
    ("service", "operation"),
    [("ecs", "list_daemons"), ("logs", "list_log_groups"), ("account", "list_regions")],
)
async def test_an_unimplemented_call_is_no_answer_of_aws(
    open_client: Open, lonely: Sandbox, service: str, operation: str
) -> None:
    async with open_client(service, retries={"total_max_attempts": 4}) as made:
        with pytest.raises((Unimplemented, ClientError)) as caught:
            await getattr(made, operation)()
    if isinstance(caught.value, ClientError):
        assert caught.value.response["Error"]["Code"] == "501"
    assert len(lonely.unimplemented) == 1  # once: nobody retried it


async def test_a_deployment_that_is_not_simulated_is_not_pretended(
    open_client: Open, lonely: Sandbox
) -> None:
    async with open_client("ecs") as ecs:
        await ecs.create_cluster(clusterName="prod")
        await ecs.register_task_definition(**document())
        with pytest.raises((Unimplemented, ClientError)):
            await ecs.create_service(
                cluster="prod",
                serviceName="web",
                taskDefinition="web",
                deploymentConfiguration={"earlySuccessCriteria": {"enable": True}},
            )
    assert len(lonely.unimplemented) == 1


async def test_a_role_session_acts_in_the_account_of_the_role(
    open_client: Open, lonely: Sandbox, aws: AioSession
) -> None:
    async with open_client("sts") as sts:
        assumed = await sts.assume_role(
            RoleArn="arn:aws:iam::222222222222:role/ops", RoleSessionName="me"
        )
    keys = assumed["Credentials"]
    config = AioConfig(http_session_cls=session_class(lonely))
    there = {
        "config": config,
        "region_name": "us-east-1",
        "aws_access_key_id": keys["AccessKeyId"],
        "aws_secret_access_key": keys["SecretAccessKey"],
        "aws_session_token": keys["SessionToken"],
    }
    async with aws.create_client("sts", **there) as sts, aws.create_client("ecs", **there) as ecs:
        who = (await sts.get_caller_identity())["Arn"]
        registered = await ecs.register_task_definition(**document())
    assert who == "arn:aws:sts::222222222222:assumed-role/ops/me"
    assert registered["taskDefinition"]["registeredBy"] == who
    assert ":222222222222:" in registered["taskDefinition"]["taskDefinitionArn"]


def test_the_scheduler_can_run_by_itself_until_it_is_stopped() -> None:
    ticked = threading.Event()

    class Watched(Sandbox):
        def tick(self, times: int = 1) -> None:
            super().tick(times)
            ticked.set()

    stop = Watched().run(interval=0.001)
    assert ticked.wait(timeout=10)
    stop()
    assert not [t for t in threading.enumerate() if t.name == "sandbox-scheduler"]


def test_time_stands_until_it_is_moved() -> None:
    sandbox = Sandbox()
    before = sandbox.now
    sandbox.advance(60)
    assert sandbox.now == before + 60
    sandbox.now = 1_800_000_000.0
    assert sandbox.now == 1_800_000_000.0


def test_a_clock_may_be_given() -> None:
    moments = iter([10.0, 20.0])
    sandbox = Sandbox(clock=lambda: next(moments))
    assert (sandbox.now, sandbox.now) == (10.0, 20.0)
