"""Deployments progress, complete, fail, trip the breaker and roll back, one look at a time."""

from __future__ import annotations

from typing import Any

import pytest

from controller.sandbox import START, Sandbox, plant_instances
from controller.sandbox.ecs.deployments import failure_threshold
from tests.sandbox.documents import container, document

BREAKER = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}


@pytest.fixture
def web(ecs: Any, sandbox: Sandbox) -> Web:
    return Web(ecs, sandbox)


class Web:
    """A service ``web`` in ``prod`` whose second revision may be rolled out."""

    def __init__(self, ecs: Any, sandbox: Sandbox) -> None:
        self.ecs, self.sandbox = ecs, sandbox
        for _ in range(2):
            ecs.register_task_definition(**document())

    def create(self, desired: int = 2, **members: Any) -> None:
        self.ecs.create_service(
            cluster="prod",
            serviceName="web",
            taskDefinition="web:1",
            desiredCount=desired,
            **members,
        )
        self.sandbox.tick(3)

    def roll(self, revision: int = 2, **members: Any) -> None:
        self.ecs.update_service(
            cluster="prod", service="web", taskDefinition=f"web:{revision}", **members
        )

    def look(self) -> Any:
        return self.ecs.describe_services(cluster="prod", services=["web"])["services"][0]

    def deployments(self) -> list[tuple[str, str, str, int]]:
        """Revision, status, rollout state and running tasks of each deployment, PRIMARY first."""
        return [
            (
                deployment["taskDefinition"].rsplit("/", 1)[-1],
                deployment["status"],
                deployment["rolloutState"],
                deployment["runningCount"],
            )
            for deployment in self.look()["deployments"]
        ]

    def change(self) -> Any:
        """The newest service deployment, in detail."""
        listed = self.ecs.list_service_deployments(cluster="prod", service="web")
        arn = listed["serviceDeployments"][0]["serviceDeploymentArn"]
        described = self.ecs.describe_service_deployments(serviceDeploymentArns=[arn])
        return described["serviceDeployments"][0]

    def messages(self) -> list[str]:
        return [event["message"] for event in self.look()["events"]]

    def new_revision_fails(self) -> None:
        self.sandbox.fails(lambda task_definition: task_definition["revision"] == 2)


def test_a_new_service_comes_up(web: Web) -> None:
    web.create()
    assert web.deployments() == [("web:1", "PRIMARY", "COMPLETED", 2)]
    assert web.change()["status"] == "SUCCESSFUL"
    assert "(service web) has reached a steady state." in web.messages()


def test_nothing_moves_without_a_tick(web: Web) -> None:
    web.create()
    web.roll()
    web.sandbox.advance(3600)
    assert web.deployments() == [
        ("web:2", "PRIMARY", "IN_PROGRESS", 0),
        ("web:1", "ACTIVE", "COMPLETED", 2),
    ]
    assert web.change()["status"] == "PENDING"


def test_a_roll_replaces_the_old_tasks(web: Web) -> None:
    web.create()
    web.roll()
    web.sandbox.tick()
    assert web.change()["status"] == "IN_PROGRESS"
    assert web.look()["pendingCount"] == 2
    web.sandbox.tick()
    assert web.deployments() == [("web:2", "PRIMARY", "COMPLETED", 2)]
    reason = web.look()["deployments"][0]["rolloutStateReason"]
    assert reason == f"ECS deployment {web.look()['deployments'][0]['id']} completed."


def test_old_tasks_are_drained_only_as_far_as_health_allows(web: Web) -> None:
    web.create(4, deploymentConfiguration={"minimumHealthyPercent": 50, "maximumPercent": 100})
    web.roll()
    seen = []
    for _ in range(6):
        web.sandbox.tick()
        seen.append(web.look()["runningCount"])
    assert min(seen) == 2
    assert web.deployments() == [("web:2", "PRIMARY", "COMPLETED", 4)]


def test_what_may_neither_start_nor_stop_never_ends(web: Web) -> None:
    web.create(1, deploymentConfiguration={"minimumHealthyPercent": 100, "maximumPercent": 100})
    web.roll()
    web.sandbox.tick(20)
    assert web.deployments() == [
        ("web:2", "PRIMARY", "IN_PROGRESS", 0),
        ("web:1", "ACTIVE", "COMPLETED", 1),
    ]


def test_timestamps_come_from_the_sandbox_clock(web: Web) -> None:
    web.create()
    web.sandbox.advance(100)
    web.roll()
    web.sandbox.advance(10)
    web.sandbox.tick()
    web.sandbox.advance(10)
    web.sandbox.tick()
    change = web.change()
    moments = [change[name].timestamp() - START for name in ("createdAt", "startedAt", "finishedAt")]
    assert moments == [100, 110, 120]
    assert web.look()["deployments"][0]["createdAt"].timestamp() == START + 100


def test_the_breaker_trips_and_rolls_back(web: Web) -> None:
    web.create(deploymentConfiguration=BREAKER)
    web.new_revision_fails()
    web.roll()
    web.sandbox.tick(2)
    assert web.look()["deployments"][0]["failedTasks"] == 2
    web.sandbox.tick()
    states = web.deployments()
    assert states[0] == ("web:1", "PRIMARY", "IN_PROGRESS", 0)
    assert states[1] == ("web:2", "ACTIVE", "FAILED", 0)
    assert web.look()["taskDefinition"].endswith("web:1")
    change = web.change()
    assert change["status"] == "ROLLBACK_IN_PROGRESS"
    assert change["rollback"]["serviceRevisionArn"] == change["sourceServiceRevisions"][0]["arn"]
    web.sandbox.tick(3)
    assert web.deployments() == [("web:1", "PRIMARY", "COMPLETED", 2)]
    change = web.change()
    assert change["status"] == "ROLLBACK_SUCCESSFUL"
    assert change["deploymentCircuitBreaker"]["status"] == "TRIGGERED"
    failed = [m for m in web.messages() if m.endswith("deployment failed: tasks failed to start.")]
    assert len(failed) == 1
    assert any("rolling back to deployment ecs-svc/" in message for message in web.messages())


def test_old_tasks_run_on_while_a_deployment_fails(web: Web) -> None:
    web.create(deploymentConfiguration=BREAKER)
    web.new_revision_fails()
    web.roll()
    for _ in range(10):
        web.sandbox.tick()
        assert web.look()["runningCount"] >= 2


def test_a_breaker_without_rollback_stops_there(web: Web) -> None:
    web.create(
        deploymentConfiguration={"deploymentCircuitBreaker": {"enable": True, "rollback": False}}
    )
    web.new_revision_fails()
    web.roll()
    web.sandbox.tick(10)
    assert web.deployments() == [
        ("web:2", "PRIMARY", "FAILED", 0),
        ("web:1", "ACTIVE", "COMPLETED", 2),
    ]
    assert web.look()["deployments"][0]["failedTasks"] == 4
    assert web.change()["status"] == "STOPPED"


def test_without_a_breaker_a_deployment_fails_for_ever(web: Web) -> None:
    web.create()
    web.new_revision_fails()
    web.roll()
    web.sandbox.tick(50)
    primary = web.look()["deployments"][0]
    assert (primary["rolloutState"], primary["failedTasks"]) == ("IN_PROGRESS", 98)
    assert web.change()["status"] == "IN_PROGRESS"
    assert any("unable to consistently start tasks" in message for message in web.messages())


def test_a_breaker_with_nothing_to_return_to_stalls(web: Web) -> None:
    web.sandbox.fails(lambda _: True)
    web.create(deploymentConfiguration=BREAKER)
    web.sandbox.tick(10)
    assert web.deployments() == [("web:1", "PRIMARY", "FAILED", 0)]


def test_a_rollback_that_fails_too_says_so(web: Web) -> None:
    web.create(deploymentConfiguration=BREAKER)
    web.sandbox.fails(lambda _: True)
    web.roll()
    web.sandbox.tick(20)
    assert web.change()["status"] == "ROLLBACK_FAILED"
    assert web.look()["runningCount"] == 2


def test_a_deployment_that_stalls_stays_pending(web: Web) -> None:
    web.create(deploymentConfiguration=BREAKER)
    web.sandbox.stalls(lambda task_definition: task_definition["revision"] == 2)
    web.roll()
    web.sandbox.tick(50)
    primary = web.look()["deployments"][0]
    assert (primary["pendingCount"], primary["failedTasks"]) == (2, 0)
    assert web.change()["status"] == "IN_PROGRESS"


def test_a_deployment_replaced_by_a_newer_one_ends_stopped(web: Web) -> None:
    web.create()
    web.roll(2)
    web.sandbox.tick()
    web.roll(1)
    web.sandbox.tick(4)
    listed = web.ecs.list_service_deployments(cluster="prod", service="web")
    statuses = [brief["status"] for brief in listed["serviceDeployments"]]
    assert statuses == ["SUCCESSFUL", "STOPPED", "SUCCESSFUL"]
    assert web.deployments() == [("web:1", "PRIMARY", "COMPLETED", 2)]


def test_the_same_task_definition_again_starts_nothing_unless_forced(web: Web) -> None:
    web.create()
    before = web.look()["deployments"][0]["id"]
    web.roll(1)
    assert web.look()["deployments"][0]["id"] == before
    web.roll(1, forceNewDeployment=True)
    assert web.look()["deployments"][0]["id"] != before


def test_service_connect_is_seen_in_the_deployment_and_rolls_out(web: Web) -> None:
    web.create()
    wanted = {"enabled": True, "namespace": "internal"}
    web.ecs.update_service(cluster="prod", service="web", serviceConnectConfiguration=wanted)
    service = web.look()
    assert service["deployments"][0]["serviceConnectConfiguration"] == wanted
    assert "serviceConnectConfiguration" not in service
    revision = web.change()["targetServiceRevision"]["arn"]
    described = web.ecs.describe_service_revisions(serviceRevisionArns=[revision])
    assert described["serviceRevisions"][0]["serviceConnectConfiguration"] == wanted


def test_settings_alone_start_no_deployment(web: Web) -> None:
    web.create()
    before = web.look()["deployments"][0]["id"]
    web.ecs.update_service(
        cluster="prod", service="web", desiredCount=3, deploymentConfiguration=BREAKER
    )
    web.sandbox.tick(3)
    service = web.look()
    assert (service["deployments"][0]["id"], service["runningCount"]) == (before, 3)
    assert service["deploymentConfiguration"]["deploymentCircuitBreaker"]["enable"] is True
    assert service["deploymentConfiguration"]["maximumPercent"] == 200


def test_a_service_scaled_to_zero_completes_even_what_cannot_start(web: Web) -> None:
    web.create(0, deploymentConfiguration=BREAKER)
    web.new_revision_fails()
    web.roll()
    web.sandbox.tick()
    assert web.deployments() == [("web:2", "PRIMARY", "COMPLETED", 0)]


def test_a_daemon_stops_before_it_starts(web: Web) -> None:
    plant_instances(web.sandbox.region(), "prod", 3)
    web.create(0, schedulingStrategy="DAEMON")
    assert web.deployments() == [("web:1", "PRIMARY", "COMPLETED", 3)]
    web.roll()
    web.sandbox.tick()
    assert (web.look()["runningCount"], web.look()["pendingCount"]) == (0, 3)
    web.sandbox.tick()
    assert web.deployments() == [("web:2", "PRIMARY", "COMPLETED", 3)]


def test_a_driver_that_no_instance_offers_cannot_be_placed(web: Web) -> None:
    plant_instances(web.sandbox.region(), "prod", 2, drivers=["json-file"])
    web.create()
    web.ecs.register_task_definition(
        **document(container(logConfiguration={"logDriver": "syslog"}))
    )
    web.roll(3)
    web.sandbox.tick(5)
    assert web.deployments()[0] == ("web:3", "PRIMARY", "IN_PROGRESS", 0)
    assert web.look()["deployments"][0]["failedTasks"] == 0
    assert "com.amazonaws.ecs.capability.logging-driver.syslog" in web.messages()[0]


def test_a_deployment_can_be_stopped_by_hand(web: Web) -> None:
    web.create()
    web.roll()
    web.sandbox.tick()
    arn = web.change()["serviceDeploymentArn"]
    web.ecs.stop_service_deployment(serviceDeploymentArn=arn)
    web.sandbox.tick(4)
    assert web.change()["status"] == "ROLLBACK_SUCCESSFUL"
    with pytest.raises(web.ecs.exceptions.ConflictException):
        web.ecs.stop_service_deployment(serviceDeploymentArn=arn)


def test_lists_of_service_deployments_are_filtered_and_paged(web: Web) -> None:
    web.create()
    for revision in (2, 1, 2):
        web.roll(revision)
    page = web.ecs.list_service_deployments(cluster="prod", service="web", maxResults=3)
    assert len(page["serviceDeployments"]) == 3
    rest = web.ecs.list_service_deployments(
        cluster="prod", service="web", nextToken=page["nextToken"]
    )
    assert [brief["status"] for brief in rest["serviceDeployments"]] == ["SUCCESSFUL"]
    pending = web.ecs.list_service_deployments(cluster="prod", service="web", status=["PENDING"])
    assert len(pending["serviceDeployments"]) == 1


@pytest.mark.parametrize(
    ("desired", "told", "threshold"),
    [
        (1, None, 3),
        (7, None, 4),
        (1000, None, 200),
        (10, {"type": "COUNT", "value": 7}, 7),
        (10, {"type": "UNBOUNDED_PERCENT", "value": 10}, 1),
        (1000, {"type": "BOUNDED_PERCENT", "value": 10}, 100),
    ],
)
def test_the_breaker_has_the_threshold_that_aws_states(
    desired: int, told: dict[str, Any] | None, threshold: int
) -> None:
    breaker = {"enable": True, **({"thresholdConfiguration": told} if told else {})}
    assert failure_threshold({"deploymentCircuitBreaker": breaker}, desired) == threshold
