"""A service that runs a revision which is no longer ACTIVE: nobody could take it back to it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from controller.core.refs import ServiceRef
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import policy
from tests.fleet.killed import Death, killed
from tests.fleet.passing import AN_HOUR, days_pass

COPIES = policy(allow={"inactiveBase": "RegisterCopy"})


@pytest.fixture
def web(aws: Aws) -> ServiceRef:
    """Return a service that drifts and whose revision was deregistered."""
    ref = aws.runs("web")
    aws.call("ecs", "DeregisterTaskDefinition", taskDefinition="web:1")
    return ref


def without_what_only_answers_have(document: dict[str, object]) -> dict[str, object]:
    """Return a revision's document without its number, its status and who registered it when."""
    own = {"taskDefinitionArn", "revision", "status", "registeredAt", "registeredBy"}
    return {
        key: value
        for key, value in document.items()
        if key not in {*own, "deregisteredAt", "requiresAttributes", "compatibilities"}
    }


async def test_it_is_left_alone_unless_the_policy_allows_a_copy(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    report = await controller.settles()

    assert reason(report, web) == "NoWayBack"
    assert "RegisterCopy" in str(outcome(report, web).reason)
    assert aws.writes("RegisterTaskDefinition") == []


async def test_an_equal_copy_is_registered_before_the_correction(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    controller.policies = COPIES

    report = await controller.settles()

    base, copy, corrected = aws.family("web")
    assert without_what_only_answers_have(copy) == without_what_only_answers_have(base)
    assert aws.rolled() == ["web:3"]
    assert aws.running(web)["revision"] == corrected["revision"] == 3
    assert is_compliant(report, web)


async def test_a_roll_that_fails_is_returned_to_the_copy_and_not_tried_again(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    controller.policies = COPIES
    aws.sandbox.fails(lambda document: document["revision"] == 3)

    first = await controller.settles()
    second = await controller.settles()

    assert aws.rolled() == ["web:3", "web:2"]
    assert aws.revision(web) == 2
    assert reason(first, web) == reason(second, web) == "HeldAfterFailure"
    assert [one["status"] for one in aws.family("web")] == ["INACTIVE", "ACTIVE", "INACTIVE"]


async def test_killed_after_the_copy_it_makes_no_second_one(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    controller.policies = COPIES
    death = Death("after", operation="RegisterTaskDefinition")

    assert await killed(aws, controller.settles, death)
    report = await controller.settles()

    assert len(aws.family("web")) == 3
    assert aws.rolled() == ["web:3"]
    assert is_compliant(report, web)


async def test_a_copy_that_no_roll_needs_any_more_is_deregistered(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    controller.policies = COPIES
    death = Death("after", operation="RegisterTaskDefinition")
    assert await killed(aws, controller.settles, death)
    controller.policies = policy(mode="Audit", allow={"inactiveBase": "RegisterCopy"})

    await controller.settles()

    assert [one["status"] for one in aws.family("web")] == ["INACTIVE", "INACTIVE"]
    assert aws.revision(web) == 1


async def test_an_equal_copy_is_no_new_base_on_which_to_try_what_failed_again(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    controller.policies = policy(allow={"inactiveBase": "RegisterCopy"}, rollout={"maxFailures": 9})
    aws.sandbox.fails(logs_well)
    await controller.settles()
    assert aws.rolled() == ["web:3", "web:2"]

    await days_pass(aws, 8)

    assert reason(await controller.settles(), web) == "HeldAfterFailure"
    assert aws.rolled() == ["web:3", "web:2"]


async def test_a_copy_has_no_base_to_ask_for_its_owner(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    named = [{"name": "terraform", "tags": {"managed-by": "terraform"}, "mode": "Patch"}]
    controller.policies = policy(allow={"inactiveBase": "RegisterCopy"}, owners={"named": named})
    aws.sandbox.fails(logs_well)

    for _ in range(2):
        assert reason(await controller.settles(), web) == "HeldAfterFailure"
        await asyncio.sleep(AN_HOUR)


def logs_well(document: dict[str, Any]) -> bool:
    """Tell whether a revision has the corrected logging, which kills it in these tests."""
    mode: str = document["containerDefinitions"][0]["logConfiguration"]["options"]["mode"]
    return mode == "non-blocking"
