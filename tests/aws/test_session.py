"""Clients: one per service and Region, and errors for people where none can be made."""

from __future__ import annotations

import asyncio
import traceback
from pathlib import Path

import pytest
from aiobotocore.credentials import AioCredentials
from aiobotocore.session import AioSession
from botocore.exceptions import ClientError

from controller.aws import wire
from controller.aws.session import AwsSession
from controller.errors import TerminalError, ThrottledError, UsageError
from tests.aws.opened import REGION, scripted
from tests.aws.scripted import Refused, Script
from tests.virtual_time import VirtualClock, in_virtual_time


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment without any trace of AWS, and without a metadata service to ask."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


class Slow(AioSession):
    """Credentials that take a while, as those of a role do."""

    async def get_credentials(self) -> AioCredentials | None:  # type: ignore[override] # as the stubs say of theirs
        await asyncio.sleep(1)
        return await super().get_credentials()


@in_virtual_time
async def test_whoever_asks_at_once_gets_the_same_client() -> None:
    slow = Slow()
    slow.set_credentials("AKID", "none")
    async with AwsSession(VirtualClock(), session=slow) as session:
        asked = [("ecs", "eu-west-1")] * 5 + [("ecs", "us-east-1"), ("logs", "eu-west-1")]
        clients = await asyncio.gather(*(session.client(*one) for one in asked))

    assert len(set(map(id, clients))) == 3


@in_virtual_time
async def test_without_credentials_a_person_is_told_what_to_set() -> None:
    async with AwsSession(VirtualClock()) as session:
        with pytest.raises(UsageError, match="AWS_PROFILE or AWS_ACCESS_KEY_ID"):
            await session.client("ecs", REGION)


@in_virtual_time
async def test_a_region_that_cannot_be_one_is_a_usage_error() -> None:
    async with scripted(Script()) as session:
        with pytest.raises(UsageError, match="no Region 'frankfurt'"):
            await session.client("ecs", "frankfurt")


def test_a_profile_that_does_not_exist_is_a_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")

    @in_virtual_time
    async def create() -> None:
        async with AwsSession(VirtualClock()) as session:
            with pytest.raises(UsageError, match=r"nobody.*AWS_PROFILE"):
                await session.client("ecs", REGION)
            with pytest.raises(UsageError, match=r"nobody.*AWS_PROFILE"):
                session.default_region()

    create()


def test_an_endpoint_that_is_no_address_is_a_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "not an address")

    @in_virtual_time
    async def create() -> None:
        sdk = AioSession()
        sdk.set_credentials("AKID", "none")
        async with AwsSession(VirtualClock(), session=sdk) as session:
            with pytest.raises(UsageError, match="not an address"):
                await session.client("ecs", REGION)

    create()


def test_the_region_is_that_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_REGION", raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    assert AwsSession(VirtualClock()).default_region() == "eu-west-1"

    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    assert AwsSession(VirtualClock()).default_region() == "eu-central-1"


def test_the_sdk_itself_never_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "7")

    @in_virtual_time
    async def ask() -> None:
        script = Script()
        script.says("RegisterTaskDefinition", Refused("ServerException", status=500))
        async with scripted(script) as session:
            client = await session.client("ecs", REGION)
            asked = {"family": "web", "containerDefinitions": []}
            with pytest.raises(ClientError, match="ServerException"):
                await wire.parsed(client, "RegisterTaskDefinition", asked)
        assert len(script.asked) == 1

    ask()


@in_virtual_time
async def test_parameters_that_the_sdk_refuses_are_shown_in_no_traceback() -> None:
    secret = f"{'hunter'}-2"  # the source, which a traceback shows, does not hold it
    async with scripted(Script()) as session:
        ecs = session.api("ecs", REGION)
        with pytest.raises(TerminalError, match="ParamValidation") as raised:
            await ecs.call("UpdateService", {"service": [secret]})

    assert "hunter-2" not in "".join(traceback.format_exception(raised.value))


@in_virtual_time
async def test_the_vendors_error_is_the_cause_of_ours() -> None:
    script = Script()
    script.says("ListClusters", Refused("ThrottlingException", "Rate exceeded"))
    async with scripted(script) as session:
        with pytest.raises(ThrottledError) as raised:
            await session.api("ecs", REGION).call("ListClusters", {})

    assert isinstance(raised.value.__cause__, ClientError)
