"""A person takes services back to what they ran before our roll, as safely as we would."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from controller.core.taken_back import Begun, Ending, Planned, Suspending
from controller.errors import UsageError
from tests.fleet.aws import Aws
from tests.fleet.back import SUSPENDED, of, takes_back
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, reason
from tests.fleet.given import ACCOUNT, REGION, container, policy, task_definition
from tests.fleet.killed import Death, killed
from tests.fleet.passing import AN_HOUR, is_at_rest
from tests.fleet.person import types
from tests.virtual_time import VirtualClock

TO_WEB = f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/web"


async def test_a_service_is_taken_back_to_the_revision_before_and_suspended(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    assert is_compliant(await controller.settles(), web)
    aws.forgets_requests()

    told = await takes_back(controller, "prod/web")

    one = of(told, web)
    assert (one.ending, one.reason, one.suspended) == (Ending.BACK, None, True)
    assert (one.came_from, one.went_to) == (f"{TO_WEB}:2", f"{TO_WEB}:1")
    assert aws.written() == ["TagResource", "UpdateService"]
    assert (aws.revision(web), aws.service(web).deployments[0].rollout) == (1, "COMPLETED")
    assert SUSPENDED in aws.tags(web.arn)


async def test_each_write_of_it_is_recorded(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web")
    await controller.settles()
    recorded: list[Begun] = []

    told = await takes_back(controller, "prod/web", tell=recorded.append)

    (write,) = told.services[0].writes
    assert [Suspending(web), write] == recorded
    assert (write.move, write.result) == ("Return", "Done")
    assert (write.came_from, write.went_to) == (f"{TO_WEB}:2", f"{TO_WEB}:1")


async def test_a_running_controller_does_not_correct_it_again_until_it_is_resumed(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    controller.policies = policy(rollout={"maxPer": {"share": "100%", "in": "5m"}})

    async with controller.runs():
        await aws.sees(lambda: aws.revision(web) == 2)
        await is_at_rest(aws, web)
        await asyncio.sleep(AN_HOUR)
        await takes_back(controller, "prod/web")
        await asyncio.sleep(AN_HOUR)
        assert aws.revision(web) == 1

    types(controller, "resume", "prod/web")
    assert is_compliant(await controller.settles(), web)


async def test_a_roll_that_goes_on_is_stopped(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web")
    process = asyncio.create_task(controller.settles())
    await aws.sees(lambda: bool(aws.rolled()))
    process.cancel()

    told = await takes_back(controller, "prod/web")

    assert of(told, web).ending is Ending.BACK
    assert [one.move for one in of(told, web).writes] == ["Stop"]
    assert aws.written()[-1] == "StopServiceDeployment"
    assert aws.revision(web) == 1


async def test_said_twice_it_says_already_and_writes_nothing(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    await controller.settles()
    await takes_back(controller, "prod/web")
    aws.forgets_requests()

    told = await takes_back(controller, "prod/web")

    assert (of(told, web).ending, of(told, web).suspended) == (Ending.ALREADY, True)
    assert aws.written() == []
    types(controller, "resume", "prod/web")
    assert not of(await takes_back(controller, "prod/web"), web).suspended


async def test_a_revision_of_another_team_is_refused(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web")
    aws.releases(web, task_definition("web", container(image="shop/web:2")))
    await is_at_rest(aws, web)

    told = await takes_back(controller, "prod/web")

    one = of(told, web)
    assert one.reason is not None
    assert (one.ending, one.reason.code) == (Ending.REFUSED, "NotOurs")
    assert aws.written() == []


async def test_a_release_over_our_roll_is_not_undone(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web")
    await controller.settles()
    aws.releases(web, task_definition("web", container(image="shop/web:2")))
    await is_at_rest(aws, web)
    aws.forgets_requests()

    told = await takes_back(controller, "prod/web")

    one = of(told, web)
    assert one.reason is not None
    assert (one.ending, one.reason.code) == (Ending.REFUSED, "Superseded")
    assert (aws.written(), aws.revision(web)) == ([], 3)


@pytest.mark.parametrize("before", ["TagResource", "UpdateService"])
async def test_a_release_that_comes_in_between_is_not_undone(
    aws: Aws, controller: Controller, before: str
) -> None:
    web = aws.runs("web")
    await controller.settles()
    aws.forgets_requests()
    death = Death("before", operation=before)
    await killed(aws, lambda: takes_back(controller, "prod/web"), death)
    aws.releases(web, task_definition("web", container(image="shop/web:2")))

    told = await takes_back(controller, "prod/web")

    assert of(told, web).ending is Ending.REFUSED
    assert (aws.writes("UpdateService"), aws.revision(web)) == ([], 3)


async def test_a_release_between_the_question_and_the_yes_is_not_undone(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    await controller.settles()
    aws.forgets_requests()

    def releases(planned: Sequence[Planned]) -> bool:
        aws.releases(web, task_definition("web", container(image="shop/web:2")))
        return True

    told = await takes_back(controller, "prod/web", confirm=releases)

    assert of(told, web).ending is Ending.REFUSED
    assert (aws.writes("UpdateService"), aws.revision(web)) == ([], 3)


async def test_all_since_takes_back_only_what_was_rolled_since(
    aws: Aws, controller: Controller
) -> None:
    old = aws.runs("old")
    await controller.settles()
    await asyncio.sleep(3 * AN_HOUR)
    new, bystander = aws.runs("new"), aws.runs("zoo", cluster="prod")
    controller.policies = policy(exclude=[{"services": ["zoo"]}])
    await controller.settles()

    told = await takes_back(controller, since=timedelta(hours=2))

    assert [one.ref for one in told.services] == [new]
    assert (aws.revision(old), aws.revision(new), aws.revision(bystander)) == (2, 1, 1)
    assert SUSPENDED not in aws.tags(old.arn)


@pytest.mark.parametrize("with_policies", [False, True])
async def test_without_policies_one_goes_at_a_time_and_with_them_as_many_as_they_let(
    aws: Aws, controller: Controller, *, with_policies: bool
) -> None:
    several = [aws.runs(name) for name in ("api", "shop", "web")]
    await controller.settles()
    counts: list[int] = []
    aws.witnesses.append(
        lambda: counts.append(
            sum(aws.service(one).deployments[0].rollout == "IN_PROGRESS" for one in several)
        )
    )

    policies = controller.policies if with_policies else None
    await takes_back(controller, since=timedelta(hours=1), policies=policies)

    assert max(counts) == (3 if with_policies else 1)
    assert {aws.revision(one) for one in several} == {1}


async def test_after_the_first_failure_nothing_more_is_begun(
    aws: Aws, controller: Controller
) -> None:
    api, web = aws.runs("api"), aws.runs("web")
    await controller.settles()
    aws.sandbox.fails(lambda one: one["family"] == "api" and one["revision"] == 1)

    told = await takes_back(controller, since=timedelta(hours=1))

    assert (of(told, api).ending, of(told, web).ending) == (Ending.FAILED, Ending.NOT_BEGUN)
    assert aws.revision(web) == 2
    assert SUSPENDED not in aws.tags(web.arn)


async def test_a_base_that_is_inactive_is_no_way_back(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web")
    await controller.settles()
    aws.call("ecs", "DeregisterTaskDefinition", taskDefinition=f"{TO_WEB}:1")
    aws.forgets_requests()

    told = await takes_back(controller, "prod/web")

    one = of(told, web)
    assert one.reason is not None
    assert one.reason.code == "NoWayBack"
    assert "allow.inactiveBase" in one.reason.remedy
    assert aws.written() == []


async def test_a_service_that_may_not_be_suspended_is_not_taken_back(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    await controller.settles()
    aws.sandbox.deny("TagResource")
    aws.forgets_requests()

    told = await takes_back(controller, "prod/web")

    assert of(told, web).ending is Ending.FAILED
    assert aws.writes("UpdateService") == []
    assert aws.revision(web) == 2


async def test_a_no_writes_nothing(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web")
    await controller.settles()
    aws.forgets_requests()
    asked: list[Planned] = []

    def no(planned: Sequence[Planned]) -> bool:
        asked.extend(planned)
        return False

    told = await takes_back(controller, "prod/web", confirm=no)

    assert asked == [Planned(web, f"{TO_WEB}:2", f"{TO_WEB}:1")]
    assert (of(told, web).ending, aws.written()) == (Ending.DECLINED, [])


async def test_what_does_not_exist_is_a_usage_error(aws: Aws, controller: Controller) -> None:
    aws.runs("web")

    with pytest.raises(UsageError, match="Did you mean prod/web"):
        await takes_back(controller, "prod/wbe")


async def test_since_a_moment_to_come_is_a_usage_error(aws: Aws, controller: Controller) -> None:
    aws.runs("web")
    tomorrow = VirtualClock().now() + timedelta(days=1)

    with pytest.raises(UsageError, match="is still to come"):
        await takes_back(controller, since=tomorrow)


async def test_what_is_held_or_suspended_is_told_by_the_next_look(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    await controller.settles()
    await takes_back(controller, "prod/web")

    assert reason(await controller.settles(), web) == "OwnerSuspended"


async def test_taken_back_twice_it_has_become_a_conflict(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web")
    controller.policies = policy(rollout={"maxPer": {"share": "100%", "in": "5m"}})
    for _ in range(2):
        await controller.settles()
        await asyncio.sleep(AN_HOUR)
        assert of(await takes_back(controller, "prod/web"), web).ending is Ending.BACK
        types(controller, "resume", "prod/web")
    types(controller, "resume", "--line")

    assert reason(await controller.settles(), web) == "ConflictingManager"


async def test_a_roll_that_was_stopped_is_held_as_one_that_failed(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    process = asyncio.create_task(controller.settles())
    await aws.sees(lambda: bool(aws.rolled()))
    process.cancel()
    await takes_back(controller, "prod/web")
    types(controller, "resume", "prod/web")

    assert reason(await controller.settles(), web) == "HeldAfterFailure"
