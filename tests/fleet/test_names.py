"""Names from templates: tags and variables send logs where they belong, and never by accident."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from controller.core.outcome import Outcome
from controller.core.policy.policy_set import PolicySet
from controller.core.reason import Sync
from controller.core.refs import LogGroupRef, ServiceRef
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import ACCOUNT, REGION, awslogs, container, destination, policy
from tests.fleet.given import task_definition as body

CLASHING = "/{cluster}-{service}"
BY_TEAM = "/ecs/{tag:team|shared}/{service}"


def naming(group: str, *, keep: tuple[str, ...] = (), **members: Any) -> PolicySet:
    """Return a policy whose log groups have such names."""
    return policy(destinations=[{**destination(group=group), "keep": list(keep)}], **members)


def tagged(**tags: str) -> dict[str, Any]:
    """Return what makes a service with these tags."""
    return {"tags": [{"key": key, "value": value} for key, value in tags.items()]}


def unlogged(family: str) -> dict[str, Any]:
    """Return a task definition that logs nowhere."""
    return body(family, container())


def group_of(aws: Aws, ref: ServiceRef) -> str:
    return str(aws.logging(ref)["options"]["awslogs-group"])


def blocked(one: Outcome) -> list[str | None]:
    return [finding.blocked for finding in one.findings]


# ── two services, one name ────────────────────────────────────────────────────────────────────────


def clash(aws: Aws) -> tuple[ServiceRef, ServiceRef]:
    """Return two services that `CLASHING` gives one name."""
    aws.call("ecs", "CreateCluster", clusterName="prod-b")
    return (
        aws.runs("b-c", unlogged("b-c")),
        aws.runs("c", unlogged("c"), cluster="prod-b"),
    )


async def test_two_services_that_are_given_one_name_by_accident_are_never_rolled(
    aws: Aws, controller: Controller
) -> None:
    one, other = clash(aws)
    web = aws.runs("web", unlogged("web"))
    controller.policies = naming(CLASHING)

    report = await controller.settles()

    assert is_compliant(report, web)
    assert (reason(report, one), reason(report, other)) == ("NameCollision", "NameCollision")
    assert aws.rolled() == ["web:2"]
    assert aws.log_group("/prod-b-c") is None


@pytest.mark.parametrize("mode", ["Audit", "Enforce"])
async def test_an_audit_tells_both_of_it_whoever_is_looked_at_first(
    aws: Aws, controller: Controller, mode: str
) -> None:
    one, other = clash(aws)
    controller.policies = naming(CLASHING, mode=mode)

    report = await controller.audits()

    for ref, met in ((one, "prod-b/c"), (other, "prod/b-c")):
        said = outcome(report, ref).reason
        assert said is not None
        assert said.code == "NameCollision"
        assert met in said.message


async def test_a_group_of_one_that_is_there_is_not_entered_by_another(
    aws: Aws, controller: Controller
) -> None:
    first = aws.runs("b-c", unlogged("b-c"))
    controller.policies = naming(CLASHING, keep=("group",))
    await controller.settles()
    aws.call("ecs", "CreateCluster", clusterName="prod-b")
    newcomer = aws.runs("c", unlogged("c"), cluster="prod-b")

    report = await controller.settles()

    assert is_compliant(report, first)
    assert reason(report, newcomer) == "NameCollision"
    assert is_compliant(report, LogGroupRef(ACCOUNT, REGION, "aws", "/prod-b-c"))
    assert aws.rolled() == ["b-c:2"]


async def test_when_one_of_them_is_gone_the_other_is_corrected(
    aws: Aws, controller: Controller
) -> None:
    one, other = clash(aws)
    controller.policies = naming(CLASHING)
    await controller.settles()
    aws.call("ecs", "DeleteService", cluster="prod-b", service="c", force=True)

    report = await controller.settles()

    assert is_compliant(report, one)
    assert aws.rolled() == ["b-c:2"]
    assert other not in {seen.ref for seen in report.outcomes if seen.sync is Sync.DRIFTED}


async def test_a_process_that_goes_on_lets_them_be_and_does_not_look_more_often_for_it(
    aws: Aws, controller: Controller
) -> None:
    clash(aws)
    aws.runs("web", unlogged("web"))
    controller.policies = naming(CLASHING)

    async with controller.runs():
        await asyncio.sleep(3600)
        assert aws.rolled() == ["web:2"]
        aws.forgets_requests()
        await asyncio.sleep(3600)
        looks = aws.calls("DescribeServices")

    assert aws.writes() == []
    assert len(looks) < 50  # three services, each looked at every five minutes


# ── tags ──────────────────────────────────────────────────────────────────────────────────────────


async def test_a_fleet_is_sent_where_its_tags_say(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web", unlogged("web"), **tagged(team="shop"))
    api = aws.runs("api", unlogged("api"))
    controller.policies = naming(BY_TEAM)

    report = await controller.settles()

    assert is_compliant(report, web)
    assert is_compliant(report, api)
    assert group_of(aws, web) == "/ecs/shop/web"
    assert group_of(aws, api) == "/ecs/shared/api"


@pytest.mark.parametrize(
    ("keep", "found"), [((), ["TagMovesLogs"]), (("group",), [])], ids=["not kept", "kept"]
)
async def test_a_tag_that_is_changed_later_moves_nothing(
    aws: Aws, controller: Controller, keep: tuple[str, ...], found: list[str]
) -> None:
    web = aws.runs("web", unlogged("web"), **tagged(team="shop"))
    controller.policies = naming(BY_TEAM, keep=(*keep, "streamPrefix"))
    await controller.settles()
    aws.forgets_requests()
    aws.call("ecs", "TagResource", resourceArn=web.arn, **tagged(team="payments"))

    report = await controller.settles()

    assert blocked(outcome(report, web)) == found
    assert group_of(aws, web) == "/ecs/shop/web"
    assert aws.writes() == []
    assert aws.log_group("/ecs/payments/web") is None


async def test_a_name_that_aws_does_not_take_is_never_written(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web", unlogged("web"), **tagged(team="the shop"))
    controller.policies = naming(BY_TEAM)

    report = await controller.settles()

    assert reason(report, web) == "InvalidName"
    assert aws.writes() == []


# ── a place is a group and its Region ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("logging", "names", "why"),
    [
        pytest.param(
            awslogs("/ecs/old/web", awslogs_region="eu-west-1"),
            {"group": "/ecs/{tag:team}/{service}", "region": REGION},
            "TagMovesLogs",
            id="its group stays for a tag",
        ),
        pytest.param(
            awslogs("/old/web"),
            {"group": "/central/{service}", "region": "{tag:home}"},
            "NoValue",
            id="its Region has no value",
        ),
    ],
)
async def test_logs_are_not_sent_to_half_a_place_beside_what_is_corrected_otherwise(
    aws: Aws, controller: Controller, logging: dict[str, Any], names: dict[str, str], why: str
) -> None:
    web = aws.runs("web", body("web", container(logging=logging)), **tagged(team="new"))
    place = ("awslogs-group", "awslogs-region")
    before = [aws.logging(web)["options"][one] for one in place]
    controller.policies = policy(destinations=[{**destination(**names), "keep": []}])

    report = await controller.settles()

    assert blocked(outcome(report, web)) == [why, why]
    assert aws.rolled() == ["web:2"]  # for its mode
    assert [aws.logging(web)["options"][one] for one in place] == before


async def test_a_group_and_its_region_are_moved_in_one_roll(
    aws: Aws, controller: Controller
) -> None:
    logging = awslogs("/old/web", awslogs_region="eu-west-1")
    web = aws.runs("web", body("web", container(logging=logging)))
    controller.policies = naming("/ecs/{service}")

    report = await controller.settles()

    assert is_compliant(report, web)
    assert aws.logging(web)["options"]["awslogs-region"] == REGION
    assert group_of(aws, web) == "/ecs/web"
    assert aws.rolled() == ["web:2"]


# ── variables ─────────────────────────────────────────────────────────────────────────────────────


async def test_how_long_a_group_keeps_events_follows_a_tag(
    aws: Aws, controller: Controller
) -> None:
    for name, env in (("web", "prod"), ("api", "dev"), ("odd", "qa")):
        aws.runs(name, body(name, container(logging=awslogs(f"/ecs/{name}"))), **tagged(env=env))
    controller.policies = policy(
        variables={"keep": {"from": "{tag:env}", "map": {"prod": 365, "dev": 14}}},
        logGroup={"create": True, "retentionInDays": "{var:keep}"},
    )

    report = await controller.settles()

    groups = {name: aws.log_group(f"/ecs/{name}") or {} for name in ("web", "api", "odd")}
    days = {name: one.get("retentionInDays") for name, one in groups.items()}
    assert days == {"web": 365, "api": 14, "odd": None}
    odd = LogGroupRef(ACCOUNT, REGION, "aws", "/ecs/odd")
    assert blocked(outcome(report, odd)) == ["NoValue"]
