"""A set is let in once: so what it will roll later is measured with what it rolls at once."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from controller.core.policy.exception import PolicyException
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.selector import Selector
from controller.core.refs import ServiceRef
from controller.sandbox import Fault, Request
from controller.sandbox.faults import access_denied
from tests.fleet.aws import OURS, Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import outcome, reason
from tests.fleet.given import compliant, destination, policy
from tests.fleet.test_policy_change import impact_of

MINUTES = 60.0
DAY = 24 * 60 * MINUTES
LARGER = [destination(maxBufferSize="25m")]
"""What every service would be rolled for."""
BY_TAG: dict[str, Any] = {
    "match": [{"services": ["web-*"], "tags": {"matchLabels": {"tier": "web"}}}]
}


async def in_force(aws: Aws, controller: Controller, policies: PolicySet) -> list[ServiceRef]:
    """Return ten services that comply with the set, which is in force."""
    tags = [{"key": "tier", "value": "web"}]
    services = [aws.runs(f"web-{at}", compliant(f"web-{at}"), tags=tags) for at in range(10)]
    controller.policies = policies
    await controller.settles()
    assert aws.remembered() == [f"prod: {policies.short_digest} governed=10"]
    aws.forgets_requests()
    return services


def exempting(policies: PolicySet, *, expires: str) -> PolicySet:
    """Return the set with an exception of every service from every rule."""
    exception = PolicyException(
        name="later",
        rules=("*",),
        match=(Selector(services=("web-*",)),),
        reason="not before the freeze is over",
        expires=date.fromisoformat(expires),
    )
    return PolicySet.of(policies.policies, [exception])


def no_tags_of_services(request: Request) -> Fault | None:
    """Refuse to show the controller the tags of services."""
    asked = request.body or {}
    of_services = "TAGS" in asked.get("include", []) and "services" in asked
    return access_denied(request) if request.caller == OURS and of_services else None


LATER = pytest.mark.parametrize(
    "later",
    [
        pytest.param(policy(destinations=LARGER, effectiveFrom="2026-01-03"), id="effectiveFrom"),
        pytest.param(
            policy(destinations=LARGER, effectiveFrom="2026-01-01", gracePeriod="2d"), id="grace"
        ),
        pytest.param(
            exempting(policy(destinations=LARGER), expires="2026-01-02"), id="an exception"
        ),
    ],
)


@LATER
async def test_a_set_that_changes_much_only_later_is_held_at_once(
    aws: Aws, controller: Controller, later: PolicySet
) -> None:
    services = await in_force(aws, controller, policy())
    controller.policies = later

    report = await controller.settles()
    held = outcome(report, aws.cluster("prod")).reason
    await asyncio.sleep(3 * DAY)
    after = await controller.settles()

    assert held is not None
    assert "would change 10 of 10 governed services;" in held.message
    assert {reason(after, ref) for ref in services} == {"PolicyImpact"}
    assert (aws.rolled(), aws.remembered()) == ([], [])


@LATER
async def test_policy_impact_says_so_beforehand(
    aws: Aws, controller: Controller, later: PolicySet
) -> None:
    await in_force(aws, controller, policy())

    found = await impact_of(controller, policy(), later)
    controller.policies = later
    report = await controller.settles()

    assert len(found.new_writes) == found.measure.changed == 10
    assert found.held is not None
    assert found.held == outcome(report, aws.cluster("prod")).reason


@pytest.mark.parametrize(
    "members", [pytest.param(BY_TAG, id="who governs"), pytest.param({}, id="what owners say")]
)
async def test_what_cannot_be_told_when_a_set_is_loaded_counts_as_changed(
    aws: Aws, controller: Controller, members: dict[str, Any]
) -> None:
    await in_force(aws, controller, policy(**members))
    controller.policies = policy(destinations=LARGER, **members)
    aws.sandbox.fault = no_tags_of_services

    report = await controller.settles()
    held = outcome(report, aws.cluster("prod")).reason
    aws.sandbox.fault = None
    await controller.settles()

    assert held is not None
    assert "would change 10 of 10 governed services" in held.message
    assert (aws.rolled(), aws.remembered()) == ([], [])


async def test_services_that_comply_count_for_nothing_whoever_governs_them(
    aws: Aws, controller: Controller
) -> None:
    await in_force(aws, controller, policy(**BY_TAG))
    other = aws.runs("other")
    match = [*BY_TAG["match"], {"services": ["other"]}]
    controller.policies = policy(match=match, ownerTags="Ignore")
    aws.sandbox.fault = no_tags_of_services

    report = await controller.settles()

    assert reason(report, other) == "AccessDenied", "nobody can tell who owns it"
    assert aws.remembered() == [f"prod: {controller.policies.short_digest} governed=1"]


# ── in a process that knows the sets before ───────────────────────────────────────────────────────

LATE = exempting(policy(destinations=LARGER), expires="2026-06-30")


async def reloaded(aws: Aws, controller: Controller, before: PolicySet, after: PolicySet) -> None:
    """Start with a set under which nothing is rolled for now, and go on with another."""
    for at in range(10):
        aws.runs(f"web-{at}", compliant(f"web-{at}"))
    controller.policies = before
    async with controller.runs():
        await asyncio.sleep(20 * MINUTES)
        assert aws.rolled() == []
        controller.policies = after
        await asyncio.sleep(60 * MINUTES)


async def test_what_is_due_later_is_no_change_of_a_set_that_leaves_it_for_the_same_day(
    aws: Aws, controller: Controller
) -> None:
    shorter = policy(destinations=LARGER, rollout={"bakeTime": "2m"})
    after = exempting(shorter, expires="2026-06-30")

    await reloaded(aws, controller, LATE, after)

    assert aws.rolled() == []
    assert aws.remembered()[1:] == [f"prod: {after.short_digest} governed=10"]


@pytest.mark.parametrize(
    "sooner",
    [
        pytest.param(policy(destinations=LARGER), id="at once"),
        pytest.param(exempting(policy(destinations=LARGER), expires="2026-02-28"), id="sooner"),
    ],
)
async def test_what_was_due_later_is_a_change_of_a_set_by_which_it_is_due_sooner(
    aws: Aws, controller: Controller, sooner: PolicySet
) -> None:
    await reloaded(aws, controller, LATE, sooner)

    assert aws.rolled() == []
    assert aws.remembered() == [f"prod: {LATE.short_digest} governed=10"]


async def test_what_was_due_at_once_is_no_change_of_a_set_by_which_it_is_due_later(
    aws: Aws, controller: Controller
) -> None:
    for at in range(10):
        aws.runs(f"web-{at}")
    an_hour = {"maxPer": {"share": "10%", "in": "1h"}}
    controller.policies = policy(rollout=an_hour)
    async with controller.runs():
        await asyncio.sleep(20 * MINUTES)
        assert len(aws.rolled()) == 1
        controller.policies = exempting(policy(rollout=an_hour), expires="2026-06-30")
        await asyncio.sleep(3 * 60 * MINUTES)

    assert len(aws.rolled()) == 1
    assert aws.remembered()[1:] == [f"prod: {controller.policies.short_digest} governed=10"]
