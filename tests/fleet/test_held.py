"""What has failed is tried once more on a new base and much later, and then no more."""

from __future__ import annotations

from typing import Any

from controller.core.reason import Health
from controller.core.refs import ServiceRef
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import awslogs, container, policy, task_definition
from tests.fleet.passing import days_pass, is_approved, is_at_rest

WHATEVER_FAILS = policy(rollout={"maxPer": {"share": "100%", "in": "1m"}, "maxFailures": 9})


def image(number: int) -> dict[str, Any]:
    """Return what a pipeline's release of this number brings, with the old logging."""
    logging = awslogs("/ecs/web", mode="blocking")
    return task_definition("web", container(logging=logging, image=f"shop/web:{number}"))


def logs_well(document: dict[str, Any]) -> bool:
    """Tell whether a revision has the corrected logging, which kills it in these tests."""
    mode: str = document["containerDefinitions"][0]["logConfiguration"]["options"]["mode"]
    return mode == "non-blocking"


async def has_failed(aws: Aws, controller: Controller) -> ServiceRef:
    """Return a service on which the correction has failed."""
    controller.policies = WHATEVER_FAILS
    web = aws.runs("web", image(1))
    aws.sandbox.fails(logs_well)
    assert reason(await controller.settles(), web) == "HeldAfterFailure"
    return web


async def fails_elsewhere(aws: Aws, controller: Controller) -> ServiceRef:
    """Return another service on which the same has failed, just now."""
    other = aws.runs("other", {**image(1), "family": "other"})
    assert reason(await controller.settles(), other) == "HeldAfterFailure"
    return other


async def releases(aws: Aws, web: ServiceRef, number: int) -> None:
    """Let the pipeline release an image with the old logging."""
    aws.releases(web, image(number))
    await is_at_rest(aws, web)


async def tries(aws: Aws, controller: Controller, web: ServiceRef) -> int:
    """Return how many corrections a new process begins before it holds the service again."""
    before = len(aws.writes("RegisterTaskDefinition"))
    report = await controller.settles()
    assert reason(report, web) == "HeldAfterFailure"
    assert outcome(report, web).health is Health.DEGRADED
    assert aws.logging(web)["options"]["mode"] == "blocking"
    return len(aws.writes("RegisterTaskDefinition")) - before


async def test_neither_time_alone_nor_a_release_alone_lifts_a_hold(
    aws: Aws, controller: Controller
) -> None:
    web = await has_failed(aws, controller)
    await days_pass(aws, 30)
    assert await tries(aws, controller, web) == 0

    other = await fails_elsewhere(aws, controller)
    aws.releases(other, {**image(2), "family": "other"})
    await is_at_rest(aws, other)
    assert await tries(aws, controller, other) == 0


async def test_both_together_lift_it_for_one_try(aws: Aws, controller: Controller) -> None:
    web = await has_failed(aws, controller)
    await releases(aws, web, 2)
    await days_pass(aws, 8)
    assert await tries(aws, controller, web) == 1

    await releases(aws, web, 3)
    await days_pass(aws, 30)
    assert await tries(aws, controller, web) == 0


async def test_a_try_that_succeeds_ends_the_matter(aws: Aws, controller: Controller) -> None:
    web = await has_failed(aws, controller)
    await releases(aws, web, 2)
    await days_pass(aws, 8)
    aws.sandbox.behaviour.failing.clear()

    assert is_compliant(await controller.settles(), web)


async def test_a_person_lifts_it_at_once_and_what_fails_then_is_held_again(
    aws: Aws, controller: Controller
) -> None:
    web = await has_failed(aws, controller)
    await is_approved(aws, web)

    assert await tries(aws, controller, web) == 1
    assert await tries(aws, controller, web) == 0


async def test_a_policy_that_ignores_tags_ignores_that_one_too(
    aws: Aws, controller: Controller
) -> None:
    web = await has_failed(aws, controller)
    controller.policies = policy(ownerTags="Ignore")
    await is_approved(aws, web)

    assert await tries(aws, controller, web) == 0
