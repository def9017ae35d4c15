"""Others work on the same services: what they do stands, and is not undone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiobotocore.session import AioSession

from controller.core.reason import Health
from controller.core.refs import ServiceRef
from controller.sandbox import THROTTLE, Fault, Request
from tests.fleet.aws import OURS, Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import awslogs, compliant, container, policy, task_definition
from tests.fleet.passing import is_approved

THEIRS = task_definition("web", container(logging={"logDriver": "gelf"}))


def newer(document: dict[str, object]) -> bool:
    """Tell whether a revision is not the first of its family, and so fails in these tests."""
    return document["revision"] != 1


async def test_a_deployment_of_somebody_else_is_waited_for(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.makes_log_group("/ecs/web", days=30)
    aws.updates(web, forceNewDeployment=True)

    async with controller.process() as process:
        await process.looks()
        waiting = process.outcome(web)
        assert (waiting.reason and waiting.reason.code) == "DeploymentInProgress"
        assert aws.writes() == []
    await asyncio.sleep(60)

    assert is_compliant(await controller.settles(), web)
    assert aws.rolled() == ["web:2"]


async def test_a_release_during_our_roll_is_not_undone(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web")
    run = asyncio.create_task(controller.settles())
    await aws.sees(lambda: aws.rolled() == ["web:2"])
    theirs = aws.releases(web, THEIRS)
    aws.sandbox.fails(newer)

    await run
    await asyncio.sleep(3600)
    report = await controller.settles()

    assert aws.rolled() == ["web:2"]
    assert aws.service(web).task_definition == theirs
    assert reason(report, web) == "DeploymentInProgress"  # it fails, and that is theirs to mend


async def test_a_release_while_our_roll_is_throttled_is_not_undone(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    released: list[str] = []

    def throttle_and_release(request: Request) -> Fault | None:
        if request.caller != OURS or request.operation != "UpdateService" or released:
            return None
        released.append(aws.releases(web, THEIRS))
        return THROTTLE

    aws.sandbox.fault = throttle_and_release

    await controller.settles()

    first, *later = aws.calls("UpdateService")
    assert released
    assert [one for one in later if one.body == first.body] == []


async def test_a_deployment_forced_by_somebody_during_our_roll_is_seen_to_its_end(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    run = asyncio.create_task(controller.settles())
    await aws.sees(lambda: aws.rolled() == ["web:2"])
    aws.sandbox.fails(newer)
    aws.updates(web, forceNewDeployment=True)

    await run
    report = await controller.settles()

    assert aws.revision(web) == 1
    assert aws.service(web).running == 2
    assert reason(report, web) == "HeldAfterFailure"


async def test_one_that_is_forced_and_runs_well_is_left_alone(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    run = asyncio.create_task(controller.settles())
    await aws.sees(lambda: aws.rolled() == ["web:2"])
    aws.updates(web, forceNewDeployment=True)

    assert is_compliant(await run, web)
    assert aws.rolled() == ["web:2"]


async def test_our_revision_deployed_anew_by_somebody_once_it_is_proven_is_theirs(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    await controller.settles()
    await asyncio.sleep(3600)
    aws.sandbox.fails(newer)
    aws.updates(web, forceNewDeployment=True)

    await asyncio.sleep(3600)
    report = await controller.settles()

    assert aws.rolled() == ["web:2"]
    assert outcome(report, web).health is not Health.PROGRESSING


async def test_our_revision_deployed_by_somebody_from_another_one_is_theirs(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    await controller.settles()
    await asyncio.sleep(60)
    ours = aws.running(web)["taskDefinitionArn"]
    aws.releases(web, THEIRS)
    await asyncio.sleep(60)
    aws.sandbox.fails(lambda document: document["revision"] == 2)
    aws.updates(web, taskDefinition=ours)

    await asyncio.sleep(3600)
    await controller.settles()

    assert aws.rolled() == ["web:2"]


async def test_a_second_roll_to_the_same_revision_after_a_rollback_is_ours_again(
    aws: Aws, controller: Controller
) -> None:
    controller.policies = policy(rollout={"maxPer": {"share": "100%", "in": "1m"}})
    web = aws.runs("web")
    aws.sandbox.fails(newer)
    aws.sandbox.deny("TagResource")  # so that the revision is not marked, and serves again
    await controller.settles()
    aws.sandbox.allow("TagResource")
    await is_approved(aws, web)
    aws.sandbox.deny("TagResource")

    await controller.settles()

    assert aws.rolled() == ["web:2", "web:1", "web:2", "web:1"]
    assert aws.service(web).running == 2


async def test_a_family_with_a_newer_revision_of_somebody_else_is_left_alone(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.registers(task_definition("web"))

    report = await controller.settles()

    assert reason(report, web) == "FamilyAhead"
    assert aws.rolled() == []
    assert aws.writes("RegisterTaskDefinition") == []


async def test_a_pipeline_that_clones_our_tags_is_not_taken_for_us(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.runs("sibling", compliant("sibling"))  # so that two rolls are within a day's budget
    await controller.settles()
    cloned = aws.sandbox.tags(aws.running(web)["taskDefinitionArn"])
    theirs = task_definition("web", container(logging=awslogs("/ecs/web", mode="blocking")))
    aws.releases(web, {**theirs, "tags": [dict(tag) for tag in cloned]})
    await asyncio.sleep(60)

    report = await controller.settles()

    assert is_compliant(report, web)
    assert aws.rolled() == ["web:2", "web:4"]


# ── between the decision and the write ────────────────────────────────────────────────────────────


def releases_before(aws: Aws, web: ServiceRef, number: int) -> asyncio.Event:
    """Let somebody release just before the controller's call with this number."""
    released = asyncio.Event()

    def hook(request: Request) -> None:
        if request.caller == OURS and len(aws.calls()) == number:
            aws.releases(web, THEIRS)
            released.set()

    aws.sandbox.fault = hook
    return released


async def last_look_before(aws: Aws, controller: Controller, roll: int) -> int:
    """Return the number of the last DescribeServices before the roll with this index."""
    await controller.settles()
    calls = [one.operation for one in aws.calls()]
    moves = {"UpdateService", "StopServiceDeployment"}
    rolls = [number for number, operation in enumerate(calls) if operation in moves]
    return max(
        number
        for number, operation in enumerate(calls[: rolls[roll]], start=1)
        if operation == "DescribeServices"
    )


async def disturbed(models: AioSession, given: Callable[[Aws], None], roll: int) -> list[str]:
    """Release between the decision for a roll and its write; return what was rolled until then."""
    aws = Aws()
    aws.runs("web")
    given(aws)
    async with aws.scheduling():
        number = await last_look_before(aws, Controller(aws, models), roll)

    aws = Aws()
    web = aws.runs("web")
    given(aws)
    released = releases_before(aws, web, number)
    async with aws.scheduling():
        run = asyncio.create_task(Controller(aws, models).settles())
        await released.wait()
        await aws.sees(lambda: True)
        run.cancel()
        assert aws.logging(web)["logDriver"] == "gelf"
    return aws.rolled()


def nothing_more(aws: Aws) -> None:
    """The service is as it is."""


async def test_a_service_that_was_released_since_the_decision_is_not_rolled(
    models: AioSession,
) -> None:
    assert await disturbed(models, nothing_more, 0) == []


async def test_a_service_that_was_released_since_the_decision_is_not_returned(
    models: AioSession,
) -> None:
    def fails(aws: Aws) -> None:
        aws.sandbox.fails(lambda document: document["revision"] == 2)

    assert await disturbed(models, fails, 1) == ["web:2"]
