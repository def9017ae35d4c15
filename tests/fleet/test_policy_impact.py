"""A policy set that would change much comes in force by a person's word only."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from controller.app.say import say
from controller.core.outcome import Outcome
from controller.core.reason import Health
from controller.core.refs import ClusterRef, ServiceRef
from controller.core.state.said import Said
from controller.core.state.word import Heard, Word, Write
from controller.core.state.words import approve_policy
from controller.settings import Settings
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import REGION, compliant, destination, policy, task_definition

MINUTES = 60.0
FIRST = policy()
MORE_BUFFER = policy(destinations=[destination(maxBufferSize="25m")])
"""It would change every service."""
SAME_LOGGING = policy(rollout={"bakeTime": "2m"})
"""It would change none."""


async def in_force(aws: Aws, controller: Controller, number: int = 10) -> list[ServiceRef]:
    """Return services that `FIRST` has corrected; what was asked of AWS so far is forgotten."""
    services = [aws.runs(f"web-{at}", compliant(f"web-{at}")) for at in range(number)]
    controller.policies = FIRST
    await controller.settles()
    assert aws.remembered() == [f"prod: {FIRST.short_digest} governed={number}"]
    aws.forgets_requests()
    return services


async def says_yes(
    controller: Controller, digest: str, *clusters: str, asked: bool = True
) -> Heard:
    """Let a person approve a set."""
    settings = Settings(policies=(), regions=(REGION,), clusters=clusters)

    def confirm(held: Sequence[Write]) -> bool:
        return asked

    def word(one: Said) -> Word:
        return approve_policy(digest)

    return await say(word, None, settings, confirm, open_session=controller.session)


def of_the_cluster(controller: Controller) -> Outcome:
    """Return what was told last of the cluster `prod`."""
    told = (one for one in reversed(controller.told) if isinstance(one.ref, ClusterRef))
    return next(told)


async def test_the_first_set_is_held_by_the_budgets_alone_and_is_remembered(
    aws: Aws, controller: Controller
) -> None:
    services = [aws.runs(f"web-{number}") for number in range(6)]

    report = await controller.settles()

    assert all(is_compliant(report, ref) for ref in services)
    assert aws.remembered() == [f"prod: {FIRST.short_digest} governed=6"]


async def test_a_restart_with_a_set_that_changes_much_writes_nothing_and_says_why(
    aws: Aws, controller: Controller
) -> None:
    services = await in_force(aws, controller)
    controller.policies = MORE_BUFFER

    for _ in range(2):
        report = await controller.settles()

        assert {reason(report, ref) for ref in services} == {"PolicyImpact"}
        held = outcome(report, aws.cluster("prod"))
        assert held.health is Health.SUSPENDED
        assert held.reason is not None
        assert "10 of 10 governed services" in held.reason.message
        assert f"approve policy {MORE_BUFFER.short_digest}" in held.reason.remedy
    assert (aws.writes(), aws.remembered()) == ([], [])


async def test_what_is_held_asks_for_no_log_groups_either(aws: Aws, controller: Controller) -> None:
    await in_force(aws, controller)
    controller.policies = policy(
        destinations=[destination(group="/new/{service}") | {"keep": []}],
        logGroup={"create": True, "retentionInDays": 90},
    )

    await controller.settles()

    assert (aws.writes(), aws.remembered()) == ([], [])


async def test_a_person_says_yes_and_it_is_rolled_and_remembered(
    aws: Aws, controller: Controller
) -> None:
    services = await in_force(aws, controller)
    controller.policies = MORE_BUFFER
    await controller.settles()

    said = await says_yes(controller, MORE_BUFFER.short_digest)
    report = await controller.settles()

    assert [one.ref for one in said.written] == [aws.cluster("prod")]
    assert all(is_compliant(report, ref) for ref in services)
    assert aws.remembered() == [
        f"prod: {MORE_BUFFER.short_digest}",
        f"prod: {MORE_BUFFER.short_digest} governed=10",
    ]


async def test_a_controller_that_goes_on_hears_the_yes(aws: Aws, controller: Controller) -> None:
    services = await in_force(aws, controller)
    controller.policies = MORE_BUFFER

    async with controller.runs() as running:
        await asyncio.sleep(20 * MINUTES)
        assert aws.writes() == []
        assert running.complaints == []
        await says_yes(controller, MORE_BUFFER.short_digest)
        await asyncio.sleep(60 * MINUTES)

    assert {aws.revision(ref) for ref in services} == {2}


async def test_a_yes_to_another_set_and_a_no_change_nothing(
    aws: Aws, controller: Controller
) -> None:
    await in_force(aws, controller)
    controller.policies = MORE_BUFFER

    other = await says_yes(controller, "f" * 16)
    no = await says_yes(controller, MORE_BUFFER.short_digest, asked=False)
    await controller.settles()

    assert [one.ref for one in other.written] == [aws.cluster("prod")]
    assert no.written == ()
    assert aws.writes() == []


async def test_a_yes_is_written_only_where_it_is_asked_for(
    aws: Aws, controller: Controller
) -> None:
    aws.call("ecs", "CreateCluster", clusterName="prod-two")
    await in_force(aws, controller)

    of_the_same = await says_yes(controller, FIRST.short_digest)
    of_one = await says_yes(controller, MORE_BUFFER.short_digest, "prod-two")

    assert (of_the_same.written, of_one.written) == ((), ())
    assert aws.remembered() == []


@pytest.mark.parametrize("number", [1, 2])
async def test_a_set_that_changes_a_fifth_goes_on_and_is_remembered(
    aws: Aws, controller: Controller, number: int
) -> None:
    services = await in_force(aws, controller)
    for ref in services[:number]:
        aws.releases(ref, task_definition(ref.name))
    await asyncio.sleep(MINUTES)
    controller.policies = SAME_LOGGING

    report = await controller.settles()

    assert all(is_compliant(report, ref) for ref in services)
    assert aws.remembered() == [f"prod: {SAME_LOGGING.short_digest} governed=10"]


async def test_services_that_drift_under_the_set_in_force_are_never_held_for_their_number(
    aws: Aws, controller: Controller
) -> None:
    services = await in_force(aws, controller)
    for ref in services:
        aws.releases(ref, task_definition(ref.name))
    await asyncio.sleep(MINUTES)

    report = await controller.settles()

    assert all(is_compliant(report, ref) for ref in services)


async def test_a_set_that_governs_none_of_a_cluster_is_held_until_a_person_says_so(
    aws: Aws, controller: Controller
) -> None:
    aws.call("ecs", "CreateCluster", clusterName="prod-two")
    there = aws.runs("there", compliant("there"), cluster="prod-two")
    services = [aws.runs(f"web-{at}", compliant(f"web-{at}")) for at in range(10)]
    await controller.settles()
    aws.releases(services[0], task_definition("web-0"))
    await asyncio.sleep(MINUTES)
    controller.policies = policy(match=[{"clusters": ["prod"]}])
    aws.forgets_requests()

    report = await controller.settles()
    assert reason(report, services[0]) == "PolicyImpact"
    assert aws.remembered() == []

    await says_yes(controller, controller.policies.short_digest)
    report = await controller.settles()
    assert is_compliant(report, services[0])
    assert aws.revision(there) == 1
    memory = f"{controller.policies.short_digest} governed="
    assert sorted(aws.remembered())[1::2] == [f"prod-two: {memory}0", f"prod: {memory}10"]


async def test_a_roll_in_flight_is_finished_while_the_new_set_is_held(
    aws: Aws, controller: Controller
) -> None:
    web, *others = await in_force(aws, controller)
    aws.releases(web, task_definition("web-0"))
    await asyncio.sleep(MINUTES)
    async with controller.process() as process:
        while aws.rolled() == []:
            await process.looks()
            await asyncio.sleep(1)
    controller.policies = MORE_BUFFER

    report = await controller.settles()

    assert aws.rolled() == ["web-0:3"]
    assert {reason(report, ref) for ref in (web, *others)} == {"PolicyImpact"}


async def test_a_roll_that_fails_is_returned_while_the_new_set_is_held(
    aws: Aws, controller: Controller
) -> None:
    web, *_ = await in_force(aws, controller)
    aws.releases(web, task_definition("web-0"))
    await asyncio.sleep(MINUTES)
    aws.sandbox.fails(lambda one: one["family"] == "web-0" and one["revision"] == 3)
    async with controller.process() as process:
        while aws.rolled() == []:
            await process.looks()
            await asyncio.sleep(1)
    controller.policies = MORE_BUFFER

    await controller.settles()

    assert aws.rolled() == ["web-0:3", "web-0:2"]
    assert aws.family("web-0")[-1]["status"] == "INACTIVE"


async def test_an_audit_tells_what_would_hold_enforcement_and_writes_no_tag(
    aws: Aws, controller: Controller
) -> None:
    await in_force(aws, controller)
    controller.policies = MORE_BUFFER

    report = await controller.audits()

    assert reason(report, aws.cluster("prod")) == "PolicyImpact"
    assert (aws.writes(), aws.remembered()) == ([], [])


async def test_an_audit_may_do_without_the_tags_of_clusters(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.sandbox.deny("DescribeClusters")

    report = await controller.audits()

    assert reason(report, web) == "AuditOnly"
    assert not report.incomplete
    told = of_the_cluster(controller)
    assert told.reason is not None
    assert told.reason.code == "AccessDenied"


async def test_nothing_is_written_where_it_cannot_be_read_what_the_cluster_remembers(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.sandbox.deny("DescribeClusters")

    report = await controller.settles()

    assert reason(report, web) == "AccessDenied"
    assert report.incomplete
    assert (aws.writes(), aws.remembered()) == ([], [])


async def test_a_tag_that_nobody_understands_holds_everything_there(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    tags = [{"key": "ecs-logging/policy-digest", "value": "mine"}]
    aws.call("ecs", "TagResource", resourceArn=aws.cluster("prod").arn, tags=tags)

    report = await controller.settles()

    said = outcome(report, web).reason
    assert said is not None
    assert said.code == "Unknown"
    assert "ecs-logging/policy-digest" in said.message
    assert (aws.writes(), aws.remembered()) == ([], [])


async def test_a_cluster_that_may_not_be_tagged_stops_no_roll(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.sandbox.deny("TagResource")

    report = await controller.settles()

    assert is_compliant(report, web)
    assert reason(report, aws.cluster("prod")) == "AccessDenied"


async def test_a_policy_in_audit_is_not_remembered(aws: Aws, controller: Controller) -> None:
    aws.runs("web")
    controller.policies = policy(mode="Audit")

    await controller.settles()

    assert aws.remembered() == []


ONE_AN_HOUR = {"maxPer": {"share": "10%", "in": "1h"}}


async def begun(aws: Aws, controller: Controller) -> None:
    """Return once a set is in force that has much left to do, and does a little of it each hour."""
    for number in range(5):
        aws.runs(f"web-{number}")
    controller.policies = policy(rollout=ONE_AN_HOUR)


async def test_what_was_left_to_do_before_a_reload_is_no_change_of_the_new_set(
    aws: Aws, controller: Controller
) -> None:
    await begun(aws, controller)

    async with controller.runs():
        await asyncio.sleep(20 * MINUTES)
        assert len(aws.rolled()) == 1
        controller.policies = policy(rollout=ONE_AN_HOUR | {"bakeTime": "2m"})
        await asyncio.sleep(70 * MINUTES)

    assert len(aws.rolled()) == 2
    assert aws.remembered()[1:] == [f"prod: {controller.policies.short_digest} governed=5"]


async def test_a_reload_that_asks_for_more_of_many_is_held(
    aws: Aws, controller: Controller
) -> None:
    await begun(aws, controller)

    async with controller.runs():
        await asyncio.sleep(20 * MINUTES)
        larger = [destination(maxBufferSize="25m")]
        controller.policies = policy(rollout=ONE_AN_HOUR, destinations=larger)
        await asyncio.sleep(70 * MINUTES)
        assert len(aws.rolled()) == 1
        controller.policies = policy(rollout=ONE_AN_HOUR)
        await asyncio.sleep(10 * MINUTES)

    assert len(aws.rolled()) == 2
    assert len(aws.remembered()) == 1


async def test_after_a_restart_what_was_left_to_do_cannot_be_told_from_what_is_new(
    aws: Aws, controller: Controller
) -> None:
    await begun(aws, controller)
    await controller.settles()
    controller.policies = policy(rollout=ONE_AN_HOUR | {"bakeTime": "2m"})
    await asyncio.sleep(70 * MINUTES)

    await controller.settles()

    assert len(aws.rolled()) == 1
