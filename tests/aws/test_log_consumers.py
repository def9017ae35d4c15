"""What reads a log group along: its filters, of both kinds, as they are described."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from controller.aws.api import Api
from controller.aws.logs_reader import AwsLogsReader
from controller.aws.session import AwsSession
from controller.core.refs import LogGroupRef
from controller.core.service.consumers import Consumer
from controller.errors import DeniedError, RetryError, TerminalError
from controller.sandbox import Sandbox
from tests.aws.opened import ACCOUNT, sandboxed, scripted
from tests.aws.scripted import Refused, Script
from tests.virtual_time import in_virtual_time

GROUP = LogGroupRef(ACCOUNT, "eu-west-1", "aws", "/ecs/web")
TRANSFORMATION = {"metricName": "errors", "metricNamespace": "shop", "metricValue": "1"}
NO_SUBSCRIPTIONS: dict[str, Any] = {"subscriptionFilters": []}


def reader(session: AwsSession) -> AwsLogsReader:
    return AwsLogsReader(partial(session.api, "logs"))


def metric(name: str, **more: Any) -> dict[str, Any]:
    """Return a metric filter as it is described."""
    shown = {"filterName": name, "filterPattern": "ERROR", "logGroupName": GROUP.name}
    return {**shown, "metricTransformations": [TRANSFORMATION], **more}


async def fill(logs: Api, kinesis: Api) -> None:
    """Make the group, with a filter of each kind."""
    await logs.call("CreateLogGroup", {"logGroupName": GROUP.name})
    await kinesis.call("CreateStream", {"StreamName": "siem", "ShardCount": 1})
    to_siem = {
        "logGroupName": GROUP.name,
        "filterName": "to-siem",
        "filterPattern": "",
        "destinationArn": f"arn:aws:kinesis:eu-west-1:{ACCOUNT}:stream/siem",
    }
    await logs.call("PutSubscriptionFilter", to_siem)
    errors = {key: value for key, value in metric("errors").items() if key != "creationTime"}
    await logs.call("PutMetricFilter", errors)


def names(found: frozenset[Consumer]) -> list[str]:
    return sorted(map(str, found))


@in_virtual_time
async def test_filters_of_both_kinds_read_a_group_along() -> None:
    sandbox = Sandbox()
    async with sandboxed(sandbox) as session:
        await fill(session.api("logs", "eu-west-1"), session.api("kinesis", "eu-west-1"))
        sandbox.clear_requests()

        found = await reader(session).consumers(GROUP)

    assert names(found) == ["metric filter errors", "subscription filter to-siem"]
    assert {one.region for one in sandbox.requests} == {"eu-west-1"}
    assert sandbox.writes() == []


@in_virtual_time
async def test_a_group_that_does_not_exist_is_read_by_nobody() -> None:
    async with sandboxed(Sandbox()) as session:
        assert await reader(session).consumers(GROUP) == frozenset()


@in_virtual_time
async def test_filters_on_later_pages_are_read() -> None:
    script = Script()
    script.says("DescribeSubscriptionFilters", NO_SUBSCRIPTIONS)
    script.says(
        "DescribeMetricFilters",
        {"metricFilters": [metric("a")], "nextToken": "more"},
        {"metricFilters": [metric("b")]},
    )
    async with scripted(script) as session:
        found = await reader(session).consumers(GROUP)

    assert names(found) == ["metric filter a", "metric filter b"]
    assert script.bodies("DescribeMetricFilters") == [
        {"logGroupName": "/ecs/web", "limit": 50},
        {"logGroupName": "/ecs/web", "limit": 50, "nextToken": "more"},
    ]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({}, id="no list"),
        pytest.param({"metricFilters": [{"filterName": "errors"}]}, id="no transformations"),
        pytest.param(
            {"metricFilters": [{"metricTransformations": [TRANSFORMATION]}]}, id="no name"
        ),
    ],
)
def test_an_answer_that_was_cut_is_a_passing_fault_and_not_an_empty_one(answer: Any) -> None:
    @in_virtual_time
    async def test() -> None:
        script = Script()
        script.says("DescribeSubscriptionFilters", NO_SUBSCRIPTIONS)
        script.says("DescribeMetricFilters", answer)
        async with scripted(script) as session:
            with pytest.raises(RetryError):
                await reader(session).consumers(GROUP)

    test()


@in_virtual_time
async def test_a_subscription_without_a_destination_is_a_passing_fault() -> None:
    script = Script()
    shown = {"subscriptionFilters": [{"filterName": "to-siem", "filterPattern": ""}]}
    script.says("DescribeSubscriptionFilters", shown)
    async with scripted(script) as session:
        with pytest.raises(RetryError):
            await reader(session).consumers(GROUP)


@in_virtual_time
async def test_filters_that_we_may_not_read_are_an_error_and_not_none() -> None:
    script = Script()
    script.says("DescribeSubscriptionFilters", NO_SUBSCRIPTIONS)
    script.says("DescribeMetricFilters", Refused("AccessDeniedException"))
    async with scripted(script) as session:
        with pytest.raises(DeniedError):
            await reader(session).consumers(GROUP)


@in_virtual_time
async def test_a_class_that_has_no_filters_to_show_is_an_error_and_not_none() -> None:
    script = Script()
    script.says("DescribeSubscriptionFilters", Refused("InvalidOperationException"))
    async with scripted(script) as session:
        with pytest.raises(TerminalError):
            await reader(session).consumers(GROUP)
