"""CodeDeploy read and written: the group of a service, its deployments, and one more of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from controller.aws.code_deploy_reader import MOST_PAGES, AwsCodeDeployReader
from controller.aws.code_deploy_writer import AwsCodeDeployWriter
from controller.core.service.code_deploy.app_spec import AppSpec, Unusable, sha256_of
from controller.core.service.code_deploy.group import CodeDeployment, DeploymentGroup
from controller.core.service.observed import Unread
from controller.errors import ConflictError, DeniedError, LostError, RetryError, TerminalError
from tests.aws.opened import REGION, WEB, scripted
from tests.aws.scripted import Body, Refused, Script
from tests.virtual_time import VirtualClock, in_virtual_time

ARN = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1"
TEXT = json.dumps({"Resources": [{"T": {"Properties": {"TaskDefinition": ARN}}}]})
CONTENT = {"content": TEXT, "sha256": sha256_of(TEXT)}
SPEC = {"revisionType": "AppSpecContent", "appSpecContent": CONTENT}
OURS = {"clusterName": "prod", "serviceName": "web"}
NO_APPLICATION = Refused("ApplicationDoesNotExistException")
NO_GROUP = Refused("DeploymentGroupDoesNotExistException")


def named(name: str = "DgpECS-prod-web", *services: Body, **members: Any) -> Body:
    """Return a deployment group as it is described."""
    return {
        "applicationName": "AppECS-prod-web",
        "deploymentGroupName": name,
        "ecsServices": list(services or (OURS,)),
        **members,
    }


def deployment(name: str, at: float, **members: Any) -> Body:
    """Return a deployment as it is described."""
    return {
        "deploymentId": name,
        "status": "Succeeded",
        "createTime": at,
        "revision": SPEC,
        **members,
    }


def script_of(*deployments: Body, **group: Any) -> Script:
    """Return a script of a service whose group has the default name."""
    script = Script()
    script.says("GetDeploymentGroup", {"deploymentGroupInfo": named(**group)})
    script.says("ListDeployments", {"deployments": [one["deploymentId"] for one in deployments]})
    known = {one["deploymentId"]: one for one in deployments}
    script.replies(
        "BatchGetDeployments",
        lambda body: {"deploymentsInfo": [known[one] for one in body["deploymentIds"]]},
    )
    return script


async def read(script: Script) -> DeploymentGroup | Unread:
    """Return what a script tells of `WEB`."""
    async with scripted(script) as session:
        api = session.api("codedeploy", REGION)
        return await AwsCodeDeployReader(api, VirtualClock()).group(WEB)


async def group(script: Script) -> DeploymentGroup:
    """Return the group of which a script tells."""
    found = await read(script)
    assert isinstance(found, DeploymentGroup)
    return found


async def one_of(**members: Any) -> CodeDeployment:
    """Return the only deployment of a group, as it is described."""
    return (await group(script_of(deployment("d-1", 5, **members)))).deployments[0]


# ── which group ───────────────────────────────────────────────────────────────────────────────────


@in_virtual_time
async def test_the_group_of_the_default_name_is_taken_if_it_names_the_service() -> None:
    script = script_of()
    found = await group(script)

    assert (found.application, found.name) == ("AppECS-prod-web", "DgpECS-prod-web")
    assert script.asked[0] == (
        "GetDeploymentGroup",
        {"applicationName": "AppECS-prod-web", "deploymentGroupName": "DgpECS-prod-web"},
    )


def searched(*groups: Body, first: Body | Refused = NO_APPLICATION) -> Script:
    """Return a script whose group of the default name is *first*, and that has these besides."""
    script = script_of()
    script.says("GetDeploymentGroup", first)
    script.says("ListApplications", {"applications": ["shop"]})
    names = [one["deploymentGroupName"] for one in groups]
    script.says("ListDeploymentGroups", {"deploymentGroups": names})
    script.says("BatchGetDeploymentGroups", {"deploymentGroupsInfo": list(groups)})
    return script


LAMBDA = {"applicationName": "shop", "deploymentGroupName": "lambda"}
OTHERS = {"clusterName": "prod", "serviceName": "other"}


@pytest.mark.parametrize(
    "first",
    [
        NO_APPLICATION,
        NO_GROUP,
        Refused("InvalidApplicationNameException"),
        {"deploymentGroupInfo": named("DgpECS-prod-web", OTHERS)},
    ],
)
@in_virtual_time
async def test_else_it_is_looked_for_in_all_applications(first: Body | Refused) -> None:
    found = await group(searched(LAMBDA, named("other", OTHERS), named("mine"), first=first))

    assert found.name == "mine"


@pytest.mark.parametrize(
    ("groups", "told"), [((LAMBDA,), "no deployment group"), ((named("a"), named("b")), "several")]
)
@in_virtual_time
async def test_a_service_that_is_in_no_group_or_in_several_is_refused(
    groups: tuple[Body, ...], told: str
) -> None:
    found = await read(searched(*groups))

    assert isinstance(found, Unread)
    assert found.reason.code == "NoDeploymentGroup"
    assert told in found.reason.message


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (Refused("AccessDeniedException"), DeniedError),
        (Refused("InternalFailure", status=500), RetryError),
        (Refused("DeploymentConfigDoesNotExistException"), TerminalError),
        ({}, RetryError),
    ],
)
@in_virtual_time
async def test_a_group_that_cannot_be_read_is_an_error(
    said: Body | Refused, error: type[Exception]
) -> None:
    script = script_of()
    script.says("GetDeploymentGroup", said)

    with pytest.raises(error):
        await read(script)


# ── its deployments ───────────────────────────────────────────────────────────────────────────────


@in_virtual_time
async def test_deployments_are_told_newest_first() -> None:
    found = await group(
        script_of(deployment("d-1", 10), deployment("d-3", 30), deployment("d-2", 20))
    )

    assert [one.id for one in found.deployments] == ["d-3", "d-2", "d-1"]
    assert found.complete


@in_virtual_time
async def test_the_last_that_succeeded_is_read_however_old_it_is() -> None:
    script = script_of(deployment("d-2", 20), lastSuccessfulDeployment={"deploymentId": "d-0"})
    known = {"d-2": deployment("d-2", 20, status="Failed"), "d-0": deployment("d-0", 1)}
    script.replies(
        "BatchGetDeployments",
        lambda body: {"deploymentsInfo": [known[one] for one in body["deploymentIds"]]},
    )

    last = (await group(script)).last_succeeded
    assert last is not None
    assert last.id == "d-0"


@in_virtual_time
async def test_many_deployments_are_described_25_at_a_time() -> None:
    script = script_of(*(deployment(f"d-{number}", number) for number in range(60)))
    found = await group(script)

    assert len(found.deployments) == 60
    sizes = [len(body["deploymentIds"]) for body in script.bodies("BatchGetDeployments")]
    assert sorted(sizes) == [10, 25, 25]


@in_virtual_time
async def test_a_list_that_does_not_end_is_not_complete() -> None:
    script = script_of(deployment("d-1", 1))
    pages = [{"deployments": [], "nextToken": f"{page}"} for page in range(MOST_PAGES)]
    script.says("ListDeployments", *pages)

    found = await group(script)

    assert not found.complete
    assert len(script.bodies("ListDeployments")) == MOST_PAGES


@in_virtual_time
async def test_a_deployment_that_the_answer_leaves_out_is_not_taken_for_none() -> None:
    script = script_of(deployment("d-1", 1))
    script.says("BatchGetDeployments", {"deploymentsInfo": []})

    with pytest.raises(RetryError):
        await read(script)


@in_virtual_time
async def test_an_app_spec_that_was_sent_as_text_is_read() -> None:
    found = await one_of()

    assert isinstance(found.app_spec, AppSpec)
    assert (found.app_spec.content, found.task_definition) == (TEXT, ARN)


@in_virtual_time
async def test_so_is_one_of_the_older_kind() -> None:
    assert (
        await one_of(revision={"revisionType": "String", "string": CONTENT})
    ).task_definition == ARN


@pytest.mark.parametrize(
    "revision",
    [
        {"revisionType": "S3", "s3Location": {"bucket": "b", "key": "appspec.yaml"}},
        {"revisionType": "AppSpecContent", "appSpecContent": {"sha256": "0"}},
        {"revisionType": "AppSpecContent", "appSpecContent": {"content": TEXT}},
        {"revisionType": "AppSpecContent", "appSpecContent": {**CONTENT, "sha256": "0" * 64}},
        {"revisionType": "Tomorrow"},
        {},
    ],
)
@in_virtual_time
async def test_an_app_spec_that_cannot_be_read_surely_is_unusable(revision: Body) -> None:
    found = await one_of(revision=revision)

    assert isinstance(found.app_spec, Unusable)
    assert found.task_definition is None


@in_virtual_time
async def test_why_it_failed_and_whether_it_is_rolled_back_is_told() -> None:
    error = {"code": "ALARM_ACTIVE", "message": "the shop is down"}
    found = await one_of(
        status="Stopped",
        completeTime=9,
        creator="user",
        errorInformation=error,
        autoRollbackConfiguration={"enabled": True, "events": []},
    )

    assert found.error == "ALARM_ACTIVE: the shop is down"
    assert found.rolls_back
    assert found.has_failed
    assert found.creator == "user"


@in_virtual_time
async def test_a_status_of_tomorrow_counts_as_running() -> None:
    assert (await one_of(status="Pondering")).is_running


@pytest.mark.parametrize(
    ("configured", "names"),
    [
        ({"enabled": True, "alarms": [{"name": "b"}, {"name": "a"}]}, ("a", "b")),
        ({"enabled": False, "alarms": [{"name": "a"}]}, ()),
        ({}, ()),
    ],
)
@in_virtual_time
async def test_alarms_count_only_where_they_are_on(
    configured: Body, names: tuple[str, ...]
) -> None:
    assert (await group(script_of(alarmConfiguration=configured))).alarms == names


# ── one more deployment ───────────────────────────────────────────────────────────────────────────


async def create(script: Script) -> None:
    """Ask for a deployment."""
    async with scripted(script) as session:
        writer = AwsCodeDeployWriter(session.api("codedeploy", REGION))
        await writer.create_deployment(
            WEB, application="a", group="g", content=TEXT, sha256=sha256_of(TEXT)
        )


@in_virtual_time
async def test_a_deployment_is_asked_for_by_its_app_spec_alone() -> None:
    script = Script()
    script.says("CreateDeployment", {"deploymentId": "d-1"})
    await create(script)

    (body,) = script.bodies("CreateDeployment")
    assert body.pop("description")
    assert body == {"applicationName": "a", "deploymentGroupName": "g", "revision": SPEC}


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (Refused("DeploymentLimitExceededException"), ConflictError),
        (Refused("InvalidRevisionException"), TerminalError),
        (Refused("AccessDeniedException"), DeniedError),
        (Refused("InternalFailure", status=500), LostError),
        (ConnectionResetError("cut"), LostError),
    ],
)
@in_virtual_time
async def test_a_deployment_is_never_asked_for_twice(
    said: Refused | Exception, error: type[Exception]
) -> None:
    script = Script()
    script.says("CreateDeployment", said)

    with pytest.raises(error):
        await create(script)
    assert len(script.bodies("CreateDeployment")) == 1
