"""Log groups: made before anybody needs them, once, and never made to forget."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from controller.core.policy.exception import PolicyException
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.selector import Selector
from controller.core.reason import Sync
from controller.core.refs import LogGroupRef
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import (
    ACCOUNT,
    REGION,
    awslogs,
    compliant,
    container,
    policies,
    policy,
    spec,
    task_definition,
)
from tests.fleet.killed import Death, killed

GROUP = LogGroupRef(ACCOUNT, REGION, "aws", "/ecs/web")


async def test_a_group_is_made_and_described_before_anybody_is_rolled_to_it(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")

    await controller.settles()

    calls = [one.operation for one in aws.calls()]
    made, rolled = calls.index("CreateLogGroup"), calls.index("UpdateService")
    assert "DescribeLogGroups" in calls[made:rolled]
    described = aws.calls("DescribeLogGroups")[-1].body
    assert described is not None
    assert described["logGroupNamePrefix"] == "/ecs/web"


async def test_nobody_is_rolled_while_the_group_cannot_be_made(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.sandbox.deny("CreateLogGroup")

    report = await controller.settles()

    assert reason(report, GROUP) == "AccessDenied"
    assert reason(report, web) == "LogGroupMissing"
    assert aws.written() == ["CreateLogGroup"]


async def test_a_group_that_we_were_killed_in_making_is_completed(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web", compliant("web"))
    await killed(aws, controller.settles, Death("before", operation="PutRetentionPolicy"))
    assert aws.log_group("/ecs/web") is not None
    assert "retentionInDays" not in (aws.log_group("/ecs/web") or {})

    report = await controller.settles()

    assert is_compliant(report, GROUP)
    assert (aws.log_group("/ecs/web") or {})["retentionInDays"] == 30
    assert len(aws.writes("CreateLogGroup")) == 1


async def test_fifty_services_with_one_group_give_one_finding_and_one_write(
    aws: Aws, controller: Controller
) -> None:
    shared = aws.registers(task_definition("shared", container(logging=awslogs("/ecs/shared"))))
    for number in range(50):
        aws.runs(f"web-{number:02}", shared)

    report = await controller.settles()

    groups = [one for one in report.outcomes if isinstance(one.ref, LogGroupRef)]
    assert [one.ref.name for one in groups] == ["/ecs/shared"]
    told = [one for one in controller.told if one.ref == groups[0].ref and one.findings]
    assert [one.moved for one in told] == [True, True]  # made, then given its retention
    assert aws.written() == ["CreateLogGroup", "PutRetentionPolicy"]


async def test_claims_that_contradict_each_other_are_a_conflict_and_nothing_is_written(
    aws: Aws, controller: Controller
) -> None:
    shared = aws.registers(task_definition("shared", container(logging=awslogs("/ecs/web"))))
    for name in ("web", "api"):
        aws.runs(name, shared)
    controller.policies = policies(
        web=spec(match=[{"services": ["web"]}]),
        api=spec(match=[{"services": ["api"]}], logGroup={"create": True, "retentionInDays": 90}),
    )

    report = await controller.settles()

    assert reason(report, GROUP) == "PolicyConflict"
    assert outcome(report, GROUP).policy == "api, web"
    assert aws.writes() == []


async def test_one_claimer_in_audit_is_enough_to_make_nothing(
    aws: Aws, controller: Controller
) -> None:
    shared = aws.registers(task_definition("shared", container(logging=awslogs("/ecs/web"))))
    for name in ("web", "api"):
        aws.runs(name, shared)
    controller.policies = policies(
        web=spec(match=[{"services": ["web"]}]),
        api=spec(match=[{"services": ["api"]}], mode="Audit"),
    )

    report = await controller.settles()

    assert outcome(report, GROUP).sync is Sync.DRIFTED
    assert aws.writes() == []


async def test_the_retention_of_an_existing_group_is_only_ever_lengthened(
    aws: Aws, controller: Controller
) -> None:
    for name, days in (("short", 7), ("long", 365), ("endless", None)):
        aws.runs(name, compliant(name))
        aws.makes_log_group(f"/ecs/{name}", days=days)

    report = await controller.settles()

    assert [one.body for one in aws.writes()] == [
        {"logGroupName": "/ecs/short", "retentionInDays": 30}
    ]
    codes = {one.ref.name: one.reason and one.reason.code for one in report.outcomes}
    assert codes["/ecs/long"] == codes["/ecs/endless"] == "ShorterRetention"


DAY = 24 * 3600
EXEMPT = PolicyException(
    name="keep-all",
    rules=("log-group-retention",),
    match=(Selector(services=("web",)),),
    reason="an inquiry",
    expires=date(2026, 3, 31),
)


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(policy(logGroup={"create": True}), id="its policy stated none"),
        pytest.param(
            policy(rules={"log-group-retention": {"mode": "Audit"}}), id="its rule was in Audit"
        ),
        pytest.param(PolicySet.of(policy().policies, [EXEMPT]), id="it was exempt"),
    ],
)
@pytest.mark.parametrize("retention", ["Exactly", "AtLeast"])
async def test_a_group_that_we_made_without_a_retention_is_not_made_to_forget_later(
    aws: Aws, controller: Controller, before: PolicySet, retention: str
) -> None:
    aws.interval = 3600.0
    aws.runs("web", compliant("web"))
    controller.policies = before
    await controller.settles()
    assert aws.written() == ["CreateLogGroup"]
    await asyncio.sleep(100 * DAY)
    stated = {"create": True, "retentionInDays": 30, "retention": retention}
    controller.policies = PolicySet.of(policy(logGroup=stated).policies, before.exceptions)

    report = await controller.settles()

    assert "retentionInDays" not in (aws.log_group("/ecs/web") or {})
    assert reason(report, GROUP) == ("ShorterRetention" if retention == "Exactly" else None)


async def test_a_retention_that_a_person_took_off_is_set_again_only_while_nothing_would_expire(
    aws: Aws, controller: Controller
) -> None:
    aws.interval = 3600.0
    aws.runs("web", compliant("web"))
    await controller.settles()

    for age, code in ((29 * DAY, None), (31 * DAY, "ShorterRetention")):
        aws.call("logs", "DeleteRetentionPolicy", logGroupName="/ecs/web")
        await asyncio.sleep(age - asyncio.get_running_loop().time())
        assert reason(await controller.settles(), GROUP) == code


async def test_a_group_that_we_made_is_not_changed_while_another_who_uses_it_is_not_looked_at(
    aws: Aws, controller: Controller
) -> None:
    aws.call("ecs", "CreateCluster", clusterName="prod-b")
    aws.runs("pci", task_definition("pci", container(logging=awslogs("/ecs/web"))))
    other = task_definition("dev", container(logging=awslogs("/ecs/web")))
    aws.runs("dev", other, cluster="prod-b")
    pci = spec(match=[{"services": ["pci"]}], logGroup={"create": True, "retentionInDays": 365})
    dev = spec(match=[{"services": ["dev"]}], allow={"shorterRetention": True})
    controller.policies = policies(pci=pci)
    await controller.settles()
    assert (aws.log_group("/ecs/web") or {})["retentionInDays"] == 365
    controller.policies = policies(pci=pci, dev=dev)
    controller.looks_at("prod-b")

    report = await controller.settles()

    assert (aws.log_group("/ecs/web") or {})["retentionInDays"] == 365
    assert reason(report, GROUP) == "ClaimsIncomplete"


async def test_a_group_may_be_made_to_forget_by_name(aws: Aws, controller: Controller) -> None:
    aws.runs("web", compliant("web"))
    aws.makes_log_group("/ecs/web", days=365)
    controller.policies = policy(allow={"shorterRetention": True})

    report = await controller.settles()

    assert is_compliant(report, GROUP)
    assert aws.written() == ["PutRetentionPolicy"]


async def test_a_group_under_a_retention_policy_of_the_account_is_never_written(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web", compliant("web"))
    aws.makes_log_group("/ecs/web")
    held = {"retentionPolicyName": "org-wide", "retentionInDays": 7}
    aws.sandbox.region().log_groups["/ecs/web"] |= held

    report = await controller.settles()

    assert reason(report, GROUP) == "AccountRetentionPolicy"
    assert aws.writes() == []


async def test_a_group_is_looked_for_in_the_region_that_the_container_names(
    aws: Aws, controller: Controller
) -> None:
    elsewhere = awslogs("/ecs/web", awslogs_region="eu-central-1")
    aws.runs("web", task_definition("web", container(logging=elsewhere)))

    await controller.settles()

    assert {one.region for one in aws.calls() if one.service == "logs"} == {"eu-central-1"}


async def test_a_region_that_does_not_exist_is_told_and_stops_nobody_else(
    aws: Aws, controller: Controller
) -> None:
    nowhere = awslogs("/ecs/odd", awslogs_region="$REGION", mode="blocking")
    odd = aws.runs("odd", task_definition("odd", container(logging=nowhere)))
    web = aws.runs("web")

    report = await controller.settles()

    assert is_compliant(report, web)
    assert aws.revision(odd) == 1
    said = outcome(report, odd).reason
    assert said is not None
    assert "$REGION" in said.message
