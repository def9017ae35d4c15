"""What goes on, as a person sees it: read from AWS each time."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from controller.app.status import status
from controller.core.policy.policy_set import PolicySet
from controller.core.state.waves import Stage
from controller.core.status import Status
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.given import policy
from tests.fleet.passing import is_at_rest
from tests.fleet.person import types
from tests.fleet.test_unknown_member import with_a_member_of_tomorrow
from tests.virtual_time import EPOCH, VirtualClock

WAVES = policy(
    rollout={
        "waves": [
            {"name": "first", "match": [{"services": ["api"]}], "promotion": "Manual"},
            {"name": "second", "match": [{"services": ["web"]}]},
        ]
    }
)


async def seen(controller: Controller, *, policies: PolicySet | None = None) -> Status:
    """Look at what goes on, by the policies of the controller unless others are given."""
    return await status(
        controller.settings,
        policies or controller.policies,
        clock=VirtualClock(),
        open_session=controller.session,
    )


async def seen_without_policies(controller: Controller) -> Status:
    return await status(
        controller.settings, None, clock=VirtualClock(), open_session=controller.session
    )


async def test_it_writes_nothing(aws: Aws, controller: Controller) -> None:
    aws.runs("web")

    await seen(controller)

    assert aws.written() == aws.remembered() == []


async def test_what_only_waits_for_a_process_that_enforces_is_ready(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.makes_log_group("/ecs/web", days=30)

    told = await seen(controller)

    assert (told.ready, told.waiting, told.rolls) == ((web,), (), ())


async def test_a_roll_in_flight_is_told_with_its_phase_since_when_and_until_when(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    process = asyncio.create_task(controller.settles())
    await aws.sees(lambda: bool(aws.rolled()))
    began = EPOCH + timedelta(seconds=asyncio.get_running_loop().time())

    (rolling,) = (await seen(controller)).rolls

    assert (rolling.ref, rolling.roll.phase) == (web, "Rolling")
    assert rolling.roll.task_definition.endswith("web:2")
    assert rolling.roll.since is not None
    assert abs(rolling.roll.since - began) < timedelta(seconds=10)
    assert rolling.roll.until is not None
    assert rolling.roll.until > began
    await is_at_rest(aws, web)
    (baking,) = (await seen(controller)).rolls
    assert baking.roll.phase == "Baking"
    await process
    assert (await seen(controller)).rolls == ()


async def test_without_policies_what_was_begun_and_said_is_told(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    process = asyncio.create_task(controller.settles())
    await aws.sees(lambda: bool(aws.rolled()))
    types(controller, "pause", "--cluster", "prod")
    types(controller, "suspend", "prod/web")

    told = await seen_without_policies(controller)

    assert told.policy_digest is None
    assert [one.ref for one in told.rolls] == [web]
    assert [ref.name for ref in told.clusters] == ["prod"]
    assert told.suspended == (web,)
    await process


async def test_what_waits_is_counted_by_reason_and_told_when_it_goes_on(
    aws: Aws, controller: Controller
) -> None:
    several = [aws.runs(name) for name in ("api", "web")]
    for name in ("api", "web"):
        aws.makes_log_group(f"/ecs/{name}", days=30)
    opens = EPOCH + timedelta(hours=6)
    window = {"allow": {"cron": f"0 {opens.hour} * * *", "duration": "4h"}, "zone": "UTC"}
    controller.policies = policy(rollout={"windows": [window]})

    (waiting,) = (await seen(controller)).waiting

    assert (waiting.code, waiting.refs) == ("OutsideWindow", tuple(several))
    assert waiting.until is not None
    assert (waiting.until.hour, waiting.until.minute) == (opens.hour, 0)


async def test_a_pause_is_told_with_who_and_when(aws: Aws, controller: Controller) -> None:
    aws.runs("web")
    types(controller, "pause", "--all")

    told = await seen(controller)

    (state,) = told.clusters.values()
    assert getattr(state, "paused", None) is not None
    assert getattr(state, "paused_by", None)
    assert "Paused" in {one.code for one in told.waiting}


async def test_a_line_that_stopped_is_told_and_so_is_what_is_held(
    aws: Aws, controller: Controller
) -> None:
    bad = [aws.runs(name) for name in ("a", "b")]
    aws.runs("zoo")
    controller.policies = policy(rollout={"maxConcurrent": {"total": 1}, "maxFailures": 2})
    aws.sandbox.fails(lambda one: one["family"] in {"a", "b"} and one["revision"] > 1)
    await controller.settles()

    told = await seen(controller)

    (line,) = told.lines
    assert (line.policy, line.reason.code) == ("production", "LineStopped")
    assert [one.ref for one in told.holds] == bad
    assert {one.reason.code for one in told.holds} == {"HeldAfterFailure"}
    types(controller, "resume", "--line")
    assert (await seen(controller)).lines == ()


async def test_waves_are_told_with_how_far_they_are_and_for_what_they_wait(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("api")
    aws.runs("web")
    controller.policies = WAVES
    first, second = (await seen(controller)).waves
    assert (first.name, first.stage, first.done) == ("first", Stage.OPEN, 0)
    assert second.waits is not None
    assert (second.stage, second.waits.code) == (Stage.WAITING, "WaitingForCanary")

    await controller.settles()
    await asyncio.sleep(3600)

    first, second = (await seen(controller)).waves
    assert (first.stage, first.done, first.waits) == (Stage.DONE, 1, None)
    assert second.waits is not None
    assert (second.stage, second.waits.code) == (Stage.WAITING, "WaitingForPromotion")


async def test_a_suspended_service_is_told_whether_it_drifts_or_not(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    await controller.settles()
    types(controller, "suspend", "prod/web")

    assert (await seen(controller)).suspended == (web,)


async def test_a_member_that_ecs_did_not_keep_is_told(aws: Aws, controller: Controller) -> None:
    aws.runs("web", with_a_member_of_tomorrow("task"))
    aws.sandbox.behaviour.drops = {"tomorrow"}
    await controller.settles()

    (state,) = (await seen(controller)).clusters.values()

    assert getattr(state, "unknown_member", None) == "web:2"


async def test_an_empty_account_has_nothing_going_on(aws: Aws, controller: Controller) -> None:
    told = await seen(controller)

    assert (told.rolls, told.waiting, told.ready, told.clusters) == ((), (), (), {})
