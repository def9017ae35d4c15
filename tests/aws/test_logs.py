"""Log groups, read and written in the Region that their ref names."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from controller.aws.logs_reader import AwsLogsReader
from controller.aws.logs_writer import AwsLogsWriter
from controller.core.log_group.observed import LogGroup
from controller.core.refs import LogGroupRef
from controller.errors import ConflictError, DeniedError, TerminalError
from controller.sandbox import LOST_ANSWER, Sandbox
from tests.aws.opened import ACCOUNT, sandboxed, scripted
from tests.aws.scripted import Refused, Script
from tests.virtual_time import in_virtual_time

GROUP = LogGroupRef(ACCOUNT, "eu-west-1", "aws", "/ecs/web")
TAGS = {"ecs-logging/managed-by": "me"}


@in_virtual_time
async def test_a_group_that_was_created_is_read_back_with_its_tags_and_retention() -> None:
    sandbox = Sandbox()
    async with sandboxed(sandbox) as session:
        api = partial(session.api, "logs")
        writer, reader = AwsLogsWriter(api), AwsLogsReader(api)
        await writer.create_log_group(GROUP, TAGS)
        await writer.set_retention(GROUP, 30)
        group = await reader.log_group(GROUP)
        elsewhere = await reader.exists(replace(GROUP, region="us-east-1"))

    assert group.exists
    assert group.ref == GROUP
    assert group.document["logGroupName"] == "/ecs/web"
    assert group.retention_in_days == 30
    assert group.tags == TAGS
    assert not elsewhere
    assert {request.region for request in sandbox.writes()} == {"eu-west-1"}


@in_virtual_time
async def test_a_group_that_does_not_exist_is_an_empty_document() -> None:
    async with sandboxed(Sandbox()) as session:
        reader = AwsLogsReader(partial(session.api, "logs"))

        assert await reader.log_group(GROUP) == LogGroup(GROUP, {}, {})
        assert not await reader.exists(GROUP)


@in_virtual_time
async def test_groups_with_a_longer_name_are_not_taken_for_it() -> None:
    async with sandboxed(Sandbox()) as session:
        api = partial(session.api, "logs")
        await AwsLogsWriter(api).create_log_group(replace(GROUP, name="/ecs/web-2"), {})

        assert not await AwsLogsReader(api).exists(GROUP)


@in_virtual_time
async def test_a_group_on_a_later_page_is_found() -> None:
    script = Script()
    others = [{"logGroupName": f"/ecs/web{number}"} for number in range(50)]
    script.says(
        "DescribeLogGroups",
        {"logGroups": others, "nextToken": "more"},
        {"logGroups": [{"logGroupName": "/ecs/web"}]},
    )
    async with scripted(script) as session:
        assert await AwsLogsReader(partial(session.api, "logs")).exists(GROUP)

    assert script.bodies("DescribeLogGroups") == [
        {"logGroupNamePrefix": "/ecs/web", "limit": 50},
        {"logGroupNamePrefix": "/ecs/web", "limit": 50, "nextToken": "more"},
    ]


@in_virtual_time
async def test_tags_are_asked_for_by_the_arn_without_the_streams() -> None:
    script = Script()
    script.says("DescribeLogGroups", {"logGroups": [{"logGroupName": "/ecs/web"}]})
    script.says("ListTagsForResource", {"tags": TAGS})
    async with scripted(script) as session:
        group = await AwsLogsReader(partial(session.api, "logs")).log_group(GROUP)

    assert group.tags == TAGS
    arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/web"
    assert script.bodies("ListTagsForResource") == [{"resourceArn": arn}]


@in_virtual_time
async def test_tags_that_we_may_not_read_are_an_error_and_not_none() -> None:
    script = Script()
    script.says("DescribeLogGroups", {"logGroups": [{"logGroupName": "/ecs/web"}]})
    script.says("ListTagsForResource", Refused("AccessDeniedException"))
    async with scripted(script) as session:
        with pytest.raises(DeniedError):
            await AwsLogsReader(partial(session.api, "logs")).log_group(GROUP)


@in_virtual_time
async def test_a_group_that_is_deleted_while_we_look_does_not_exist() -> None:
    script = Script()
    script.says("DescribeLogGroups", {"logGroups": [{"logGroupName": "/ecs/web"}]})
    script.says("ListTagsForResource", Refused("ResourceNotFoundException"))
    async with scripted(script) as session:
        group = await AwsLogsReader(partial(session.api, "logs")).log_group(GROUP)

    assert not group.exists


@in_virtual_time
async def test_a_group_that_exists_by_now_is_left_as_it_is() -> None:
    async with sandboxed(Sandbox()) as session:
        api = partial(session.api, "logs")
        await AwsLogsWriter(api).create_log_group(GROUP, {"of": "somebody"})
        await AwsLogsWriter(api).create_log_group(GROUP, TAGS)

        assert (await AwsLogsReader(api).log_group(GROUP)).tags == {"of": "somebody"}


@in_virtual_time
async def test_a_creation_whose_answer_was_lost_is_made_once_and_succeeds() -> None:
    sandbox = Sandbox()
    sandbox.plan("CreateLogGroup", LOST_ANSWER)
    async with sandboxed(sandbox) as session:
        api = partial(session.api, "logs")
        await AwsLogsWriter(api).create_log_group(GROUP, TAGS)

        assert (await AwsLogsReader(api).log_group(GROUP)).tags == TAGS


@in_virtual_time
async def test_an_answer_without_a_body_is_one_where_there_is_nothing_to_say() -> None:
    script = Script()
    script.says("CreateLogGroup", b"")
    script.says("PutRetentionPolicy", b"")
    async with scripted(script) as session:
        writer = AwsLogsWriter(partial(session.api, "logs"))
        await writer.create_log_group(GROUP, {})
        await writer.set_retention(GROUP, 14)

    assert script.asked == [
        ("CreateLogGroup", {"logGroupName": "/ecs/web"}),
        ("PutRetentionPolicy", {"logGroupName": "/ecs/web", "retentionInDays": 14}),
    ]


@in_virtual_time
async def test_a_group_is_made_in_one_call_with_all_that_it_can_be_given_only_then() -> None:
    script = Script()
    script.says("CreateLogGroup", b"")
    async with scripted(script) as session:
        writer = AwsLogsWriter(partial(session.api, "logs"))
        await writer.create_log_group(
            GROUP,
            TAGS,
            kms_key_id="arn:aws:kms:eu-west-1:123456789012:key/1",
            log_group_class="ESSENTIALS",  # which the SDK need not know [fact 6.5]
            deletion_protection=True,
        )

    assert script.bodies("CreateLogGroup") == [
        {
            "logGroupName": "/ecs/web",
            "tags": TAGS,
            "kmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/1",
            "logGroupClass": "ESSENTIALS",
            "deletionProtectionEnabled": True,
        }
    ]


@pytest.mark.parametrize(
    ("refused", "kind"),
    [
        (Refused("OperationAbortedException"), ConflictError),
        (Refused("InvalidParameterException"), TerminalError),
    ],
)
def test_a_creation_that_is_refused_is_an_error(refused: Refused, kind: type[Exception]) -> None:
    @in_virtual_time
    async def test() -> None:
        script = Script()
        script.says("CreateLogGroup", refused)
        async with scripted(script) as session:
            with pytest.raises(kind):
                await AwsLogsWriter(partial(session.api, "logs")).create_log_group(GROUP, TAGS)

    test()
