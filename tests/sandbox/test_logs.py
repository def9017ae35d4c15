"""Log groups: refusals, what is kept, pages and filters."""

from __future__ import annotations

from typing import Any

import pytest

from controller.sandbox import START, Sandbox


@pytest.fixture
def key(client: Any) -> str:
    """The ARN of a key."""
    return str(client("kms").create_key()["KeyMetadata"]["Arn"])


def group(logs: Any, name: str = "/ecs/web") -> Any:
    return logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"][0]


def test_a_new_group_keeps_everything_for_ever(logs: Any, key: str) -> None:
    logs.create_log_group(logGroupName="/ecs/web", kmsKeyId=key)
    made = group(logs)
    assert "retentionInDays" not in made
    assert made["logGroupClass"] == "STANDARD"
    assert made["kmsKeyId"] == key
    assert made["creationTime"] == START * 1000
    assert made["arn"] == f"{made['logGroupArn']}:*"


def test_the_class_is_kept(logs: Any) -> None:
    logs.create_log_group(logGroupName="/ecs/web", logGroupClass="INFREQUENT_ACCESS")
    assert group(logs)["logGroupClass"] == "INFREQUENT_ACCESS"


@pytest.mark.parametrize("name", ["with space", "a*", "aws/ecs", "x" * 513])
def test_an_illegal_name_is_refused(logs: Any, name: str) -> None:
    with pytest.raises(logs.exceptions.InvalidParameterException):
        logs.create_log_group(logGroupName=name)


def test_names_of_aws_services_may_begin_with_a_slash(logs: Any) -> None:
    logs.create_log_group(logGroupName="/aws/ecs/web")
    assert group(logs, "/aws")["logGroupName"] == "/aws/ecs/web"


def test_a_group_is_made_once(logs: Any) -> None:
    logs.create_log_group(logGroupName="/ecs/web")
    with pytest.raises(logs.exceptions.ResourceAlreadyExistsException):
        logs.create_log_group(logGroupName="/ecs/web")


def test_only_the_retentions_of_the_list_are_taken(logs: Any) -> None:
    logs.create_log_group(logGroupName="/ecs/web")
    with pytest.raises(logs.exceptions.InvalidParameterException):
        logs.put_retention_policy(logGroupName="/ecs/web", retentionInDays=31)
    logs.put_retention_policy(logGroupName="/ecs/web", retentionInDays=3653)
    assert group(logs)["retentionInDays"] == 3653
    logs.delete_retention_policy(logGroupName="/ecs/web")
    assert "retentionInDays" not in group(logs)
    with pytest.raises(logs.exceptions.ResourceNotFoundException):
        logs.put_retention_policy(logGroupName="/none", retentionInDays=30)


def test_an_account_policy_holds_against_a_retention_that_is_put(
    logs: Any, raw: Any, sandbox: Sandbox
) -> None:
    logs.create_log_group(logGroupName="/ecs/web")
    planted = {"retentionPolicyName": "org-wide", "retentionInDays": 90}
    sandbox.region().log_groups["/ecs/web"] |= planted
    logs.put_retention_policy(logGroupName="/ecs/web", retentionInDays=30)
    _, answer = raw("DescribeLogGroups", to="logs")
    assert answer["logGroups"][0].items() >= planted.items()


def test_groups_come_fifty_at_a_time(logs: Any) -> None:
    for number in range(53):
        logs.create_log_group(logGroupName=f"/ecs/{number:02}")
    pages = logs.get_paginator("describe_log_groups").paginate()
    assert [len(page["logGroups"]) for page in pages] == [50, 3]


def test_groups_are_found_by_identifier_and_by_pattern(logs: Any) -> None:
    for name in ("/ecs/web", "/ecs/worker", "/lambda/web"):
        logs.create_log_group(logGroupName=name)
    arn = group(logs)["logGroupArn"]
    named = logs.describe_log_groups(logGroupIdentifiers=[arn, "/lambda/web", "/none"])
    assert [g["logGroupName"] for g in named["logGroups"]] == ["/ecs/web", "/lambda/web"]
    matched = logs.describe_log_groups(logGroupNamePattern="WORK")["logGroups"]
    assert [g["logGroupName"] for g in matched] == ["/ecs/worker"]
    with pytest.raises(logs.exceptions.InvalidParameterException):
        logs.describe_log_groups(logGroupNamePattern="a", logGroupNamePrefix="b")


def test_tags_are_kept_beside_the_group(logs: Any) -> None:
    logs.create_log_group(logGroupName="/ecs/web", tags={"team": "web"})
    arn = group(logs)["logGroupArn"]
    logs.tag_resource(resourceArn=arn, tags={"tier": "1"})
    assert logs.list_tags_for_resource(resourceArn=arn)["tags"] == {"team": "web", "tier": "1"}
    logs.untag_resource(resourceArn=arn, tagKeys=["team"])
    assert logs.list_tags_for_resource(resourceArn=arn)["tags"] == {"tier": "1"}
    with pytest.raises(logs.exceptions.InvalidParameterException):
        logs.tag_resource(resourceArn=arn, tags={"aws:x": "y"})
    with pytest.raises(logs.exceptions.ResourceNotFoundException):
        logs.list_tags_for_resource(resourceArn=arn.replace("web", "none"))


def test_a_key_is_associated_and_taken_away(logs: Any, key: str) -> None:
    logs.create_log_group(logGroupName="/ecs/web")
    logs.associate_kms_key(logGroupName="/ecs/web", kmsKeyId=key)
    assert group(logs)["kmsKeyId"] == key
    logs.disassociate_kms_key(resourceIdentifier=group(logs)["logGroupArn"])
    assert "kmsKeyId" not in group(logs)


def test_a_key_is_named_by_its_arn_exists_and_is_enabled(logs: Any, client: Any, key: str) -> None:
    kms = client("kms")
    kms.create_alias(AliasName="alias/logs", TargetKeyId=key)
    gone = key.replace(key.rpartition("/")[2], "00000000-0000-0000-0000-000000000000")
    for named in ("alias/logs", gone, "arn:key"):
        with pytest.raises(logs.exceptions.InvalidParameterException):
            logs.create_log_group(logGroupName="/ecs/web", kmsKeyId=named)
    kms.disable_key(KeyId=key.rpartition("/")[2])
    with pytest.raises(logs.exceptions.InvalidParameterException):
        logs.create_log_group(logGroupName="/ecs/web", kmsKeyId=key)


def test_class_and_protection_are_shown_as_they_were_given(logs: Any) -> None:
    given = {"logGroupClass": "INFREQUENT_ACCESS", "deletionProtectionEnabled": True}
    logs.create_log_group(logGroupName="/ecs/web", **given)
    assert group(logs).items() >= given.items()


def test_a_protected_group_is_not_deleted(logs: Any) -> None:
    logs.create_log_group(logGroupName="/ecs/web")
    logs.put_log_group_deletion_protection(
        logGroupIdentifier="/ecs/web", deletionProtectionEnabled=True
    )
    with pytest.raises(logs.exceptions.OperationAbortedException):
        logs.delete_log_group(logGroupName="/ecs/web")
    logs.put_log_group_deletion_protection(
        logGroupIdentifier="/ecs/web", deletionProtectionEnabled=False
    )
    logs.delete_log_group(logGroupName="/ecs/web")
    assert logs.describe_log_groups()["logGroups"] == []


def test_streams_and_events_are_motos(logs: Any) -> None:
    logs.create_log_group(logGroupName="/ecs/web")
    logs.create_log_stream(logGroupName="/ecs/web", logStreamName="ecs/app/1")
    streams = logs.describe_log_streams(logGroupName="/ecs/web")["logStreams"]
    assert [stream["logStreamName"] for stream in streams] == ["ecs/app/1"]
