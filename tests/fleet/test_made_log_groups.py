"""Log groups that are made with all that a strict policy asks of them, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from controller.app.settle import settle
from controller.core.plan_file.model import plan_of
from controller.core.plan_file.planned import Planned
from controller.core.reason import Sync
from controller.core.refs import LogGroupRef
from controller.core.report import Report
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import ACCOUNT, REGION, compliant, policies, policy, spec
from tests.fleet.killed import Death, killed
from tests.virtual_time import VirtualClock

GROUP = LogGroupRef(ACCOUNT, REGION, "aws", "/ecs/web")
STRICT: dict[str, Any] = {
    "retentionInDays": 365,
    "kmsKeyId": "alias/logs",
    "class": "STANDARD",
    "deletionProtection": True,
}
PCI = policy(logGroup=STRICT)


def key(aws: Aws, alias: str = "alias/logs") -> str:
    """Make a key with an alias, and return its ARN."""
    made: str = aws.call("kms", "CreateKey")["KeyMetadata"]["Arn"]
    aws.call("kms", "CreateAlias", AliasName=alias, TargetKeyId=made)
    return made


def made_by(aws: Aws) -> list[Any]:
    """Return the bodies of the calls that made log groups, without our tag."""
    bodies = [dict(one.body or {}) for one in aws.writes("CreateLogGroup")]
    return [{name: one[name] for name in one if name != "tags"} for one in bodies]


async def apply(controller: Controller, planned: Planned) -> Report:
    """Carry out a plan."""
    return await settle(
        controller.settings,
        controller.policies,
        planned,
        controller.tell,
        clock=VirtualClock(),
        open_session=controller.session,
    )


@pytest.fixture(autouse=True)
def strict(controller: Controller) -> None:
    controller.policies = PCI


async def test_a_group_is_made_with_key_class_and_protection_and_then_given_its_retention(
    aws: Aws, controller: Controller
) -> None:
    arn = key(aws)
    web = aws.runs("web")

    report = await controller.settles()

    assert is_compliant(report, web)
    assert is_compliant(report, GROUP)
    shown = aws.log_group(GROUP.name) or {}
    assert (shown["kmsKeyId"], shown["logGroupClass"]) == (arn, "STANDARD")
    assert (shown["deletionProtectionEnabled"], shown["retentionInDays"]) == (True, 365)
    assert made_by(aws) == [
        {
            "logGroupName": GROUP.name,
            "kmsKeyId": arn,  # CloudWatch Logs takes no alias
            "logGroupClass": "STANDARD",
            "deletionProtectionEnabled": True,
        }
    ]


async def test_a_strict_group_that_we_were_killed_in_making_is_completed(
    aws: Aws, controller: Controller
) -> None:
    key(aws)
    aws.runs("web", compliant("web"))
    await killed(aws, controller.settles, Death("before", operation="PutRetentionPolicy"))
    assert "retentionInDays" not in (aws.log_group(GROUP.name) or {})

    report = await controller.settles()

    assert is_compliant(report, GROUP)
    assert (aws.log_group(GROUP.name) or {})["retentionInDays"] == 365
    assert len(made_by(aws)) == 1


async def test_a_plan_makes_the_group_that_it_shows_and_no_other(
    aws: Aws, controller: Controller
) -> None:
    arn = key(aws)
    aws.runs("web", compliant("web"))
    planned = Planned(plan_of(await controller.audits()))
    shown = outcome(await controller.audits(), GROUP).proposal
    assert shown is not None
    assert {"op": "add", "path": "/kmsKeyId", "value": arn} in shown.patch

    await apply(controller, planned)

    assert (aws.log_group(GROUP.name) or {})["retentionInDays"] == 365
    assert [one["kmsKeyId"] for one in made_by(aws)] == [arn]


async def test_a_plan_is_outdated_where_its_alias_names_another_key_by_now(
    aws: Aws, controller: Controller
) -> None:
    key(aws)
    aws.runs("web", compliant("web"))
    planned = Planned(plan_of(await controller.audits()))
    other = aws.call("kms", "CreateKey")["KeyMetadata"]["KeyId"]
    aws.call("kms", "UpdateAlias", AliasName="alias/logs", TargetKeyId=other)

    report = await apply(controller, planned)

    assert reason(report, GROUP) == "PlanOutdated"
    assert made_by(aws) == []


async def test_a_group_is_not_made_while_its_key_cannot_be_found(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")

    report = await controller.settles()

    assert reason(report, GROUP) == "KeyUnresolved"
    assert reason(report, web) == "LogGroupMissing"
    assert made_by(aws) == []
    assert aws.rolled() == []

    key(aws)
    assert is_compliant(await controller.settles(), web)


async def test_a_group_is_not_made_while_its_key_may_not_be_read(
    aws: Aws, controller: Controller
) -> None:
    key(aws)
    aws.runs("web", compliant("web"))
    aws.sandbox.deny("DescribeKey")

    report = await controller.settles()

    assert reason(report, GROUP) == "KeyUnresolved"
    assert made_by(aws) == []


async def test_a_group_that_exists_is_told_of_and_never_given_another_key_class_or_protection(
    aws: Aws, controller: Controller
) -> None:
    key(aws)
    aws.runs("web", compliant("web"))
    aws.call("logs", "CreateLogGroup", logGroupName=GROUP.name, logGroupClass="INFREQUENT_ACCESS")
    aws.call("logs", "PutRetentionPolicy", logGroupName=GROUP.name, retentionInDays=365)

    report = await controller.settles()

    one = outcome(report, GROUP)
    assert one.sync is Sync.DRIFTED
    assert [finding.blocked for finding in one.findings] == [
        "KeyDiffers",
        "ClassIsImmutable",
        "NotProtected",
    ]
    assert not {"AssociateKmsKey", "PutLogGroupDeletionProtection"} & {*aws.written()}


async def test_an_alias_that_cannot_be_found_leaves_it_unknown_whether_the_key_is_right(
    aws: Aws, controller: Controller
) -> None:
    other = key(aws, "alias/other")
    aws.runs("web", compliant("web"))
    aws.call(
        "logs",
        "CreateLogGroup",
        logGroupName=GROUP.name,
        kmsKeyId=other,
        deletionProtectionEnabled=True,
    )
    aws.call("logs", "PutRetentionPolicy", logGroupName=GROUP.name, retentionInDays=365)

    report = await controller.settles()

    assert outcome(report, GROUP).sync is Sync.UNKNOWN
    assert report.incomplete


async def test_two_policies_that_name_different_keys_of_one_group_conflict(
    aws: Aws, controller: Controller
) -> None:
    key(aws)
    for name in ("web", "api"):
        aws.runs(name, compliant("web"))
    controller.policies = policies(
        web=spec(match=[{"services": ["web"]}], logGroup=STRICT),
        api=spec(match=[{"services": ["api"]}], logGroup={**STRICT, "kmsKeyId": "alias/audit"}),
    )

    report = await controller.settles()

    assert reason(report, GROUP) == "PolicyConflict"
    assert made_by(aws) == []
