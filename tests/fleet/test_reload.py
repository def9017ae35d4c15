"""Policies that change while the controller runs: from then on they hold, all of them at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from controller.core.policy.policy_set import PolicySet
from controller.core.policy.problem import Problem, Reason
from controller.core.refs import ServiceRef
from controller.sandbox import SERVER_ERROR, Fault, Request, latency
from controller.sandbox.faults import Hook
from tests.fleet.aws import OURS, Aws
from tests.fleet.controller import Controller
from tests.fleet.given import (
    awslogs,
    compliant,
    container,
    destination,
    policies,
    policy,
    spec,
    task_definition,
)

MINUTES = 60.0
AN_HOUR = 60 * MINUTES
SOON = MINUTES  # well before the next resync

PROBLEM = Problem("p.yaml", 7, 3, Reason.UNKNOWN_KEY, "`modus` is not known", None, "  modus: 1")


async def test_a_service_is_looked_at_soon_under_the_new_policy(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    controller.policies = policy(mode="Audit")

    async with controller.runs() as running:
        await asyncio.sleep(AN_HOUR)
        assert aws.writes() == []
        controller.policies = policy()
        await asyncio.sleep(SOON)
        assert "UpdateService" in aws.written()
        assert running.complaints == []

    assert aws.revision(web) == 2


async def test_a_log_group_is_looked_at_soon_under_the_new_policy(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web", compliant("web"))

    async with controller.runs():
        await asyncio.sleep(AN_HOUR)
        controller.policies = policy(logGroup={"create": True, "retentionInDays": 90})
        await asyncio.sleep(SOON)

    group = aws.log_group("/ecs/web")
    assert group is not None
    assert group["retentionInDays"] == 90


async def test_a_policy_that_only_audits_stops_the_writes(aws: Aws, controller: Controller) -> None:
    for number in range(8):
        aws.runs(f"web-{number}")
    controller.policies = policy(rollout={"maxConcurrent": {"total": 1}})

    async with controller.runs():
        await aws.sees(lambda: len(aws.rolled()) == 2)
        controller.policies = policy(mode="Audit")
        await asyncio.sleep(SOON)
        aws.forgets_requests()
        await asyncio.sleep(AN_HOUR)

    assert "UpdateService" not in aws.written()
    assert "RegisterTaskDefinition" not in aws.written()


async def test_a_bad_change_lets_the_last_good_policy_go_on(
    aws: Aws, controller: Controller
) -> None:
    async with controller.runs() as running:
        await asyncio.sleep(AN_HOUR)
        controller.bad = (PROBLEM,)
        await asyncio.sleep(SOON)
        late = aws.runs("late")
        await asyncio.sleep(10 * MINUTES)

        assert aws.revision(late) == 2
        assert ["p.yaml:7:3: UnknownKey" in one for one in running.complaints] == [True]
        assert running.parts.heartbeats.complaint() is None
        controller.bad = ()
        await asyncio.sleep(SOON)
        assert running.complaints == []

    about = ("the policies ", "a problem of ")
    told = [one["event"] for one in running.log if one["event"].startswith(about)]
    assert told == [
        "the policies have problems",
        "a problem of the policies",
        "the policies are valid again",
    ]


async def test_what_aws_refused_under_the_old_policy_is_tried_under_the_new(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.sandbox.deny("RegisterTaskDefinition")

    async with controller.runs():
        await asyncio.sleep(10 * MINUTES)
        assert len(aws.writes("RegisterTaskDefinition")) == 1
        aws.sandbox.allow("RegisterTaskDefinition")
        controller.policies = policy(rollout={"bakeTime": "2m"})
        await asyncio.sleep(SOON)

    assert aws.revision(web) == 2


async def test_a_change_makes_nobody_less_ready(aws: Aws, controller: Controller) -> None:
    aws.runs("web")
    controller.policies = policy(mode="Audit")

    async with controller.runs() as running:
        await asyncio.sleep(AN_HOUR)
        aws.sandbox.fault = upon("DescribeServices", "web", lambda: latency(3.0))
        controller.policies = policy()
        for _ in range(30):
            await asyncio.sleep(1)
            assert running.complaints == []


async def test_a_line_of_the_log_names_the_policies_by_which_the_target_was_judged(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")
    old, new = policy(mode="Audit"), policy()
    controller.policies = old

    async with controller.runs() as running:
        await asyncio.sleep(AN_HOUR)
        controller.policies = new
        await asyncio.sleep(AN_HOUR)

    digests = [one["policy_digest"] for one in running.log]
    switch = [one["event"] for one in running.log].index("the policies were switched")
    assert digests == [old.short_digest] * switch + [new.short_digest] * (len(digests) - switch)


# ── one look, one set ─────────────────────────────────────────────────────────────────────────────


def upon(operation: str, name: str, do: Callable[[], Fault | None]) -> Hook:
    """Return a hook that does something whenever the controller asks this of one service."""

    def hook(request: Request) -> Fault | None:
        concerned = request.operation == operation and name in str(request.body)
        return do() if concerned and request.caller == OURS else None

    return hook


LOOKS = ("DescribeServices", "ListServiceDeployments", "ListTaskDefinitions")


@pytest.mark.parametrize("nth", [1, 3, 4, 5])
@pytest.mark.parametrize("operation", LOOKS)
async def test_a_revision_comes_from_one_set_whenever_the_other_comes_in_force(
    aws: Aws, controller: Controller, operation: str, nth: int
) -> None:
    web = aws.runs("web", task_definition("web", container()))
    for name in ("/old/web", "/new/web"):
        aws.makes_log_group(name, days=30)
    old, new = to("/old/{service}"), to("/new/{service}")
    controller.policies = old

    async with controller.runs() as running:
        calls = iter(range(1, 1000))
        made: list[Request] = []

        def switch() -> None:
            if next(calls) == nth:
                controller.policies = running.parts.policies.in_force.policies = new
                made.extend(aws.writes("RegisterTaskDefinition"))

        aws.sandbox.fault = upon(operation, "web", switch)
        await asyncio.sleep(AN_HOUR)

    assert next(calls) > nth
    by_old, by_new = ("/old/web", old.short_digest), ("/new/web", new.short_digest)
    assert logs_and_digests(aws, web) == ({by_old, by_new} if made else {by_new})


def to(group: str) -> PolicySet:
    """Return policies that want logs in a group, whatever was in place before."""
    return policy(destinations=[{**destination(group=group), "keep": []}])


def logs_and_digests(aws: Aws, ref: ServiceRef) -> set[tuple[str, str]]:
    """Return where the revisions of ours log, and by which policies they say they were made."""
    return {
        (
            one["containerDefinitions"][0]["logConfiguration"]["options"]["awslogs-group"],
            aws.tags(one["taskDefinitionArn"])["ecs-logging/policy-digest"],
        )
        for one in aws.family(ref.name)[1:]
    }


@pytest.mark.parametrize("before_the_roll", [1, 2, 3])
async def test_a_roll_is_not_begun_under_policies_that_are_no_longer_in_force(
    aws: Aws, controller: Controller, before_the_roll: int
) -> None:
    """The last look at the service comes after all gates, and shows only who deploys it."""
    aws.runs("web")

    async with controller.runs() as running:
        looks = iter(range(1, 1000))

        def switch() -> None:
            if len(aws.family("web")) == 2 and next(looks) == before_the_roll:
                controller.policies = policy(mode="Audit")
                running.parts.policies.in_force.switch(controller.policies)
                running.parts.policies.on_switch()

        aws.sandbox.fault = upon("DescribeServices", "web", switch)
        await asyncio.sleep(AN_HOUR)

    assert next(looks) > before_the_roll
    assert aws.rolled() == []


async def test_claims_under_the_old_policies_never_meet_those_under_the_new(
    aws: Aws, controller: Controller
) -> None:
    for name in ("eager", "late"):
        aws.runs(name, task_definition(name, container(logging=awslogs("/ecs/shared"))))
    controller.policies = retaining(eager=60, late=30)

    async with controller.runs():
        await asyncio.sleep(AN_HOUR)
        assert aws.writes("PutRetentionPolicy") == [], "the claims contradict each other"
        aws.sandbox.fault = upon("DescribeTaskDefinition", "late", lambda: SERVER_ERROR)
        controller.policies = retaining(eager=None, late=90)
        await asyncio.sleep(20 * MINUTES)
        assert aws.writes("PutRetentionPolicy") == []
        aws.sandbox.fault = None
        await asyncio.sleep(AN_HOUR)

    days = [(one.body or {}).get("retentionInDays") for one in aws.writes("PutRetentionPolicy")]
    assert days == [90]


def retaining(**days: int | None) -> PolicySet:
    """Return one policy for each service, by its name, which asks its log group for these days."""
    groups = {name: {"create": True, "retentionInDays": some} for name, some in days.items()}
    for one in groups.values():
        if one["retentionInDays"] is None:
            del one["retentionInDays"]
    keeping = [{"awslogs": {"group": "/ecs/shared", "streamPrefix": "ecs"}}]
    return policies(
        **{
            name: spec(match=[{"services": [name]}], destinations=keeping, logGroup=group)
            for name, group in groups.items()
        }
    )
