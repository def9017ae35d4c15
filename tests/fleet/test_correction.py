"""A service that drifts is corrected: one revision, one roll, and then nothing more."""

from __future__ import annotations

import asyncio
import copy
import json
from typing import Any

from controller.core.service.registration import OUTPUT_ONLY
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant
from tests.fleet.given import awslogs, compliant, container, for_fargate, task_definition


async def test_a_drifted_service_is_registered_and_rolled_once(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web", for_fargate(task_definition("web")))

    report = await controller.settles()

    assert is_compliant(report, web)
    assert aws.revision(web) == 2
    assert aws.written() == [
        "CreateLogGroup",
        "PutRetentionPolicy",
        "RegisterTaskDefinition",
        "UpdateService",
    ]


async def test_a_second_run_writes_nothing(aws: Aws, controller: Controller) -> None:
    aws.runs("web")
    await controller.settles()
    aws.forgets_requests()

    await controller.settles()

    assert aws.calls("DescribeServices")
    assert aws.writes() == []


async def test_a_roll_is_not_over_before_the_bake_is(aws: Aws, controller: Controller) -> None:
    aws.runs("web")

    await controller.settles()

    completed = [one for one in controller.told if one.reason and one.reason.code == "RollingOut"]
    assert {one.reason.message for one in completed if one.reason} == {
        "the corrected revision is being rolled out, and waits for its tasks to start",
        "the corrected revision is watched a while",
    }
    assert all(one.in_flight for one in completed)


async def test_update_service_says_which_service_and_which_revision_and_nothing_else(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")

    await controller.settles()

    assert [one.body for one in aws.writes("UpdateService")] == [
        {
            "cluster": "prod",
            "service": "web",
            "taskDefinition": aws.running(web)["taskDefinitionArn"],
        }
    ]


FUTURE: dict[str, Any] = {"nested": [1, 2.5, None, {"größe": "日本"}], "empty": {}}


async def test_members_that_nobody_knows_survive_at_every_level(
    aws: Aws, controller: Controller
) -> None:
    logging = {**awslogs("/ecs/web", mode="blocking"), "futureLogging": FUTURE}
    base = task_definition(
        "web",
        container(logging=logging, futureContainer=FUTURE),
        container("sidecar", logging=awslogs("/ecs/web"), restartPolicy={"later": FUTURE}),
        futureTask=FUTURE,
    )
    web = aws.runs("web", base)
    before = copy.deepcopy(aws.running(web))

    await controller.settles()

    assert aws.revision(web) == 2
    before["containerDefinitions"][0]["logConfiguration"]["options"]["mode"] = "non-blocking"
    assert bare(aws.running(web)) == bare(before)


def bare(document: dict[str, Any]) -> str:
    """Return what was registered, byte for byte: members in their order, as they are written."""
    kept = {key: value for key, value in document.items() if key not in OUTPUT_ONLY}
    return json.dumps(kept, ensure_ascii=False)


async def test_tags_are_carried_over_and_those_of_aws_are_not(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web", task_definition("web", tags=[{"key": "team", "value": "shop"}]))
    base = aws.running(web)["taskDefinitionArn"]
    aws.sandbox.tags(base).append({"key": "aws:servicecatalog:product", "value": "p-1"})

    await controller.settles()

    tags = aws.tags(aws.running(web)["taskDefinitionArn"])
    assert tags.pop("team") == "shop"
    assert tags["ecs-logging/base"] == base
    assert tags["ecs-logging/managed-by"] == "ecs-logging-controller"
    assert all(key.startswith("ecs-logging/") for key in tags)


async def test_what_autoscaling_does_meanwhile_stays_done(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web", desired=2)
    run = asyncio.create_task(controller.settles())
    await aws.sees(lambda: aws.rolled() == ["web:2"])
    aws.updates(web, desiredCount=5)

    report = await run

    assert is_compliant(report, web)
    assert (aws.service(web).desired, aws.service(web).running) == (5, 5)
    assert len(aws.writes("UpdateService")) == 1


async def test_a_further_drift_is_corrected_anew(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web")
    aws.runs("sibling", compliant("sibling"))  # so that two rolls are within a day's budget
    await controller.settles()
    aws.releases(web, task_definition("web"))
    await asyncio.sleep(60)

    report = await controller.settles()

    assert is_compliant(report, web)
    assert aws.revision(web) == 4
    assert len(aws.writes("RegisterTaskDefinition")) == 2
