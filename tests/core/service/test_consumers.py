"""Filters of log groups: when two of them do the same."""

from __future__ import annotations

from typing import Any

import pytest

from controller.core.service.consumers import (
    Consumer,
    lacking,
    metric_filter,
    subscription_filter,
)

TRANSFORMATION = {"metricName": "errors", "metricNamespace": "shop", "metricValue": "1"}


def subscription(name: str = "to-siem", **more: Any) -> Consumer:
    """Return a subscription filter, from all that is described of it."""
    described: dict[str, Any] = {
        "filterName": name,
        "logGroupName": "/old",
        "filterPattern": "ERROR",
        "destinationArn": "arn:aws:kinesis:eu-central-1:111122223333:stream/siem",
        "roleArn": "arn:aws:iam::111122223333:role/to-siem",
        "distribution": "ByLogStream",
        "creationTime": 1_767_600_000_000,
    }
    return subscription_filter(name, {**described, **more})


def metric(name: str = "errors", **more: Any) -> Consumer:
    """Return a metric filter, from all that is described of it."""
    described: dict[str, Any] = {
        "filterName": name,
        "logGroupName": "/old",
        "filterPattern": "ERROR",
        "metricTransformations": [TRANSFORMATION],
    }
    return metric_filter(name, {**described, **more})


def lost(left: Consumer, *reached: Consumer) -> list[str]:
    return [str(one) for one in lacking(frozenset({left}), frozenset(reached))]


@pytest.mark.parametrize(
    ("left", "reached"),
    [
        pytest.param(subscription(), subscription("other", logGroupName="/new"), id="another name"),
        pytest.param(subscription(), subscription(roleArn="arn:other"), id="another role"),
        pytest.param(subscription(), subscription(distribution="Random"), id="in another order"),
        pytest.param(
            subscription(), subscription(applyOnTransformedLogs=False), id="[6.11] said of no use"
        ),
        pytest.param(metric(), metric("other", creationTime=7), id="of metrics"),
        pytest.param(metric(filterPattern=""), metric(filterPattern=None), id="no pattern"),
    ],
)
def test_filters_that_do_the_same_stand_for_each_other(left: Consumer, reached: Consumer) -> None:
    assert lost(left, reached) == []
    assert lost(reached, left) == []


@pytest.mark.parametrize(
    ("left", "reached"),
    [
        pytest.param(subscription(), subscription(filterPattern="FATAL"), id="another pattern"),
        pytest.param(subscription(), subscription(filterPattern=""), id="all of it"),
        pytest.param(subscription(), subscription(destinationArn="arn:x"), id="elsewhere"),
        pytest.param(
            subscription(), subscription(applyOnTransformedLogs=True), id="of other events"
        ),
        pytest.param(
            subscription(), subscription(memberOfTomorrow="x"), id="by what nobody knows yet"
        ),
        pytest.param(
            metric(),
            metric(metricTransformations=[{**TRANSFORMATION, "metricValue": "$.n"}]),
            id="another value",
        ),
        pytest.param(subscription(), metric(), id="of another kind"),
    ],
)
def test_filters_that_do_something_else_do_not(left: Consumer, reached: Consumer) -> None:
    assert lost(left, reached) == [str(left)]


def test_each_that_is_missing_is_named() -> None:
    left = frozenset({subscription(), metric("b", filterPattern="b"), metric("a")})

    assert [str(one) for one in lacking(left, frozenset())] == [
        "metric filter a",
        "metric filter b",
        "subscription filter to-siem",
    ]
