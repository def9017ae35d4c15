"""A pipeline or a person deploys over ours: corrected again, only reported, or not fought over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from controller.core.reason import Health
from controller.core.refs import ServiceRef
from tests.fleet.aws import BREAKER, THEIRS, Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import awslogs, container, policy, task_definition
from tests.fleet.passing import A_DAY, A_MINUTE, AN_HOUR, days_pass, is_approved, is_at_rest

PRINCIPAL = THEIRS.rpartition("/")[0]
OFTEN = {"maxPer": {"share": "100%", "in": "1m"}}


def image(number: int, **options: str) -> dict[str, Any]:
    """Return what a pipeline's release of this number brings, with the old logging or another."""
    logging = awslogs("/ecs/web", **{"mode": "blocking", **options})
    return task_definition("web", container(logging=logging, image=f"shop/web:{number}"))


@pytest.fixture
def web(aws: Aws, controller: Controller) -> ServiceRef:
    """A service that a pipeline made, and a policy that may roll it as often as it likes."""
    controller.policies = policy(rollout=OFTEN)
    return aws.runs("web", image(1))


async def corrects_and_is_undone(
    aws: Aws, controller: Controller, web: ServiceRef, undo: Callable[[int], object], times: int
) -> None:
    """Let a process correct the service, and somebody undo it an hour later; so many times."""
    for number in range(times):
        assert is_compliant(await controller.settles(), web), number
        await asyncio.sleep(AN_HOUR)
        undo(number)
        await is_at_rest(aws, web)


# ── a release is corrected again ──────────────────────────────────────────────────────────────────


async def test_a_release_with_the_old_logging_is_corrected_once_it_has_settled(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    controller.policies = policy(rollout={**OFTEN, "settle": "10m"})
    await controller.settles()
    aws.releases(web, image(2))
    await is_at_rest(aws, web)

    assert reason(await controller.settles(), web) == "Settling"
    await asyncio.sleep(9 * A_MINUTE)
    assert reason(await controller.settles(), web) == "Settling"
    await asyncio.sleep(A_MINUTE)

    assert is_compliant(await controller.settles(), web)
    assert aws.rolled() == ["web:2", "web:4"]


async def test_a_process_that_goes_on_corrects_it_at_that_very_moment(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    controller.policies = policy(rollout={**OFTEN, "settle": "10m"})
    async with controller.runs():
        await aws.sees(lambda: aws.rolled() == ["web:2"])
        await is_at_rest(aws, web)
        await asyncio.sleep(2 * A_MINUTE)
        aws.releases(web, image(2))
        await aws.sees(lambda: aws.revision(web) == 3)
        await is_at_rest(aws, web)
        released = asyncio.get_running_loop().time()
        await aws.sees(lambda: aws.rolled() == ["web:2", "web:4"])

    waited = asyncio.get_running_loop().time() - released
    assert 10 * A_MINUTE - aws.interval <= waited <= 11 * A_MINUTE


async def test_a_release_that_logs_as_it_should_is_left_alone(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    await controller.settles()
    aws.releases(web, image(2, mode="non-blocking"))
    await is_at_rest(aws, web)

    assert is_compliant(await controller.settles(), web)
    assert aws.rolled() == ["web:2"]


# ── a fight is not fought ─────────────────────────────────────────────────────────────────────────


async def test_after_a_third_release_over_ours_a_person_is_called(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    await corrects_and_is_undone(
        aws, controller, web, lambda number: aws.releases(web, image(number + 2)), times=3
    )
    report = await controller.settles()

    told = outcome(report, web)
    assert reason(report, web) == "ConflictingManager"
    assert told.health is Health.DEGRADED
    assert told.reason is not None
    assert "3 times" in told.reason.message
    assert PRINCIPAL in told.reason.message
    assert THEIRS not in told.reason.message
    assert told.proposal is not None
    assert told.proposal.patch
    assert len(aws.rolled()) == 3


async def test_nothing_but_a_person_ends_it(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    await corrects_and_is_undone(
        aws, controller, web, lambda number: aws.releases(web, image(number + 2)), times=3
    )
    aws.forgets_requests()
    await days_pass(aws, 20)
    assert reason(await controller.settles(), web) == "ConflictingManager"
    aws.releases(web, image(8))
    await is_at_rest(aws, web)
    assert reason(await controller.settles(), web) == "ConflictingManager"
    assert aws.writes() == []

    await is_approved(aws, web)
    assert is_compliant(await controller.settles(), web)
    assert len(aws.rolled()) == 1


async def test_releases_that_are_far_between_are_no_fight(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    for number in range(2, 7):
        assert is_compliant(await controller.settles(), web)
        await days_pass(aws, 8)
        aws.releases(web, image(number))
        await is_at_rest(aws, web)

    assert is_compliant(await controller.settles(), web)


async def test_one_revert_is_corrected_again_and_a_second_is_not(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    await corrects_and_is_undone(
        aws, controller, web, lambda _: aws.updates(web, taskDefinition="web:1"), times=2
    )
    report = await controller.settles()

    assert reason(report, web) == "ConflictingManager"
    assert aws.rolled() == ["web:2", "web:2"]
    assert len(aws.writes("RegisterTaskDefinition")) == 1
    assert aws.family("web")[1]["status"] == "INACTIVE", "what is held is not the latest"
    assert aws.tags(aws.family("web")[1]["taskDefinitionArn"]).keys().isdisjoint({"failed"})


async def test_a_revert_that_is_registered_anew_is_one_too(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    await corrects_and_is_undone(
        aws, controller, web, lambda _: aws.releases(web, image(1)), times=2
    )

    assert reason(await controller.settles(), web) == "ConflictingManager"


@pytest.mark.parametrize("configuration", [{}, BREAKER], ids=["returned by us", "by ECS"])
async def test_a_roll_that_failed_is_no_revert(
    aws: Aws, controller: Controller, configuration: dict[str, Any]
) -> None:
    """Each failure is of another patch, so that none is held."""
    web = aws.runs("web", image(1), deploymentConfiguration=configuration)
    aws.sandbox.fails(lambda document: int(document["revision"]) > 1)
    for days in (30, 60, 90):
        group = {"group": f"/ecs/{days}", "streamPrefix": "x", "mode": "non-blocking"}
        controller.policies = policy(
            rollout={**OFTEN, "maxFailures": 9}, destinations=[{"awslogs": group, "keep": []}]
        )
        assert reason(await controller.settles(), web) == "HeldAfterFailure"
        await asyncio.sleep(AN_HOUR)

    assert len(aws.writes("RegisterTaskDefinition")) == 3


# ── only reporting ────────────────────────────────────────────────────────────────────────────────


async def test_a_policy_may_have_a_release_reported_and_left(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    controller.policies = policy(rollout={**OFTEN, "onRelease": "Report"})
    await controller.settles()
    aws.releases(web, image(2))
    await is_at_rest(aws, web)
    await asyncio.sleep(A_DAY)

    report = await controller.settles()

    told = outcome(report, web)
    assert reason(report, web) == "ReleaseReported"
    assert told.proposal is not None
    assert told.proposal.patch
    assert aws.rolled() == ["web:2"]
    await is_approved(aws, web)
    assert is_compliant(await controller.settles(), web)
