"""Services that CodeDeploy deploys: corrected through it, where the policy allows it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from controller.app.offline import open_inventory, survey_offline
from controller.app.save import save
from controller.core.inventory_file.model import InventoryFile
from controller.core.inventory_file.text import text_of
from controller.core.move import Deploy
from controller.core.reason import Health
from controller.sandbox import Request
from controller.sandbox.faults import LOST_ANSWER
from tests.fleet import expect
from tests.fleet.aws import OURS, Aws
from tests.fleet.code_deploy import ALLOWED, CodeDeploy, app_spec_of
from tests.fleet.controller import Controller
from tests.fleet.given import awslogs, compliant, container, task_definition
from tests.fleet.killed import Death, killed
from tests.virtual_time import VirtualClock


def rolled(aws: Aws) -> list[str]:
    """Return what the controller has written to roll anything, or to prepare for it."""
    preparing = {"RegisterTaskDefinition", "CreateDeployment", "UpdateService"}
    return [one for one in aws.written() if one in preparing]


@pytest.fixture
def code_deploy(aws: Aws) -> CodeDeploy:
    """CodeDeploy in that AWS."""
    return CodeDeploy(aws)


async def test_it_is_left_alone_unless_the_policy_allows_it(
    aws: Aws, controller: Controller, code_deploy: CodeDeploy
) -> None:
    web = code_deploy.runs("web")

    report = await controller.settles()

    reason = expect.outcome(report, web).reason
    assert reason is not None
    assert reason.code == "UnsupportedController"
    assert "allow.codeDeploy" in reason.remedy
    assert rolled(aws) == []


async def test_it_is_corrected_by_a_deployment_with_nothing_else_changed(
    aws: Aws, controller: Controller, code_deploy: CodeDeploy
) -> None:
    controller.policies = ALLOWED
    web = code_deploy.runs("web")
    before, spec = code_deploy.runs_now(web), app_spec_of(code_deploy.newest(web))

    report = await controller.settles()

    after = code_deploy.runs_now(web)
    assert expect.is_compliant(report, web)
    assert after != before
    assert app_spec_of(code_deploy.newest(web)) == spec.replace(before, after)
    assert len(code_deploy.asked()) == 1
    assert aws.writes("UpdateService") == []


async def test_a_deployment_overrides_nothing_of_its_group(
    controller: Controller, code_deploy: CodeDeploy
) -> None:
    controller.policies = ALLOWED
    code_deploy.runs("web")

    await controller.settles()

    (asked,) = code_deploy.asked()
    members = {"applicationName", "deploymentGroupName", "revision", "description"}
    assert asked.keys() == members


async def test_a_sidecar_and_what_nobody_manages_survive(
    controller: Controller, code_deploy: CodeDeploy
) -> None:
    controller.policies = ALLOWED
    sidecar = container("proxy", awslogs("/ecs/web"), someMemberOfTomorrow={"a": [1]})
    containers = (container(logging=awslogs("/ecs/web", mode="blocking")), sidecar)
    web = code_deploy.runs("web", task_definition("web", *containers))
    before = code_deploy.document(web)

    await controller.settles()

    after = code_deploy.document(web)
    assert after["containerDefinitions"][1:] == before["containerDefinitions"][1:]
    assert after["revision"] == before["revision"] + 1


async def test_one_deployment_group_of_any_name_is_found(
    controller: Controller, code_deploy: CodeDeploy
) -> None:
    controller.policies = ALLOWED
    web = code_deploy.runs("web", default_names=False)

    report = await controller.settles()

    assert expect.is_compliant(report, web)


async def test_audit_tells_what_would_be_done_and_writes_nothing(
    aws: Aws, controller: Controller, code_deploy: CodeDeploy
) -> None:
    controller.policies = ALLOWED
    web = code_deploy.runs("web")

    report = await controller.audits()

    assert expect.reason(report, web) == "AuditOnly"
    assert aws.written() == []


async def test_a_failed_deployment_is_rolled_back_by_codedeploy_and_held(
    aws: Aws, controller: Controller, code_deploy: CodeDeploy
) -> None:
    controller.policies = ALLOWED
    web = code_deploy.runs("web")
    before = code_deploy.runs_now(web)
    aws.sandbox.fails(lambda document: document["revision"] > 1)

    report = await controller.settles()

    assert expect.reason(report, web) == "HeldAfterFailure"
    assert expect.outcome(report, web).health is Health.DEGRADED
    assert code_deploy.runs_now(web) == before
    assert len(code_deploy.asked()) == 1
    corrected = aws.sandbox.region().families["web"][1]
    assert corrected.status == "INACTIVE"


async def test_a_failed_deployment_that_nobody_rolls_back_is_held_as_well(
    aws: Aws, controller: Controller, code_deploy: CodeDeploy
) -> None:
    controller.policies = ALLOWED
    web = code_deploy.runs("web", group={"autoRollbackConfiguration": {"enabled": False}})
    before = code_deploy.runs_now(web)
    aws.sandbox.fails(lambda document: document["revision"] > 1)

    report = await controller.settles()

    assert expect.outcome(report, web).health is Health.DEGRADED
    assert code_deploy.runs_now(web) == before
    assert len(code_deploy.asked()) == 1


async def test_a_deployment_that_was_stopped_after_traffic_moved_is_returned_once(
    aws: Aws, controller: Controller, code_deploy: CodeDeploy
) -> None:
    controller.policies = ALLOWED
    waits = {"terminateBlueInstancesOnDeploymentSuccess": {"terminationWaitTimeInMinutes": 60}}
    no_rollback = {"autoRollbackConfiguration": {"enabled": False}}
    web = code_deploy.runs("web", group=no_rollback)
    code_deploy.configures(web, blueGreenDeploymentConfiguration=waits)
    before, spec = code_deploy.runs_now(web), app_spec_of(code_deploy.newest(web))

    async with controller.runs():
        await aws.sees(lambda: code_deploy.runs_now(web) != before)
        code_deploy.stops(code_deploy.newest(web))
        code_deploy.configures(web, blueGreenDeploymentConfiguration={})
        await aws.sees(lambda: code_deploy.runs_now(web) == before)

    assert len(code_deploy.asked()) == 2
    assert app_spec_of(code_deploy.newest(web)) == spec
    assert aws.tags(str(aws.family("web")[1]["taskDefinitionArn"])).keys() & {
        key for key in aws.tags(str(aws.family("web")[1]["taskDefinitionArn"])) if "failed" in key
    }


async def test_it_waits_for_somebody_elses_deployment(
    aws: Aws, controller: Controller, code_deploy: CodeDeploy
) -> None:
    controller.policies = ALLOWED
    web = code_deploy.runs("web")
    aws.sandbox.stalls(lambda document: document["revision"] == 1)
    code_deploy.deploys(web, code_deploy.runs_now(web))
    aws.sandbox.tick(2)

    async with controller.process() as process:
        await process.looks()
        await process.looks()
        reason = process.outcome(web).reason

    assert reason is not None
    assert reason.code == "DeploymentInProgress"
    assert rolled(aws) == []


async def test_a_deployment_that_is_ready_waits_for_a_person(
    aws: Aws, controller: Controller, code_deploy: CodeDeploy
) -> None:
    controller.policies = ALLOWED
    option = {"actionOnTimeout": "STOP_DEPLOYMENT", "waitTimeInMinutes": 600}
    web = code_deploy.runs("web")
    code_deploy.configures(web, blueGreenDeploymentConfiguration={"deploymentReadyOption": option})
    before = code_deploy.runs_now(web)

    async with controller.runs():
        await aws.sees(lambda: code_deploy.newest(web).status == "Ready")
        code_deploy.goes_on(code_deploy.newest(web))
        await aws.sees(lambda: code_deploy.newest(web).status == "Succeeded")

    assert code_deploy.runs_now(web) != before
    assert len(code_deploy.asked()) == 1


@pytest.mark.parametrize("when", ["before", "after"])
async def test_killed_at_the_deployment_it_makes_no_second_one(
    aws: Aws, controller: Controller, code_deploy: CodeDeploy, when: str
) -> None:
    controller.policies = ALLOWED
    web = code_deploy.runs("web")
    death = Death("after" if when == "after" else "before", operation="CreateDeployment")

    assert await killed(aws, controller.settles, death)
    report = await controller.settles()

    assert expect.is_compliant(report, web)
    assert len(code_deploy.deployments(web)) == 2
    assert len(aws.family("web")) == 2


async def test_a_release_during_our_deployment_is_not_undone(
    aws: Aws, controller: Controller, code_deploy: CodeDeploy
) -> None:
    controller.policies = ALLOWED
    web = code_deploy.runs("web")
    before = code_deploy.runs_now(web)

    async with controller.runs():
        await aws.sees(
            lambda: (
                code_deploy.newest(web).status == "Succeeded"
                and (code_deploy.runs_now(web) != before)
            )
        )
        release = aws.registers(compliant("web"))
        theirs = code_deploy.deploys(web, release)
        await aws.sees(lambda: code_deploy.newest(web).status == "Succeeded")

    assert code_deploy.newest(web).id == theirs
    assert code_deploy.runs_now(web) == release


async def test_a_lost_answer_makes_no_second_deployment(
    aws: Aws, controller: Controller, code_deploy: CodeDeploy
) -> None:
    controller.policies = ALLOWED
    web = code_deploy.runs("web")
    before = code_deploy.runs_now(web)
    aws.sandbox.plan("CreateDeployment", LOST_ANSWER)

    async with controller.runs():
        await aws.sees(lambda: code_deploy.runs_now(web) != before)
        await asyncio.sleep(120)

    assert len(code_deploy.asked()) == 1
    assert len(aws.family("web")) == 2


async def test_a_deployment_that_began_a_moment_before_ours_is_not_overtaken(
    aws: Aws, controller: Controller, code_deploy: CodeDeploy
) -> None:
    controller.policies = ALLOWED
    web = code_deploy.runs("web")
    before = code_deploy.runs_now(web)
    theirs: list[str] = []

    def comes_in(request: Request) -> None:
        if request.operation == "CreateDeployment" and request.caller == OURS and not theirs:
            theirs.append(code_deploy.deploys(web, before))

    aws.sandbox.fault = comes_in
    async with controller.runs():
        await aws.sees(lambda: bool(theirs))
        assert code_deploy.newest(web).id == theirs[0]
        await aws.sees(lambda: code_deploy.runs_now(web) != before)

    assert [one.status for one in code_deploy.deployments(web)][:2] == ["Succeeded", "Succeeded"]
    assert len(aws.family("web")) == 2


async def test_over_another_task_set_than_was_looked_at_nothing_is_deployed(
    aws: Aws, controller: Controller, code_deploy: CodeDeploy
) -> None:
    controller.policies = ALLOWED
    web = code_deploy.runs("web")

    def moves(request: Request) -> None:
        if request.operation == "BatchGetDeployments":
            primary = code_deploy.primary(web)
            primary["id"] = f"{primary['id']}0"

    aws.sandbox.fault = moves
    async with controller.process() as process:
        for _ in range(8):
            await process.looks()
        assert len(aws.family("web")) == 2
        assert code_deploy.asked() == []
        aws.sandbox.fault = None
        await process.looks()

    assert len(code_deploy.asked()) == 1


async def test_a_group_that_nobody_can_find_is_told(
    aws: Aws, controller: Controller, code_deploy: CodeDeploy
) -> None:
    controller.policies = ALLOWED
    web = aws.runs("web", deploymentController={"type": "CODE_DEPLOY"})

    report = await controller.settles()

    assert expect.reason(report, web) == "NoDeploymentGroup"
    assert rolled(aws) == []


async def test_an_app_spec_in_s3_is_told_and_nothing_is_registered(
    aws: Aws, controller: Controller, code_deploy: CodeDeploy
) -> None:
    controller.policies = ALLOWED
    web = code_deploy.runs("web")
    location = {"bucket": "shop", "key": "appspec.yaml", "bundleType": "YAML"}
    code_deploy.newest(web).revision = {"revisionType": "S3", "s3Location": location}

    report = await controller.settles()

    assert expect.reason(report, web) == "AppSpecUnusable"
    assert rolled(aws) == []


async def test_without_permission_to_read_codedeploy_nothing_is_rolled(
    aws: Aws, controller: Controller, code_deploy: CodeDeploy
) -> None:
    controller.policies = ALLOWED
    web = code_deploy.runs("web")
    aws.sandbox.deny("GetDeploymentGroup")

    report = await controller.settles()

    assert expect.reason(report, web) == "AccessDenied"
    assert rolled(aws) == []


async def test_a_saved_fleet_holds_nothing_of_codedeploy_and_says_so(
    controller: Controller, code_deploy: CodeDeploy, tmp_path: Path
) -> None:
    controller.policies = ALLOWED
    web = code_deploy.runs("web")
    path = tmp_path / "fleet.json"
    taken = await save(
        controller.settings, ALLOWED, clock=VirtualClock(), open_session=controller.session
    )
    path.write_text(text_of(taken), encoding="utf-8")
    opened = open_inventory(path)
    assert isinstance(opened, InventoryFile), opened

    settings = replace(controller.settings, regions=())
    report = await survey_offline(opened, settings, ALLOWED, controller.tell)

    assert expect.reason(report, web) == "NotSaved"


async def test_nothing_of_an_app_spec_is_reported(
    controller: Controller, code_deploy: CodeDeploy
) -> None:
    controller.policies = ALLOWED
    code_deploy.runs("web")

    await controller.settles()

    moves = [one.move for one in controller.told if isinstance(one.move, Deploy)]
    assert moves
    assert {one.content for one in moves} == {""}


async def test_codedeploy_is_not_asked_unless_the_policy_allows_it(
    aws: Aws, controller: Controller, code_deploy: CodeDeploy
) -> None:
    code_deploy.runs("web")

    await controller.audits()

    assert [one.operation for one in aws.calls() if one.service == "codedeploy"] == []
