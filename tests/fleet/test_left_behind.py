"""A correction that was registered and is not to be rolled any more does not stay the latest."""

from __future__ import annotations

import asyncio

from controller.core.refs import ServiceRef
from controller.sandbox import Request
from tests.fleet.aws import OURS, Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, reason
from tests.fleet.given import compliant, policies, policy, spec
from tests.fleet.killed import Death, killed
from tests.fleet.test_policy_impact_later import BY_TAG, no_tags_of_services

HOURS = 3600.0
DAYS = 24 * HOURS
LOOKS_INTO_THE_PAST = ("ListTaskDefinitions", "ListServiceDeployments")


async def registers_only(aws: Aws, controller: Controller) -> ServiceRef:
    """Return a service for which a process has registered a correction, and was gone then."""
    tags = [{"key": "tier", "value": "web"}]
    web = aws.runs("web", tags=tags)
    await asyncio.sleep(3 * DAYS)
    async with controller.process() as process:
        while len(aws.family("web")) < 2:
            await process.looks()
    assert aws.rolled() == []
    return web


def status(aws: Aws) -> str:
    """Return the status of the correction."""
    return str(aws.family("web")[1]["status"])


async def test_a_restart_without_its_policy_clears_it_away(
    aws: Aws, controller: Controller
) -> None:
    await registers_only(aws, controller)
    controller.policies = policies(other=spec(match=[{"clusters": ["elsewhere"]}]))

    await controller.settles()

    assert (status(aws), aws.rolled()) == ("INACTIVE", [])


async def test_a_restart_with_its_policy_disabled_clears_it_away(
    aws: Aws, controller: Controller
) -> None:
    await registers_only(aws, controller)
    controller.policies = policy(mode="Disabled")

    await controller.settles()

    assert (status(aws), aws.rolled()) == ("INACTIVE", [])


async def test_while_it_cannot_be_told_who_governs_it_stays(
    aws: Aws, controller: Controller
) -> None:
    controller.policies = policy(**BY_TAG | {"match": [BY_TAG["match"][0] | {"services": ["*"]}]})
    web = await registers_only(aws, controller)
    aws.sandbox.fault = no_tags_of_services
    await controller.settles()
    assert status(aws) == "ACTIVE"

    aws.sandbox.fault = None
    await controller.settles()

    assert (aws.revision(web), len(aws.family("web"))) == (2, 2)


async def test_an_audit_leaves_it_and_does_not_look(aws: Aws, controller: Controller) -> None:
    await registers_only(aws, controller)
    controller.policies = policy(mode="Disabled")
    aws.forgets_requests()

    await controller.audits()

    assert status(aws) == "ACTIVE"
    assert aws.calls("ListTaskDefinitions") == []


async def test_the_process_that_registered_it_clears_it_away_when_the_policies_change(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")
    await asyncio.sleep(2 * DAYS)

    async with controller.runs() as running:

        def switch(request: Request) -> None:
            asked = request.caller == OURS and request.operation == "DescribeServices"
            if asked and len(aws.family("web")) == 2 and not aws.rolled():
                disabled = policy(mode="Disabled")
                controller.policies = disabled
                running.parts.policies.in_force.switch(disabled)
                running.parts.policies.on_switch()
                aws.sandbox.fault = None

        aws.sandbox.fault = switch
        await asyncio.sleep(2 * HOURS)

    assert (status(aws), aws.rolled()) == ("INACTIVE", [])


async def test_what_could_not_be_rolled_at_once_is_cleared_away_when_its_policy_goes(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    await asyncio.sleep(2 * DAYS)

    async with controller.runs():

        def scale_to_zero(request: Request) -> None:
            if request.caller == OURS and len(aws.family("web")) == 2:
                aws.sandbox.fault = None
                nobody = {"service": web.name, "cluster": web.cluster, "desiredCount": 0}
                aws.call("ecs", "UpdateService", **nobody)

        aws.sandbox.fault = scale_to_zero
        await asyncio.sleep(480)
        assert (status(aws), aws.rolled()) == ("ACTIVE", [])
        controller.policies = policy(mode="Disabled")
        await asyncio.sleep(2 * HOURS)

    assert (status(aws), aws.rolled()) == ("INACTIVE", [])


async def test_a_family_without_any_is_looked_through_once(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web", compliant("web"))
    await asyncio.sleep(3 * DAYS)
    controller.policies = policy(mode="Disabled")

    async with controller.process() as process:
        for _ in range(3):
            await process.looks()

    asked = [one.operation for one in aws.calls() if one.operation in LOOKS_INTO_THE_PAST]
    assert set(asked) == {"ListTaskDefinitions"}
    once = len(asked)
    async with controller.process() as process:
        await process.looks()
    again = [one.operation for one in aws.calls() if one.operation in LOOKS_INTO_THE_PAST]
    assert len(again) == 2 * once


async def test_a_correction_whose_roll_is_held_does_not_stay_the_latest_of_its_family(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.makes_log_group("/ecs/web", days=30)
    assert await killed(aws, controller.settles, Death("after", operation="RegisterTaskDefinition"))
    aws.sandbox.tags(web.cluster_ref.arn).append(
        {"key": "ecs-logging/paused", "value": "2026-01-01T00:00:00.000Z by user/anna"}
    )

    await controller.settles()
    assert [one["status"] for one in aws.family("web")] == ["ACTIVE", "ACTIVE"]
    await asyncio.sleep(660)
    report = await controller.settles()

    assert [one["status"] for one in aws.family("web")] == ["ACTIVE", "INACTIVE"]
    assert reason(report, web) == "Paused"
    aws.sandbox.tags(web.cluster_ref.arn).clear()
    assert is_compliant(await controller.settles(), web)
