"""Who reads a log group along: nobody is rolled away from them before they have followed."""

from __future__ import annotations

import pytest

from controller.core.refs import ServiceRef
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import (
    ACCOUNT,
    REGION,
    awslogs,
    compliant,
    container,
    destination,
    policy,
    task_definition,
)

OLD, NEW = "/old/web", "/ecs/web"
SIEM = f"arn:aws:kinesis:{REGION}:{ACCOUNT}:stream/siem"
MOVES = policy(destinations=[{**destination(), "keep": []}])
LOSES = "DestinationLosesConsumers"


def subscribes(aws: Aws, group: str, name: str = "to-siem") -> None:
    """Hand the events of a group on."""
    aws.call(
        "logs",
        "PutSubscriptionFilter",
        logGroupName=group,
        filterName=name,
        filterPattern="",
        destinationArn=SIEM,
    )


def counts_errors(aws: Aws, group: str, name: str = "errors") -> None:
    """Count the errors in a group."""
    errors = {"metricName": "errors", "metricNamespace": "shop", "metricValue": "1"}
    aws.call(
        "logs",
        "PutMetricFilter",
        logGroupName=group,
        filterName=name,
        filterPattern="ERROR",
        metricTransformations=[errors],
    )


@pytest.fixture
def web(aws: Aws, controller: Controller) -> ServiceRef:
    """A service that logs to the old group, under a policy that moves it to the new one."""
    aws.call("kinesis", "CreateStream", StreamName="siem", ShardCount=1)
    aws.makes_log_group(OLD, days=30)
    controller.policies = MOVES
    return aws.runs("web", task_definition("web", container(logging=awslogs(OLD))))


async def test_a_service_follows_its_readers_and_never_goes_before_them(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    subscribes(aws, OLD)

    report = await controller.settles()

    assert reason(report, web) == LOSES
    assert aws.revision(web) == 1
    said = outcome(report, web).reason
    assert said is not None
    assert "subscription filter to-siem" in said.message
    assert aws.log_group(NEW) is not None  # so that somebody can put the filter there

    subscribes(aws, NEW, "to-siem-of-web")
    report = await controller.settles()

    assert is_compliant(report, web)
    assert aws.logging(web)["options"]["awslogs-group"] == NEW


async def test_metric_filters_are_readers_too(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    counts_errors(aws, OLD)

    assert reason(await controller.settles(), web) == LOSES

    counts_errors(aws, NEW)
    assert is_compliant(await controller.settles(), web)


async def test_a_group_that_nobody_reads_is_left_at_once(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    assert is_compliant(await controller.settles(), web)

    asked = [
        (one.body or {})["logGroupName"]
        for one in aws.calls()
        if one.operation in {"DescribeSubscriptionFilters", "DescribeMetricFilters"}
    ]
    assert set(asked) == {OLD}


async def test_nobody_asks_who_reads_where_nobody_leaves(aws: Aws, controller: Controller) -> None:
    aws.runs("web")
    aws.runs("api", compliant("api"))

    await controller.settles()

    assert aws.calls("DescribeSubscriptionFilters") == []
    assert aws.calls("DescribeMetricFilters") == []


@pytest.mark.parametrize("operation", ["DescribeSubscriptionFilters", "DescribeMetricFilters"])
async def test_a_service_whose_readers_cannot_be_told_is_not_rolled(
    aws: Aws, controller: Controller, web: ServiceRef, operation: str
) -> None:
    aws.sandbox.deny(operation)

    report = await controller.settles()

    assert reason(report, web) == "AccessDenied"
    assert aws.revision(web) == 1


async def test_an_audit_tells_who_would_be_lost_and_writes_nothing(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    subscribes(aws, OLD)

    report = await controller.audits()

    assert reason(report, web) == LOSES
    assert aws.writes() == []
