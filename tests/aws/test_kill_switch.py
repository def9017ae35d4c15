"""The kill switch as AWS keeps it: a parameter of Systems Manager, or an object of S3."""

from __future__ import annotations

import pytest

from controller.aws.kill_switch_reader import AwsKillSwitchReader
from controller.aws.session import AwsSession
from controller.core.state.kill_switch import LARGEST, Parameter, StoredObject
from controller.errors import DeniedError
from controller.sandbox import Sandbox
from tests.aws.opened import REGION, sandboxed, scripted
from tests.aws.scripted import Refused, Script
from tests.virtual_time import in_virtual_time

PARAMETER = Parameter("/logging/stop")
OBJECT = StoredObject("ops-switches", "logging/stop.txt")


def reader(session: AwsSession) -> AwsKillSwitchReader:
    return AwsKillSwitchReader(lambda service: session.api(service, REGION))


async def writes_object(session: AwsSession, text: str) -> None:
    s3 = session.api("s3", REGION)
    await s3.parsed("CreateBucket", {"Bucket": OBJECT.bucket})
    asked = {"Bucket": OBJECT.bucket, "Key": OBJECT.key, "Body": text.encode()}
    await s3.parsed("PutObject", asked)


@in_virtual_time
async def test_a_parameter_says_what_was_written_there() -> None:
    async with sandboxed(Sandbox()) as session:
        ssm = session.api("ssm", REGION)
        await ssm.call("PutParameter", {"Name": PARAMETER.name, "Value": "off", "Type": "String"})

        assert await reader(session).said(PARAMETER) == "off"


@in_virtual_time
async def test_an_object_says_what_was_written_there() -> None:
    async with sandboxed(Sandbox()) as session:
        await writes_object(session, "off\n")

        assert await reader(session).said(OBJECT) == "off\n"


@in_virtual_time
async def test_of_what_is_too_long_to_be_a_word_only_the_beginning_is_read() -> None:
    async with sandboxed(Sandbox()) as session:
        await writes_object(session, "off" + " " * LARGEST + "not at all")

        said = await reader(session).said(OBJECT)

    assert said is not None
    assert len(said) == LARGEST


@in_virtual_time
async def test_where_nothing_was_written_nothing_is_said() -> None:
    async with sandboxed(Sandbox()) as session:
        assert await reader(session).said(PARAMETER) is None
        assert await reader(session).said(OBJECT) is None
        await session.api("s3", REGION).parsed("CreateBucket", {"Bucket": OBJECT.bucket})
        assert await reader(session).said(OBJECT) is None


@in_virtual_time
async def test_a_parameter_that_may_not_be_read_is_an_error() -> None:
    script = Script()
    script.says("GetParameter", Refused("AccessDeniedException"))
    async with scripted(script) as session:
        with pytest.raises(DeniedError, match="ssm:/logging/stop"):
            await reader(session).said(PARAMETER)


@in_virtual_time
async def test_a_secret_parameter_is_not_decrypted() -> None:
    script = Script()
    script.says("GetParameter", {"Parameter": {"Name": PARAMETER.name, "Value": "AQICAHg"}})
    async with scripted(script) as session:
        assert await reader(session).said(PARAMETER) == "AQICAHg"

    assert script.asked == [("GetParameter", {"Name": PARAMETER.name})]
