"""The service deployments of a service: which have failed, and whether all were read."""

from __future__ import annotations

from typing import Any

import pytest

from controller.core.service.deployment import History, PastDeployment
from controller.errors import DeniedError, RetryError, TerminalError
from controller.sandbox import Sandbox
from tests.aws.opened import REGION, WEB, ecs_reader, run_service, sandboxed
from tests.aws.past import PREFIX, past, read, script_of
from tests.aws.scripted import Body, Refused, Script
from tests.virtual_time import in_virtual_time


@in_virtual_time
async def test_a_service_without_any_has_a_complete_and_empty_history() -> None:
    script = script_of()

    assert await read(script) == History((), complete=True)
    assert script.asked == [
        ("ListServiceDeployments", {"cluster": "prod", "service": "web", "maxResults": 100})
    ]


@in_virtual_time
async def test_deployments_are_told_newest_first_with_what_they_led_from_and_to() -> None:
    script = script_of(past(10, "r1"), past(20, "r2", "r1", finishedAt=25))

    newest, first = (await read(script)).deployments

    assert (newest.arn, newest.came_from, newest.task_definition) == (
        "d20",
        f"{PREFIX}1",
        f"{PREFIX}2",
    )
    assert newest.created_at.timestamp() == 20
    assert newest.finished_at is not None
    assert newest.finished_at.timestamp() == 25
    assert (first.arn, first.came_from, first.finished_at) == ("d10", None, None)
    assert [one.revision and one.revision.arn for one in (newest, first)] == [
        f"{PREFIX}2",
        f"{PREFIX}1",
    ]


@in_virtual_time
async def test_what_failed_is_marked_and_each_revision_is_read_once() -> None:
    script = script_of(
        past(10, "r1"),
        past(20, "r2", "r1", status="ROLLBACK_SUCCESSFUL"),
        past(30, "r2", "r1", status="ROLLBACK_FAILED"),
        past(40, "r3", "r1", status="STOPPED"),
        past(50, "r1", "r3"),
        past(60, "r4", "r1", status="STOPPED"),
        past(70, "r5", "r4"),
    )

    deployments = (await read(script)).deployments

    assert [one.arn for one in deployments if one.failed] == ["d40", "d30", "d20"]
    assert [one.revision and one.revision.arn for one in deployments if one.failed] == [
        f"{PREFIX}3",
        f"{PREFIX}2",
        f"{PREFIX}2",
    ]
    assert len(script.bodies("DescribeTaskDefinition")) == 5


@in_virtual_time
async def test_a_failed_revision_that_is_no_longer_described_is_none() -> None:
    script = script_of(past(20, "r2", "r1", status="ROLLBACK_SUCCESSFUL"))
    gone = Refused("ClientException", "Unable to describe task definition.")
    script.says("DescribeTaskDefinition", gone)

    (only,) = (await read(script)).deployments

    assert (only.failed, only.revision) == (True, None)


@in_virtual_time
async def test_one_that_overtook_another_came_from_what_had_settled() -> None:
    script = script_of(
        past(10, "r1"),
        past(20, "r2", "r1", status="STOPPED"),
        past(30, "r3", "r2", "r1", status="STOPPED"),
        past(40, "r1", "r3", "r2"),
    )

    deployments = (await read(script)).deployments

    assert deployments[1].came_from == f"{PREFIX}1"
    assert [one.arn for one in deployments if one.failed] == ["d30"]


@in_virtual_time
async def test_many_are_described_twenty_at_a_time() -> None:
    script = script_of(*(past(number, f"r{number}", f"r{number - 1}") for number in range(1, 46)))

    deployments = (await read(script)).deployments

    assert [one.created_at.timestamp() for one in deployments] == list(range(45, 0, -1))
    described = script.bodies("DescribeServiceDeployments")
    assert sorted(len(body["serviceDeploymentArns"]) for body in described) == [5, 20, 20]
    revisions = script.bodies("DescribeServiceRevisions")
    assert sorted(len(body["serviceRevisionArns"]) for body in revisions) == [6, 20, 20]


@pytest.mark.parametrize(("pages", "complete"), [(10, True), (11, False)])
def test_a_history_that_does_not_end_is_read_in_part_and_says_so(
    pages: int, *, complete: bool
) -> None:
    @in_virtual_time
    async def test() -> None:
        script = script_of(*(past(number, "r1") for number in range(pages)))

        def page(body: Body) -> dict[str, Any]:
            number = int(body.get("nextToken", 0))
            more = {"nextToken": str(number + 1)} if number + 1 < pages else {}
            return {"serviceDeployments": [{"serviceDeploymentArn": f"d{number}"}], **more}

        script.replies("ListServiceDeployments", page)
        found = await read(script)

        assert len(found.deployments) == 10
        assert found.complete is complete

    test()


@in_virtual_time
async def test_one_that_is_listed_and_then_missing_is_left_out() -> None:
    script = script_of(past(10, "r1"), past(20, "r2", "r1"))
    gone = {"arn": "d20", "reason": "MISSING"}
    script.says(
        "DescribeServiceDeployments", {"serviceDeployments": [past(10, "r1")], "failures": [gone]}
    )

    assert [one.arn for one in (await read(script)).deployments] == ["d10"]


@in_virtual_time
async def test_one_that_is_listed_and_passed_over_is_a_passing_fault() -> None:
    script = script_of(past(10, "r1"), past(20, "r2", "r1"))
    script.says(
        "DescribeServiceDeployments", {"serviceDeployments": [past(10, "r1")], "failures": []}
    )

    with pytest.raises(RetryError, match="leaves out 1 of the serviceDeployments"):
        await read(script)


@in_virtual_time
async def test_one_that_fails_for_another_reason_is_an_error() -> None:
    script = script_of(past(10, "r1"))
    failure = {"arn": "d10", "reason": "OTHER"}
    script.says("DescribeServiceDeployments", {"serviceDeployments": [], "failures": [failure]})

    with pytest.raises(TerminalError, match="OTHER"):
        await read(script)


@in_virtual_time
async def test_service_revisions_that_are_missing_are_none() -> None:
    script = script_of(past(20, "r2", "r1", status="ROLLBACK_SUCCESSFUL"))
    failures = [{"arn": arn, "reason": "MISSING"} for arn in ("r1", "r2")]
    script.says("DescribeServiceRevisions", {"serviceRevisions": [], "failures": failures})

    (only,) = (await read(script)).deployments

    assert (only.task_definition, only.came_from, only.failed, only.revision) == (
        None,
        None,
        True,
        None,
    )


@pytest.mark.parametrize(
    ("refused", "kind"),
    [
        (Refused("AccessDeniedException"), DeniedError),
        (Refused("UnsupportedFeatureException"), TerminalError),
        (Refused("UnknownOperationException"), TerminalError),
    ],
)
def test_a_history_that_is_refused_is_an_error_and_not_an_empty_one(
    refused: Refused, kind: type[Exception]
) -> None:
    @in_virtual_time
    async def test() -> None:
        script = Script()
        script.says("ListServiceDeployments", refused)
        with pytest.raises(kind):
            await read(script)

    test()


@in_virtual_time
async def test_the_history_of_a_roll_that_failed_in_the_sandbox() -> None:
    sandbox = Sandbox()
    async with sandboxed(sandbox) as session:
        ecs = session.api("ecs", REGION)
        breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
        first = await run_service(ecs, deploymentConfiguration=breaker)
        sandbox.tick(5)
        sandbox.advance(60)
        container = {"name": "web", "image": "broken", "memory": 128}
        body = {"family": "web", "containerDefinitions": [container]}
        answer = await ecs.call("RegisterTaskDefinition", body)
        second = answer.part("taskDefinition").text("taskDefinitionArn")
        sandbox.fails(lambda document: document["revision"] == 2)
        moved = {"cluster": "prod", "service": "web", "taskDefinition": second}
        await ecs.call("UpdateService", moved)
        sandbox.tick(40)
        found = await ecs_reader(session).history(WEB)

    assert found.complete
    failed, created = found.deployments
    assert isinstance(failed, PastDeployment)
    assert (failed.status, failed.failed) == ("ROLLBACK_SUCCESSFUL", True)
    assert (failed.came_from, failed.task_definition) == (first, second)
    assert failed.revision is not None
    assert failed.revision.arn == second
    assert (created.status, created.came_from, created.failed) == ("SUCCESSFUL", None, False)
