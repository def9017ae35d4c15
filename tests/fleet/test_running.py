"""The controller that runs on and on: it finds what is new, and lets nobody stop the others."""

from __future__ import annotations

import asyncio

import pytest

from controller.sandbox import SERVER_ERROR, TRUNCATED, Fault, Request, latency
from controller.sandbox.faults import Hook
from tests.fleet.aws import OURS, Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant
from tests.fleet.given import awslogs, compliant, container, policies, spec, task_definition

MINUTES = 60.0
RESYNC = 5 * MINUTES
AN_HOUR = 60 * MINUTES


async def test_a_fleet_is_corrected_and_then_left_alone(aws: Aws, controller: Controller) -> None:
    services = [aws.runs(f"web-{number}") for number in range(4)]

    async with controller.runs() as running:
        await asyncio.sleep(AN_HOUR)
        assert running.complaints == []
        assert {aws.revision(ref) for ref in services} == {2}
        aws.forgets_requests()
        await asyncio.sleep(AN_HOUR)
        assert running.complaints == []

    assert len(aws.calls("ListServices")) >= 10
    assert len(aws.calls("DescribeTaskDefinition")) >= 4 * 10
    assert aws.writes() == []


async def test_without_enforce_it_watches_and_writes_nothing(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")

    async with controller.runs(enforce=False) as running:
        await asyncio.sleep(AN_HOUR)

    assert aws.revision(web) == 1
    assert aws.writes() == []
    assert [one["reason"] for one in running.log if one.get("service") == "web"] == ["AuditOnly"]


async def test_what_comes_later_is_found_and_corrected(aws: Aws, controller: Controller) -> None:
    async with controller.runs():
        await asyncio.sleep(AN_HOUR)
        late = aws.runs("late")
        await asyncio.sleep(RESYNC * 1.1 + 3 * MINUTES)

    assert aws.revision(late) == 2


async def test_a_release_that_drifts_is_corrected_with_the_next_resync(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.runs("sibling", compliant("sibling"))  # so that two rolls are within a day's budget

    async with controller.runs():
        await asyncio.sleep(AN_HOUR)
        aws.releases(web, task_definition("web"))
        await asyncio.sleep(RESYNC * 1.1 + 3 * MINUTES)

    assert aws.rolled() == ["web:2", "web:4"]


async def test_what_is_deleted_is_forgotten_and_holds_nobody_up(
    aws: Aws, controller: Controller
) -> None:
    gone, web = aws.runs("gone"), aws.runs("web")

    async with controller.runs() as running:
        await asyncio.sleep(1)
        aws.call("ecs", "DeleteService", cluster="prod", service="gone", force=True)
        await asyncio.sleep(AN_HOUR)
        assert running.complaints == []
        aws.forgets_requests()
        await asyncio.sleep(AN_HOUR)

    assert aws.revision(web) == 2
    named = [str(one.body) for one in aws.calls()]
    assert not any(gone.name in body for body in named)


def only_for(name: str, operation: str, fault: Fault) -> Hook:
    """Return a hook that lets a fault befall what the controller asks of one service."""

    def hook(request: Request) -> Fault | None:
        concerned = request.operation == operation and name in str(request.body)
        return fault if concerned and request.caller == OURS else None

    return hook


@pytest.mark.parametrize("operation", ["DescribeTaskDefinition", "ListServiceDeployments"])
async def test_one_service_that_cannot_be_seen_does_not_stop_the_others(
    aws: Aws, controller: Controller, operation: str
) -> None:
    aws.runs("broken")
    services = [aws.runs(f"web-{number}") for number in range(3)]
    aws.sandbox.fault = only_for("broken", operation, SERVER_ERROR)

    async with controller.runs() as running:
        await asyncio.sleep(2 * AN_HOUR)

    assert {aws.revision(ref) for ref in services} == {2}
    assert any("to be tried again" in one["event"] for one in running.log)


async def test_no_group_is_made_before_all_who_may_claim_it_have_been_heard(
    aws: Aws, controller: Controller
) -> None:
    for name in ("eager", "late"):
        document = task_definition(name, container(logging=awslogs("/ecs/shared")))
        aws.runs(name, document)
    aws.sandbox.fault = only_for("late", "DescribeTaskDefinition", latency(5.0))
    controller.policies = policies(
        eager=spec(match=[{"services": ["eager"]}]),
        late=spec(match=[{"services": ["late"]}], mode="Audit"),
    )

    async with controller.runs():
        await asyncio.sleep(AN_HOUR)

    assert len(aws.calls("DescribeLogGroups")) > 5
    assert aws.writes() == []


async def test_a_list_that_is_cut_makes_no_fleet_empty(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web")

    async with controller.runs() as running:
        await asyncio.sleep(AN_HOUR)
        aws.sandbox.fault = only_for("prod", "ListServices", TRUNCATED)
        await asyncio.sleep(AN_HOUR)
        assert any("ListServices" in one for one in running.complaints)
        aws.sandbox.fault = None
        await asyncio.sleep(AN_HOUR)
        assert running.complaints == []

    assert is_compliant(await controller.audits(), web)


async def test_a_cluster_that_is_denied_is_told_and_the_rest_goes_on(
    aws: Aws, controller: Controller
) -> None:
    aws.call("ecs", "CreateCluster", clusterName="prod-two")
    aws.runs("hidden", cluster="prod-two")
    web = aws.runs("web")
    aws.sandbox.deny("ListServices", cluster="prod-two")

    async with controller.runs() as running:
        await asyncio.sleep(AN_HOUR)
        assert running.complaints == []

    assert aws.revision(web) == 2
    assert any("prod-two" in str(one.get("message")) for one in running.log)


async def test_stopped_in_the_middle_of_a_roll_it_is_finished_by_the_next(
    aws: Aws, controller: Controller
) -> None:
    services = [aws.runs(f"web-{number}") for number in range(4)]
    async with controller.runs():
        await aws.sees(lambda: bool(aws.rolled()))

    async with controller.runs():
        await asyncio.sleep(AN_HOUR)

    assert sorted(aws.rolled()) == [f"web-{number}:2" for number in range(4)]
    assert is_compliant(await controller.audits(), services[0])


async def test_the_log_says_once_what_was_done_and_then_nothing(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")

    async with controller.runs() as running:
        await asyncio.sleep(AN_HOUR)
        events = [one["event"] for one in running.log if one["event"] != "seen"]
        lines = len(running.log)
        await asyncio.sleep(AN_HOUR)
        assert len(running.log) == lines

    assert events == [
        "created the log group",
        "set the retention to 30 days",
        f"remembered that the policies {controller.policies.short_digest} are in force",
        "registered a corrected revision",
        "started the roll to web:2",
    ]
