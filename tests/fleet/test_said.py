"""What people say by the verbs, and what comes of it: each row of the table, done for real."""

from __future__ import annotations

import asyncio

import pytest

from controller.core.reason import Health
from controller.core.state.verbs import VERBS
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import destination, policy
from tests.fleet.person import types
from tests.fleet.test_unknown_member import with_a_member_of_tomorrow

MINUTES = 60.0
OFTEN = {"maxPer": {"share": "100%", "in": "5m"}}
ONE_BY_ONE = policy(
    rollout={
        "waves": [
            {"name": "first", "match": [{"services": ["api"]}], "promotion": "Manual"},
            {"name": "second", "match": [{"services": ["web"]}]},
        ]
    }
)

DONE = {
    "pause": "test_a_paused_cluster_begins_nothing_until_it_is_resumed",
    "resume": "test_a_paused_cluster_begins_nothing_until_it_is_resumed",
    "resume --line": "test_a_line_that_stopped_goes_on_when_the_failures_are_acknowledged",
    "suspend SERVICE": "test_a_suspended_service_is_left_alone_until_it_is_resumed",
    "resume SERVICE": "test_a_suspended_service_is_left_alone_until_it_is_resumed",
    "approve service SERVICE": "test_what_is_held_after_a_failure_is_tried_again_when_approved",
    "approve policy DIGEST": "test_a_set_that_changes_much_comes_in_force_when_approved",
    "approve wave POLICY/WAVE": "test_a_wave_begins_when_approved",
    "approve account": "test_registering_goes_on_in_an_account_that_is_approved",
}


def test_each_verb_of_the_table_is_done_here() -> None:
    assert [verb.typed for verb in VERBS] == [*DONE]
    assert all(name in globals() for name in DONE.values())


async def test_a_paused_cluster_begins_nothing_until_it_is_resumed(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    types(controller, "pause", "--cluster", "prod")

    report = await controller.settles()

    assert reason(report, web) == "Paused"
    assert outcome(report, web).health is Health.SUSPENDED
    assert (aws.written(), aws.log_group("/ecs/web")) == ([], None)

    types(controller, "resume", "--cluster", "prod")
    assert is_compliant(await controller.settles(), web)


async def test_a_line_that_stopped_goes_on_when_the_failures_are_acknowledged(
    aws: Aws, controller: Controller
) -> None:
    bad = [aws.runs(name) for name in ("a", "b")]
    zoo = aws.runs("zoo")
    controller.policies = policy(rollout={"maxConcurrent": {"total": 1}, "maxFailures": 2})
    aws.sandbox.fails(lambda one: one["family"] in {"a", "b"} and one["revision"] > 1)
    report = await controller.settles()
    assert {reason(report, one) for one in bad} == {"HeldAfterFailure"}
    assert reason(report, zoo) == "LineStopped"

    types(controller, "resume", "--line", "--cluster", "prod")

    assert is_compliant(await controller.settles(), zoo)


async def test_a_suspended_service_is_left_alone_until_it_is_resumed(
    aws: Aws, controller: Controller
) -> None:
    web, zoo = aws.runs("web"), aws.runs("zoo")
    types(controller, "suspend", "prod/web")

    report = await controller.settles()

    assert reason(report, web) == "OwnerSuspended"
    assert is_compliant(report, zoo)
    types(controller, "resume", "prod/web")
    assert is_compliant(await controller.settles(), web)


async def test_what_is_held_after_a_failure_is_tried_again_when_approved(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    controller.policies = policy(rollout=OFTEN)
    aws.sandbox.fails(lambda one: one["revision"] > 1)
    assert reason(await controller.settles(), web) == "HeldAfterFailure"
    aws.sandbox.behaviour.failing.clear()
    await asyncio.sleep(120 * MINUTES)
    assert reason(await controller.settles(), web) == "HeldAfterFailure"

    types(controller, "approve", "prod/web")

    report = await controller.settles()
    assert reason(report, web) is None, outcome(report, web).reason


async def test_a_set_that_changes_much_comes_in_force_when_approved(
    aws: Aws, controller: Controller
) -> None:
    services = [aws.runs(f"web-{number}") for number in range(5)]
    await controller.settles()
    await asyncio.sleep(10 * MINUTES)
    more = [destination(maxBufferSize="25m")]
    controller.policies = policy(destinations=more, rollout=OFTEN)
    assert reason(await controller.settles(), services[0]) == "PolicyImpact"

    types(controller, "approve", "policy", controller.policies.short_digest)

    report = await controller.settles()
    assert [reason(report, one) for one in services] == [None] * 5


async def test_a_wave_begins_when_approved(aws: Aws, controller: Controller) -> None:
    api, web = aws.runs("api"), aws.runs("web")
    controller.policies = ONE_BY_ONE
    await controller.settles()
    await asyncio.sleep(60 * MINUTES)
    report = await controller.settles()
    assert is_compliant(report, api)
    assert reason(report, web) == "WaitingForPromotion"

    told = types(controller, "approve", "wave", "production/second")

    assert controller.policies.short_digest in aws.tags(aws.cluster("prod").arn).get(
        "ecs-logging/approved-wave.production", ""
    )
    assert "approved production/second" in told.stdout
    assert is_compliant(await controller.settles(), web)


async def test_registering_goes_on_in_an_account_that_is_approved(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web", with_a_member_of_tomorrow("task"))
    aws.sandbox.behaviour.drops = {"tomorrow"}
    controller.policies = policy(rollout={"maxConcurrent": {"total": 1}})
    await controller.settles()
    zoo = aws.runs("zoo")
    report = await controller.settles()
    assert reason(report, web) == reason(report, zoo) == "UnknownMember"
    aws.sandbox.behaviour.drops = set()
    await asyncio.sleep(61 * MINUTES)
    assert reason(await controller.settles(), zoo) == "UnknownMember"

    types(controller, "approve", "account")

    report = await controller.settles()
    assert is_compliant(report, web)
    assert is_compliant(report, zoo)


# ── a pause in the middle of things ───────────────────────────────────────────────────────────────


async def test_a_roll_that_has_begun_is_finished_in_a_pause(
    aws: Aws, controller: Controller
) -> None:
    web, zoo = aws.runs("web"), aws.runs("zoo")
    controller.policies = policy(rollout={"maxConcurrent": {"total": 1}})

    async with controller.runs():
        await aws.sees(lambda: bool(aws.rolled()))
        types(controller, "pause", "--all")
        await asyncio.sleep(30 * MINUTES)

    rolled = aws.rolled()
    assert len(rolled) == 1
    report = await controller.settles()
    states = {reason(report, web), reason(report, zoo)}
    assert states == {None, "Paused"}


@pytest.mark.parametrize("restarts", [False, True])
async def test_a_roll_that_fails_is_returned_in_a_pause(
    aws: Aws, controller: Controller, *, restarts: bool
) -> None:
    web = aws.runs("web")
    aws.sandbox.fails(lambda one: one["revision"] > 1)

    async with controller.runs():
        await aws.sees(lambda: bool(aws.rolled()))
        types(controller, "pause", "--all")
        if not restarts:
            await asyncio.sleep(60 * MINUTES)
    if restarts:
        await controller.settles()

    assert aws.rolled()[-1] == "web:1"
    assert aws.revision(web) == 1


async def test_a_pause_outlives_the_process_and_a_pause_that_makes_no_sense_holds_too(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    tag = {"key": "ecs-logging/paused", "value": "until Monday"}
    aws.call("ecs", "TagResource", resourceArn=aws.cluster("prod").arn, tags=[tag])

    for _ in range(2):
        assert reason(await controller.settles(), web) == "Unknown"
    assert aws.written() == []


async def test_a_pause_elsewhere_holds_a_log_group_that_both_ask_for(
    aws: Aws, controller: Controller
) -> None:
    aws.call("ecs", "CreateCluster", clusterName="prod-two")
    controller.policies = policy(
        destinations=[destination(group="/shared") | {"keep": []}],
    )
    web, far = aws.runs("web"), aws.runs("far", cluster="prod-two")
    types(controller, "pause", "--cluster", "prod-two")

    report = await controller.settles()

    assert reason(report, far) == "Paused"
    assert reason(report, web) == "LogGroupMissing"
    assert aws.log_group("/shared") is None
