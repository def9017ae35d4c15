"""Filters of log groups: shown in pages, replaced by their names, and of groups that are there."""

from __future__ import annotations

from typing import Any

import pytest

TRANSFORMATION = {"metricName": "errors", "metricNamespace": "shop", "metricValue": "1"}


@pytest.fixture(autouse=True)
def group(logs: Any) -> None:
    logs.create_log_group(logGroupName="/ecs/web")


@pytest.fixture
def stream(client: Any) -> str:
    """The ARN of a stream to which events can be handed on."""
    kinesis = client("kinesis")
    kinesis.create_stream(StreamName="siem", ShardCount=1)
    described = kinesis.describe_stream_summary(StreamName="siem")
    return str(described["StreamDescriptionSummary"]["StreamARN"])


def metric(logs: Any, name: str, pattern: str = "ERROR", group: str = "/ecs/web") -> None:
    logs.put_metric_filter(
        logGroupName=group,
        filterName=name,
        filterPattern=pattern,
        metricTransformations=[TRANSFORMATION],
    )


def subscribe(logs: Any, name: str, to: str) -> None:
    logs.put_subscription_filter(
        logGroupName="/ecs/web", filterName=name, filterPattern="", destinationArn=to
    )


def test_a_subscription_filter_is_shown_as_it_was_put(logs: Any, stream: str) -> None:
    subscribe(logs, "to-siem", stream)
    [shown] = logs.describe_subscription_filters(logGroupName="/ecs/web")["subscriptionFilters"]
    assert (shown["filterName"], shown["filterPattern"]) == ("to-siem", "")
    assert shown["destinationArn"] == stream
    assert "roleArn" not in shown


def test_a_group_has_two_subscription_filters_at_most(logs: Any, stream: str) -> None:
    for name in ("one", "two"):
        subscribe(logs, name, stream)
    with pytest.raises(logs.exceptions.LimitExceededException):
        subscribe(logs, "three", stream)


def test_events_are_handed_on_only_to_what_is_there(logs: Any, stream: str) -> None:
    with pytest.raises(logs.exceptions.InvalidParameterException):
        subscribe(logs, "nowhere", stream.replace("siem", "none"))


def test_a_metric_filter_is_replaced_by_its_name(logs: Any) -> None:
    metric(logs, "errors")
    metric(logs, "errors", "FATAL")
    [shown] = logs.describe_metric_filters(logGroupName="/ecs/web")["metricFilters"]
    assert shown["filterPattern"] == "FATAL"
    assert shown["metricTransformations"] == [TRANSFORMATION]


def test_metric_filters_come_fifty_at_a_time_and_a_hundred_are_the_most(logs: Any) -> None:
    for number in range(100):
        metric(logs, f"errors-{number:03}")
    pages = logs.get_paginator("describe_metric_filters").paginate(logGroupName="/ecs/web")
    assert [len(page["metricFilters"]) for page in pages] == [50, 50]
    with pytest.raises(logs.exceptions.LimitExceededException):
        metric(logs, "one-more")
    metric(logs, "errors-007", "FATAL")


def test_filters_are_found_by_the_beginning_of_their_names(logs: Any) -> None:
    metric(logs, "errors")
    metric(logs, "warnings")
    found = logs.describe_metric_filters(logGroupName="/ecs/web", filterNamePrefix="warn")
    assert [one["filterName"] for one in found["metricFilters"]] == ["warnings"]


def test_a_group_that_is_not_there_has_no_filters_to_show(logs: Any, stream: str) -> None:
    missing = logs.exceptions.ResourceNotFoundException
    with pytest.raises(missing):
        logs.describe_metric_filters(logGroupName="/none")
    with pytest.raises(missing):
        logs.describe_subscription_filters(logGroupName="/none")
    with pytest.raises(missing):
        metric(logs, "errors", group="/none")


def test_a_filter_that_was_deleted_is_gone(logs: Any, stream: str) -> None:
    subscribe(logs, "to-siem", stream)
    metric(logs, "errors")
    logs.delete_subscription_filter(logGroupName="/ecs/web", filterName="to-siem")
    logs.delete_metric_filter(logGroupName="/ecs/web", filterName="errors")
    assert logs.describe_metric_filters(logGroupName="/ecs/web")["metricFilters"] == []
    shown = logs.describe_subscription_filters(logGroupName="/ecs/web")
    assert shown["subscriptionFilters"] == []
