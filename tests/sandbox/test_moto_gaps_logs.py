"""Why the sandbox does not leave log groups and callers to moto: each gap, seen in bare moto.

When one of these tests fails, moto has been mended there: see whether the simulation is still
needed. Nothing here goes through the sandbox.
"""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.config import Config


@pytest.fixture
def logs(bare: boto3.Session) -> Any:
    return bare.client("logs", config=Config(retries={"total_max_attempts": 1}))


def test_moto_takes_a_retention_outside_of_the_list(logs: Any) -> None:
    logs.create_log_group(logGroupName="/ecs/web")
    logs.put_retention_policy(logGroupName="/ecs/web", retentionInDays=31)


def test_moto_takes_an_illegal_name(logs: Any) -> None:
    logs.create_log_group(logGroupName="with space *")


def test_moto_drops_the_class_and_the_protection_of_a_group(logs: Any) -> None:
    logs.create_log_group(
        logGroupName="/ecs/web",
        logGroupClass="INFREQUENT_ACCESS",
        deletionProtectionEnabled=True,
    )
    made = logs.describe_log_groups()["logGroups"][0]
    assert made.get("logGroupClass") != "INFREQUENT_ACCESS"
    assert "deletionProtectionEnabled" not in made


def test_moto_ignores_identifiers_and_patterns(logs: Any) -> None:
    for name in ("/a", "/b"):
        logs.create_log_group(logGroupName=name)
    assert len(logs.describe_log_groups(logGroupIdentifiers=["/a"])["logGroups"]) == 2
    assert len(logs.describe_log_groups(logGroupNamePattern="a")["logGroups"]) == 2


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("associate_kms_key", {"logGroupName": "/a", "kmsKeyId": "k"}),
        ("disassociate_kms_key", {"logGroupName": "/a"}),
        (
            "put_log_group_deletion_protection",
            {"logGroupIdentifier": "/a", "deletionProtectionEnabled": True},
        ),
    ],
)
def test_moto_does_not_know_an_operation_of_logs(logs: Any, operation: str, members: Any) -> None:
    with pytest.raises(NotImplementedError):
        getattr(logs, operation)(**members)


def test_moto_answers_tags_of_a_group_that_is_not_there(logs: Any) -> None:
    arn = "arn:aws:logs:us-east-1:123456789012:log-group:/none"
    assert logs.list_tags_for_resource(resourceArn=arn)["tags"] == {}


def test_moto_takes_a_key_that_is_none(logs: Any) -> None:
    logs.create_log_group(logGroupName="/ecs/web", kmsKeyId="alias/none")


def test_moto_hands_out_all_metric_filters_at_once_and_adds_each_again(logs: Any) -> None:
    transformation = {"metricName": "errors", "metricNamespace": "shop", "metricValue": "1"}
    for _ in range(2):
        logs.put_metric_filter(
            logGroupName="/none",
            filterName="errors",
            filterPattern="",
            metricTransformations=[transformation],
        )
    shown = logs.describe_metric_filters(logGroupName="/none", limit=1)
    assert len(shown["metricFilters"]) == 2


def test_moto_names_an_unknown_caller_in_no_form_of_aws(bare: boto3.Session) -> None:
    assert bare.client("sts").get_caller_identity()["Arn"].endswith(":user/moto")
