"""The life of a policy: one that no longer governs reverts nothing, and leaves no roll alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from controller.core.policy.policy_set import PolicySet
from controller.core.reason import Health, Sync
from controller.core.refs import ServiceRef
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import compliant, container, policies, policy, spec, task_definition


def corrected(document: dict[str, Any]) -> bool:
    """Tell whether a revision is one of the controller's."""
    return int(document["revision"]) > 1


def elsewhere() -> PolicySet:
    """Return a set that governs other clusters: the service has left its scope."""
    return policy(match=[{"clusters": ["elsewhere"]}])


def disabled() -> PolicySet:
    """Return the set with its policy disabled."""
    return policy(mode="Disabled")


def contested() -> PolicySet:
    """Return a set of which two policies match, and nothing but the service tells that they do."""
    return policies(production=spec(), other=spec(match=[{"clusters": ["*d"]}]))


GONE = pytest.mark.parametrize("gone", [elsewhere, disabled, contested])


async def begin_a_roll(aws: Aws, controller: Controller, ref: ServiceRef) -> None:
    """Let a process roll the service, and be gone before the roll is decided."""
    async with controller.process() as process:
        while not aws.rolled():
            await process.looks()
    assert aws.rolled() == [f"{ref.name}:2"]


@GONE
async def test_a_service_that_a_policy_corrected_stays_corrected_without_it(
    aws: Aws, controller: Controller, gone: Callable[[], PolicySet]
) -> None:
    web = aws.runs("web")
    assert is_compliant(await controller.settles(), web)
    written = len(aws.writes())
    controller.policies = gone()

    report = await controller.settles()

    assert outcome(report, web).health is Health.HEALTHY
    assert aws.revision(web) == 2
    assert len(aws.writes()) == written


@GONE
async def test_a_roll_in_flight_is_seen_through_without_its_policy(
    aws: Aws, controller: Controller, gone: Callable[[], PolicySet]
) -> None:
    web = aws.runs("web")
    await begin_a_roll(aws, controller, web)
    controller.policies = gone()

    report = await controller.settles()

    assert "RollingOut" in [one.reason.code for one in controller.told if one.reason is not None]
    assert outcome(report, web).sync in {Sync.UNGOVERNED, Sync.UNDECIDED}
    assert outcome(report, web).health is Health.HEALTHY
    assert aws.rolled() == ["web:2"]


@GONE
async def test_a_roll_that_fails_is_returned_without_its_policy(
    aws: Aws, controller: Controller, gone: Callable[[], PolicySet]
) -> None:
    web = aws.runs("web")
    aws.sandbox.fails(corrected)
    await begin_a_roll(aws, controller, web)
    controller.policies = gone()

    report = await controller.settles()

    assert aws.rolled() == ["web:2", "web:1"]
    assert outcome(report, web).health is Health.HEALTHY
    failed = aws.family("web")[1]
    assert failed["status"] == "INACTIVE"
    assert any("failed-" in key for key in aws.tags(failed["taskDefinitionArn"]))


async def test_without_enforce_it_is_told_that_nobody_returns_the_roll(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.sandbox.fails(corrected)
    await begin_a_roll(aws, controller, web)
    await asyncio.sleep(3600)
    controller.policies = elsewhere()

    report = await controller.audits()

    one = outcome(report, web)
    assert one.sync is Sync.UNGOVERNED
    assert one.health is Health.DEGRADED
    assert one.reason is not None
    assert "--enforce" in one.reason.remedy
    assert aws.rolled() == ["web:2"]


async def test_a_roll_that_nobody_governs_holds_its_place_in_the_budget(
    aws: Aws, controller: Controller
) -> None:
    old, new = aws.runs("old"), aws.runs("new")
    controller.policies = policy(match=[{"services": ["old"]}])
    aws.sandbox.stalls(lambda one: one["family"] == "old" and corrected(one))
    await begin_a_roll(aws, controller, old)
    one_at_a_time = {"maxConcurrent": {"total": 1}}
    controller.policies = policy(match=[{"services": ["new"]}], rollout=one_at_a_time)

    async with controller.process() as process:
        await process.looks()
        await process.looks()
        said = process.outcome(new).reason

    assert said is not None
    assert said.code == "BudgetExhausted"
    assert reason(await controller.settles(), old) == "Ungoverned"
    assert aws.revision(old) == 1


async def test_a_service_that_was_never_ours_is_only_looked_at(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web", compliant("web"))
    controller.policies = elsewhere()

    await controller.settles()

    assert not aws.writes()


async def test_a_change_of_driver_starts_with_one_service_whatever_the_budget(
    aws: Aws, controller: Controller
) -> None:
    """The budget lets five be rolled at once; they follow when the first has been watched."""
    services = {
        name: aws.runs(name, task_definition(name, container(logging={"logDriver": "json-file"})))
        for name in ("web-0", "web-1", "web-2", "web-3")
    }
    flying: list[int] = []
    aws.witnesses.append(
        lambda: flying.append(sum(is_rolled(aws, one) for one in services.values()))
    )

    report = await controller.settles()

    assert all(is_compliant(report, ref) for ref in services.values())
    assert sorted(set(flying)) == [1, 4]


def is_rolled(aws: Aws, ref: ServiceRef) -> bool:
    """Tell whether the service is set to a corrected revision."""
    return aws.revision(ref) > 1


JSON_FILE: dict[str, Any] = {"logDriver": "json-file"}


def unmoved(aws: Aws, number: int) -> list[ServiceRef]:
    """Return so many services that log by another driver than the policy's."""
    return [
        aws.runs(name, task_definition(name, container(logging=JSON_FILE)))
        for name in (f"web-{index}" for index in range(number))
    ]


def watched(aws: Aws, services: list[ServiceRef]) -> list[int]:
    """Return a list to which every change in AWS adds how many of the services were rolled."""
    rolled: list[int] = []
    aws.witnesses.append(lambda: rolled.append(sum(is_rolled(aws, one) for one in services)))
    return rolled


async def test_a_change_of_mode_proves_no_driver(aws: Aws, controller: Controller) -> None:
    """A service that logged by awslogs before tells nothing of those that are moved to it."""
    aws.runs("api")
    services = unmoved(aws, 4)
    rolled = watched(aws, services)

    report = await controller.settles()

    assert all(is_compliant(report, ref) for ref in services)
    assert sorted(set(rolled)) == [0, 1, 4]


async def test_a_process_that_starts_anew_knows_which_driver_has_proven_itself(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("api", task_definition("api", container(logging=JSON_FILE)))
    await controller.settles()
    services = unmoved(aws, 4)
    rolled = watched(aws, services)

    await controller.settles()

    assert aws.tags(aws.family("api")[1]["taskDefinitionArn"])["ecs-logging/new-drivers"] == (
        "awslogs"
    )
    assert 1 not in rolled


async def test_the_first_with_a_new_driver_still_goes_first_when_its_owner_opts_out(
    aws: Aws, controller: Controller
) -> None:
    services = unmoved(aws, 4)
    aws.sandbox.stalls(corrected)
    async with controller.runs():
        await aws.sees(lambda: len(aws.rolled()) == 1)
        (first,) = (one for one in services if is_rolled(aws, one))
        opting_out = {"ecs-logging/mode": "Disabled", "ecs-logging/exempt-until": "2027-01-01"}
        tags = [{"key": key, "value": value} for key, value in opting_out.items()]
        aws.call("ecs", "TagResource", resourceArn=first.arn, tags=tags)
        await asyncio.sleep(400)

    assert aws.rolled() == [f"{first.name}:2"]
