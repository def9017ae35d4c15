"""Deployments progress and complete, one look at a time, as far as health and room allow."""

from __future__ import annotations

from controller.sandbox import START, plant_instances
from tests.sandbox.documents import container, document
from tests.sandbox.web_service import BREAKER, Web


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
    moments = [
        change[name].timestamp() - START for name in ("createdAt", "startedAt", "finishedAt")
    ]
    assert moments == [100, 110, 120]
    assert web.look()["deployments"][0]["createdAt"].timestamp() == START + 100


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


def test_an_empty_list_takes_load_balancers_away_and_rolls_out(web: Web) -> None:
    balancers = [{"targetGroupArn": "arn:tg", "containerName": "app", "containerPort": 80}]
    web.create(loadBalancers=balancers)
    assert web.look()["loadBalancers"] == balancers
    web.ecs.update_service(cluster="prod", service="web", loadBalancers=[])
    assert web.look()["loadBalancers"] == []
    assert len(web.look()["deployments"]) == 2
    revision = web.change()["targetServiceRevision"]["arn"]
    described = web.ecs.describe_service_revisions(serviceRevisionArns=[revision])
    assert "loadBalancers" not in described["serviceRevisions"][0]


def test_a_strategy_takes_the_place_of_the_launch_type(web: Web) -> None:
    web.create(launchType="EC2")
    spread = [{"capacityProvider": "asg", "weight": 1, "base": 0}]
    web.ecs.update_service(cluster="prod", service="web", capacityProviderStrategy=spread)
    service = web.look()
    assert "launchType" not in service
    assert service["deployments"][0]["capacityProviderStrategy"] == spread
    assert "launchType" not in service["deployments"][0]


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


def test_a_daemon_leaves_a_gap_on_each_instance_in_turn(web: Web) -> None:
    plant_instances(web.sandbox.region(), "prod", 4)
    web.create(
        0,
        schedulingStrategy="DAEMON",
        deploymentConfiguration={"minimumHealthyPercent": 50, "maximumPercent": 100},
    )
    web.roll()
    seen = []
    while web.change()["status"] != "SUCCESSFUL":
        web.sandbox.tick()
        seen.append(web.look()["runningCount"])
    assert seen == [2, 2, 4]
    assert web.deployments() == [("web:2", "PRIMARY", "COMPLETED", 4)]


def test_a_daemon_grows_with_its_cluster(web: Web) -> None:
    plant_instances(web.sandbox.region(), "prod", 1)
    web.create(0, schedulingStrategy="DAEMON")
    plant_instances(web.sandbox.region(), "prod", 2)
    web.sandbox.tick(2)
    assert (web.look()["desiredCount"], web.look()["runningCount"]) == (3, 3)


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
