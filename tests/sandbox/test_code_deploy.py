"""CodeDeploy as the sandbox simulates it; what AWS's model and user guide say, and no more."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from controller.sandbox import Sandbox
from tests.sandbox.documents import document

NAMES = {"applicationName": "shop", "deploymentGroupName": "web"}
SERVICE = {"clusterName": "prod", "serviceName": "web"}
ROLLBACK = {"enabled": True, "events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_REQUEST"]}
PERSON = {"deploymentReadyOption": {"actionOnTimeout": "STOP_DEPLOYMENT", "waitTimeInMinutes": 10}}
STAYS = {
    "terminateBlueInstancesOnDeploymentSuccess": {
        "action": "TERMINATE",
        "terminationWaitTimeInMinutes": 5,
    }
}


class Shop:
    """A service `web` that CodeDeploy deploys, two revisions, and a group."""

    def __init__(self, sandbox: Sandbox, ecs: Any, codedeploy: Any, **group: Any) -> None:
        self.sandbox, self.ecs, self.codedeploy = sandbox, ecs, codedeploy
        self.arns = [
            ecs.register_task_definition(**document())["taskDefinition"]["taskDefinitionArn"]
            for _ in range(3)
        ]
        ecs.create_service(
            cluster="prod",
            serviceName="web",
            taskDefinition="web:1",
            desiredCount=2,
            deploymentController={"type": "CODE_DEPLOY"},
        )
        codedeploy.create_application(applicationName="shop", computePlatform="ECS")
        role = "arn:aws:iam::123456789012:role/codedeploy"
        codedeploy.create_deployment_group(
            **NAMES, serviceRoleArn=role, ecsServices=[SERVICE], **group
        )

    def deploy(self, revision: int) -> str:
        made = self.codedeploy.create_deployment(**NAMES, revision=self.app_spec(revision))
        return str(made["deploymentId"])

    def app_spec(self, revision: int) -> dict[str, Any]:
        text = (
            f"Resources: [{{T: {{Properties: {{TaskDefinition: '{self.arns[revision - 1]}'}}}}}}]"
        )
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        return {
            "revisionType": "AppSpecContent",
            "appSpecContent": {"content": text, "sha256": sha256},
        }

    def look(self, name: str) -> Any:
        return self.codedeploy.get_deployment(deploymentId=name)["deploymentInfo"]

    def status(self, name: str) -> str:
        return str(self.look(name)["status"])

    def sets(self) -> list[tuple[str, str]]:
        """Revision and status of each task set."""
        service = self.ecs.describe_services(cluster="prod", services=["web"])["services"][0]
        return [
            (one["taskDefinition"].rsplit("/", 1)[-1], one["status"]) for one in service["taskSets"]
        ]


@pytest.fixture
def codedeploy(client: Callable[..., Any]) -> Any:
    return client("codedeploy")


@pytest.fixture
def shop(sandbox: Sandbox, ecs: Any, codedeploy: Any) -> Callable[..., Shop]:
    """Makes the shop, with a group as it is told."""
    return lambda **group: Shop(sandbox, ecs, codedeploy, **group)


def test_a_deployment_makes_a_second_task_set_moves_traffic_and_ends_the_first(
    shop: Callable[..., Shop],
) -> None:
    web = shop()
    name = web.deploy(2)
    assert name.startswith("d-")
    assert (web.status(name), web.sets()) == ("Created", [("web:1", "PRIMARY")])
    web.sandbox.tick()
    assert web.sets() == [("web:1", "PRIMARY"), ("web:2", "ACTIVE")]
    assert web.status(name) == "InProgress"
    web.sandbox.tick(2)
    assert web.sets() == [("web:1", "ACTIVE"), ("web:2", "PRIMARY")]
    web.sandbox.tick()
    assert (web.status(name), web.sets()) == ("Succeeded", [("web:2", "PRIMARY")])


def test_the_task_set_names_its_deployment(shop: Callable[..., Shop]) -> None:
    web = shop()
    name = web.deploy(2)
    web.sandbox.tick()
    sets = web.ecs.describe_task_sets(cluster="prod", service="web")["taskSets"]
    assert sets[1]["externalId"] == name  # [botocore TaskSet]


def test_the_app_spec_is_kept_as_it_was_sent(shop: Callable[..., Shop]) -> None:
    web = shop()
    assert web.look(web.deploy(2))["revision"] == web.app_spec(2)


def test_the_old_task_set_stays_as_long_as_the_group_says(shop: Callable[..., Shop]) -> None:
    web = shop(blueGreenDeploymentConfiguration=STAYS)
    name = web.deploy(2)
    web.sandbox.tick(5)
    assert web.status(name) == "InProgress"
    assert len(web.sets()) == 2
    web.sandbox.advance(301)
    web.sandbox.tick()
    assert (web.status(name), len(web.sets())) == ("Succeeded", 1)


def test_a_group_deploys_one_thing_at_a_time(shop: Callable[..., Shop]) -> None:
    web = shop()
    web.deploy(2)
    with pytest.raises(ClientError, match="DeploymentLimitExceededException"):
        web.deploy(3)


def test_a_service_is_in_one_group_at_most(shop: Callable[..., Shop]) -> None:
    web = shop()
    with pytest.raises(ClientError, match="ECSServiceMappingLimitExceeded"):
        web.codedeploy.create_deployment_group(
            applicationName="shop",
            deploymentGroupName="again",
            serviceRoleArn="arn:aws:iam::123456789012:role/codedeploy",
            ecsServices=[SERVICE],
        )


def test_an_app_spec_with_a_wrong_hash_is_refused(shop: Callable[..., Shop]) -> None:
    web = shop()
    revision = web.app_spec(2)
    revision["appSpecContent"]["sha256"] = "0" * 64
    with pytest.raises(ClientError, match="InvalidRevisionException"):
        web.codedeploy.create_deployment(**NAMES, revision=revision)


@pytest.mark.parametrize(
    ("configured", "left"), [({"autoRollbackConfiguration": ROLLBACK}, 1), ({}, 2)]
)
def test_a_deployment_whose_tasks_fail_has_failed_and_traffic_has_not_moved(
    shop: Callable[..., Shop], configured: dict[str, Any], left: int
) -> None:
    web = shop(**configured)
    web.deploy(1)
    web.sandbox.tick(4)
    web.sandbox.fails(lambda document: document["revision"] == 2)
    name = web.deploy(2)
    web.sandbox.tick(6)

    assert web.status(name) == "Failed"
    assert web.look(name)["errorInformation"]["code"] == "ECS_UPDATE_ERROR"
    assert ("web:1", "PRIMARY") in web.sets()
    assert len(web.sets()) == left


def test_a_rollback_is_a_deployment_of_its_own(shop: Callable[..., Shop]) -> None:
    web = shop(autoRollbackConfiguration=ROLLBACK)
    web.deploy(1)
    web.sandbox.tick(4)
    web.codedeploy.update_deployment_group(
        applicationName="shop",
        currentDeploymentGroupName="web",
        blueGreenDeploymentConfiguration=STAYS,
    )
    name = web.deploy(2)
    web.sandbox.tick(4)
    assert web.sets() == [("web:1", "ACTIVE"), ("web:2", "PRIMARY")]
    web.codedeploy.stop_deployment(deploymentId=name)
    web.sandbox.tick(1)

    back = web.look(name)["rollbackInfo"]["rollbackDeploymentId"]
    assert web.sets() == [("web:1", "PRIMARY")]
    assert (web.look(back)["creator"], web.status(back)) == ("codeDeployRollback", "Succeeded")
    assert web.look(back)["revision"] == web.app_spec(1)


def test_a_stopped_deployment_without_rollback_leaves_traffic_where_it_is(
    shop: Callable[..., Shop],
) -> None:
    web = shop(blueGreenDeploymentConfiguration=STAYS)
    name = web.deploy(2)
    web.sandbox.tick(4)
    web.codedeploy.stop_deployment(deploymentId=name)
    web.sandbox.tick(3)
    assert (web.status(name), ("web:2", "PRIMARY") in web.sets()) == ("Stopped", True)


def test_a_deployment_may_wait_for_a_person(shop: Callable[..., Shop]) -> None:
    web = shop(blueGreenDeploymentConfiguration=PERSON)
    name = web.deploy(2)
    web.sandbox.tick(5)
    assert (web.status(name), web.sets()[0]) == ("Ready", ("web:1", "PRIMARY"))
    web.codedeploy.continue_deployment(deploymentId=name)
    web.sandbox.tick(3)
    assert web.status(name) == "Succeeded"


def test_if_the_person_does_not_come_it_is_stopped(shop: Callable[..., Shop]) -> None:
    web = shop(blueGreenDeploymentConfiguration=PERSON)
    name = web.deploy(2)
    web.sandbox.tick(5)
    web.sandbox.advance(601)
    web.sandbox.tick()
    assert web.status(name) == "Stopped"  # [botocore DeploymentReadyOption]


def test_what_was_made_is_listed_by_time_and_described_in_batches(
    shop: Callable[..., Shop],
) -> None:
    web = shop()
    first = web.deploy(1)
    web.sandbox.tick(5)
    web.sandbox.advance(100)
    second = web.deploy(2)
    since = {"createTimeRange": {"start": web.sandbox.now - 50}}
    assert web.codedeploy.list_deployments(**NAMES)["deployments"] == [second, first]
    assert web.codedeploy.list_deployments(**NAMES, **since)["deployments"] == [second]
    described = web.codedeploy.batch_get_deployments(deploymentIds=[first, second])
    assert [one["deploymentId"] for one in described["deploymentsInfo"]] == [first, second]
    with pytest.raises(ClientError, match="BatchLimitExceeded"):
        web.codedeploy.batch_get_deployments(deploymentIds=[f"d-{n}" for n in range(26)])


def test_groups_are_found_from_their_application(shop: Callable[..., Shop]) -> None:
    web = shop()
    web.deploy(1)
    web.sandbox.tick(5)
    assert web.codedeploy.list_applications()["applications"] == ["shop"]
    listed = web.codedeploy.list_deployment_groups(applicationName="shop")
    assert listed["deploymentGroups"] == ["web"]
    described = web.codedeploy.batch_get_deployment_groups(
        applicationName="shop", deploymentGroupNames=["web"]
    )["deploymentGroupsInfo"][0]
    assert described["ecsServices"] == [SERVICE]
    assert described["lastSuccessfulDeployment"]["status"] == "Succeeded"
    for names, code in (
        ({"applicationName": "other", "deploymentGroupName": "web"}, "ApplicationDoesNotExist"),
        ({"applicationName": "shop", "deploymentGroupName": "other"}, "GroupDoesNotExist"),
    ):
        with pytest.raises(ClientError, match=code):
            web.codedeploy.get_deployment_group(**names)


# ── why this is not left to moto ─────────────────────────────────────────────────────────────────


def test_moto_leaves_a_deployment_created_for_ever_under_an_id_that_aws_never_gives(
    bare: boto3.Session,
) -> None:
    codedeploy = bare.client("codedeploy")
    codedeploy.create_application(applicationName="shop", computePlatform="ECS")
    role = "arn:aws:iam::123456789012:role/codedeploy"
    codedeploy.create_deployment_group(**NAMES, serviceRoleArn=role)
    content = {"content": "a: b", "sha256": hashlib.sha256(b"a: b").hexdigest()}
    revision = {"revisionType": "AppSpecContent", "appSpecContent": content}
    name = codedeploy.create_deployment(**NAMES, revision=revision)["deploymentId"]
    again = codedeploy.create_deployment(**NAMES, revision=revision)["deploymentId"]
    info = codedeploy.get_deployment(deploymentId=name)["deploymentInfo"]
    assert (info["status"], name.startswith("d-"), again == name) == ("Created", False, False)


@pytest.mark.parametrize(
    ("operation", "asked"),
    [
        ("stop_deployment", {"deploymentId": "d-1"}),
        ("batch_get_deployment_groups", {"applicationName": "a", "deploymentGroupNames": ["g"]}),
    ],
)
def test_moto_lacks_what_the_controller_and_its_people_call(
    bare: boto3.Session, operation: str, asked: dict[str, Any]
) -> None:
    codedeploy = bare.client("codedeploy")
    with pytest.raises(NotImplementedError):
        getattr(codedeploy, operation)(**asked)
