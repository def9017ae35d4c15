"""Exceptions, grace and owners' tags hold a fleet back, to the very moment at which they end."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

from controller.core.policy.exception import PolicyException
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.selector import Selector
from controller.core.reason import Sync
from controller.core.refs import Ref
from controller.core.report import Report
from controller.sandbox import Request
from controller.sandbox.faults import Fault, access_denied
from tests.fleet.aws import OURS, Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import policy

DAY = 24 * 3600


def exempting(
    service: str, *, expires: str, rules: tuple[str, ...] = ("*",), **members: Any
) -> PolicySet:
    """Return the policy `production` with an exception for a service."""
    exception = PolicyException(
        name="vendor-image",
        rules=rules,
        match=(Selector(services=(service,)),),
        reason="vendor image",
        expires=date.fromisoformat(expires),
    )
    return PolicySet.of(policy(**members).policies, [exception])


def exempt_by(report: Report, ref: Ref) -> set[str | None]:
    """Return the exceptions by which what was found of a target is exempt."""
    return {one.exempt_by for one in outcome(report, ref).findings}


def notices(report: Report) -> list[str]:
    """Return the codes of what people are told besides."""
    return [one.code for one in report.notices]


async def test_an_exempt_service_is_not_rolled_and_its_neighbour_is(
    aws: Aws, controller: Controller
) -> None:
    web, other = aws.runs("web"), aws.runs("other")
    controller.policies = exempting("web", expires="2026-12-31")

    report = await controller.settles()

    assert aws.rolled() == ["other:2"]
    assert is_compliant(report, other)
    assert (outcome(report, web).sync, reason(report, web)) == (Sync.EXEMPT, "Exempt")
    assert exempt_by(report, web) == {"vendor-image"}
    assert not report.incomplete
    assert notices(report) == []


async def test_at_the_end_of_its_last_day_a_service_is_rolled(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    controller.policies = exempting("web", expires="2026-01-01")
    await asyncio.sleep(DAY - 15 * 60)

    async with controller.runs() as running:
        await asyncio.sleep(DAY - 1 - asyncio.get_running_loop().time())
        assert aws.rolled() == []
        await aws.sees(lambda: aws.rolled() == ["web:2"])
        seen = asyncio.get_running_loop().time()

    assert DAY <= seen < DAY + 60  # at the very moment, not at the next look in five minutes
    assert running.complaints == []
    assert aws.revision(web) == 2


async def test_an_exception_that_is_over_is_told_and_exempts_nothing(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    controller.policies = exempting("web", expires="2025-12-31")

    report = await controller.settles()

    assert is_compliant(report, web)
    assert notices(report) == ["ExceptionExpired"]


async def test_an_exception_that_exempts_nothing_is_told_where_all_was_seen(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")
    controller.policies = exempting("elsewhere", expires="2026-01-09")

    assert notices(await controller.audits()) == ["ExceptionExpiresSoon", "ExceptionUnused"]
    controller.looks_at("prod")
    assert notices(await controller.audits()) == ["ExceptionExpiresSoon"]


async def test_a_rule_of_log_groups_may_be_exempt_too(aws: Aws, controller: Controller) -> None:
    aws.runs("web")
    group = aws.makes_log_group("/ecs/web", days=400)
    rules = ("log-group-retention",)
    controller.policies = exempting("web", expires="2026-12-31", rules=rules)

    report = await controller.settles()

    assert aws.rolled() == ["web:2"]
    assert (outcome(report, group).sync, exempt_by(report, group)) == (
        Sync.EXEMPT,
        {"vendor-image"},
    )
    assert "PutRetentionPolicy" not in aws.written()


async def test_an_owner_stops_a_roll_from_starting_until_the_tag_is_gone(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web", tags=[{"key": "ecs-logging/mode", "value": "Audit"}])

    report = await controller.settles()
    assert (outcome(report, web).sync, reason(report, web)) == (Sync.DRIFTED, "OwnerTag")
    assert aws.writes() == []

    aws.call("ecs", "UntagResource", resourceArn=web.arn, tagKeys=["ecs-logging/mode"])
    assert is_compliant(await controller.settles(), web)
    assert aws.rolled() == ["web:2"]


async def test_an_owner_takes_a_service_out_until_a_day(aws: Aws, controller: Controller) -> None:
    tags = {"ecs-logging/mode": "Disabled", "ecs-logging/exempt-until": "2026-01-01"}
    web = aws.runs("web", tags=[{"key": key, "value": one} for key, one in tags.items()])

    report = await controller.settles()
    assert (outcome(report, web).sync, reason(report, web)) == (Sync.EXEMPT, "OwnerTag")
    assert outcome(report, web).findings == ()

    await asyncio.sleep(DAY)
    report = await controller.settles()
    assert (outcome(report, web).sync, reason(report, web)) == (Sync.DRIFTED, "OwnerTag")
    assert notices(report) == ["OwnerTag"]
    assert aws.writes() == []


async def test_a_suspended_service_waits(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web", tags=[{"key": "ecs-logging/suspended", "value": "true"}])

    assert reason(await controller.settles(), web) == "OwnerSuspended"
    assert aws.writes() == []


async def test_an_owner_who_says_no_in_the_middle_of_a_roll_lets_it_be_seen_through(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    async with controller.process() as process:
        while not aws.rolled():
            await process.looks()
    tag = {"key": "ecs-logging/mode", "value": "Audit"}
    aws.call("ecs", "TagResource", resourceArn=web.arn, tags=[tag])

    assert is_compliant(await controller.settles(), web)
    assert aws.rolled() == ["web:2"]


async def test_an_owner_who_cannot_be_heard_is_not_overruled(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")

    def no_tags(request: Request) -> Fault | None:
        asks = request.caller == OURS and "TAGS" in (request.body or {}).get("include", [])
        return access_denied(request) if asks and "services" in (request.body or {}) else None

    aws.sandbox.fault = no_tags
    report = await controller.settles()
    assert (outcome(report, web).sync, reason(report, web)) == (Sync.DRIFTED, "OwnerTagsUnread")
    assert aws.writes() == []


async def test_a_policy_may_ignore_its_owners(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web", tags=[{"key": "ecs-logging/mode", "value": "Audit"}])
    controller.policies = policy(ownerTags="Ignore")

    assert is_compliant(await controller.settles(), web)


async def test_grace_counts_from_the_making_of_the_service(
    aws: Aws, controller: Controller
) -> None:
    await asyncio.sleep(3600)
    web = aws.runs("web")
    controller.policies = policy(effectiveFrom="2025-06-01", gracePeriod="2d")

    report = await controller.settles()
    assert (outcome(report, web).sync, reason(report, web)) == (Sync.DRIFTED, "InGracePeriod")
    assert aws.writes() == []

    await asyncio.sleep(2 * DAY)
    assert is_compliant(await controller.settles(), web)


async def test_a_process_that_runs_reminds_people_of_an_end(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")
    controller.policies = exempting("web", expires="2026-01-02")

    async with controller.runs() as running:
        await asyncio.sleep(60)
        said = [one["reason"] for one in running.log if one["event"] == "an exception"]

    assert said == ["ExceptionExpiresSoon"]
