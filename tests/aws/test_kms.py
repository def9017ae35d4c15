"""Keys, looked up by their aliases in the Region of whoever uses them."""

from __future__ import annotations

from functools import partial

import pytest

from controller.aws.kms_reader import AwsKmsReader
from controller.errors import DeniedError, RetryError, TerminalError
from controller.sandbox import Sandbox
from tests.aws.opened import ACCOUNT, sandboxed, scripted
from tests.aws.scripted import Refused, Script
from tests.virtual_time import in_virtual_time

ARN = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1234"


@in_virtual_time
async def test_an_alias_names_a_key_of_its_own_region_only() -> None:
    sandbox = Sandbox()
    async with sandboxed(sandbox) as session:
        kms = session.api("kms", "eu-west-1")
        made = (await kms.call("CreateKey", {})).part("KeyMetadata").text("Arn")
        await kms.parsed("CreateAlias", {"AliasName": "alias/logs", "TargetKeyId": made})
        sandbox.clear_requests()
        reader = AwsKmsReader(partial(session.api, "kms"))

        assert await reader.key_of("alias/logs", "eu-west-1") == made
        assert await reader.key_of("alias/logs", "eu-central-1") is None
        assert await reader.key_of("alias/other", "eu-west-1") is None

    assert sandbox.writes() == []


@in_virtual_time
async def test_the_key_is_asked_for_by_its_alias() -> None:
    script = Script()
    script.says("DescribeKey", {"KeyMetadata": {"KeyId": "1234", "Arn": ARN, "Enabled": True}})
    async with scripted(script) as session:
        found = await AwsKmsReader(partial(session.api, "kms")).key_of("alias/logs", "eu-west-1")

    assert found == ARN
    assert script.asked == [("DescribeKey", {"KeyId": "alias/logs"})]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Refused("AccessDeniedException"), DeniedError),
        ({"KeyMetadata": {"KeyId": "1234"}}, RetryError),
        ({}, RetryError),
    ],
)
def test_what_cannot_be_read_is_an_error_and_not_the_absence_of_a_key(
    answer: Refused | dict[str, object], kind: type[Exception]
) -> None:
    @in_virtual_time
    async def test() -> None:
        script = Script()
        script.says("DescribeKey", answer)
        async with scripted(script) as session:
            reader = AwsKmsReader(partial(session.api, "kms"))
            with pytest.raises(kind):
                await reader.key_of("alias/logs", "eu-west-1")

    test()


@in_virtual_time
async def test_a_region_that_does_not_exist_is_an_error_of_the_request() -> None:
    async with sandboxed(Sandbox()) as session:
        reader = AwsKmsReader(partial(session.api, "kms"))
        with pytest.raises(TerminalError, match=r"\$REGION"):
            await reader.key_of("alias/logs", "$REGION")
