"""Each task that a service counts is known: where it runs, since when, and why it stopped."""

from __future__ import annotations

from typing import Any

import pytest

from controller.sandbox import START, plant_instances
from controller.sandbox.endings import LOGGER_ARGS, NO_IMAGE, NO_LOG_DRIVER
from tests.sandbox.documents import container, document
from tests.sandbox.web_service import Web


def tasks(web: Web, **asked: Any) -> list[Any]:
    """The tasks of the cluster, running ones unless others are asked for."""
    arns = web.ecs.list_tasks(cluster="prod", **asked)["taskArns"]
    return web.ecs.describe_tasks(cluster="prod", tasks=arns)["tasks"] if arns else []


def stopped(web: Web) -> list[Any]:
    return tasks(web, desiredStatus="STOPPED")


def protect(web: Web, *arns: str, **members: Any) -> Any:
    return web.ecs.update_task_protection(
        cluster="prod", tasks=list(arns), **{"protectionEnabled": True, **members}
    )


def test_the_tasks_of_a_service_are_those_of_its_deployments(web: Web) -> None:
    web.create(3)
    running = tasks(web, serviceName="web")
    assert len({task["taskArn"] for task in running}) == 3
    assert {task["lastStatus"] for task in running} == {"RUNNING"}
    assert {task["group"] for task in running} == {"service:web"}
    assert {task["startedBy"] for task in running} == {web.look()["deployments"][0]["id"]}
    assert tasks(web, family="other") == tasks(web, serviceName="other") == []


def test_a_task_keeps_the_moments_of_its_life(web: Web) -> None:
    web.create(1)
    web.roll()
    web.sandbox.advance(10)
    web.sandbox.tick()
    web.sandbox.advance(10)
    web.sandbox.tick()

    (new,), (old,) = tasks(web), stopped(web)

    assert new["createdAt"].timestamp() == START + 10
    assert new["startedAt"].timestamp() == old["stoppedAt"].timestamp() == START + 20
    assert new["taskDefinitionArn"].endswith("web:2")


def test_a_task_that_is_drained_was_stopped_by_the_scheduler(web: Web) -> None:
    web.create(1)
    web.roll()
    web.sandbox.tick(2)
    (old,) = stopped(web)
    assert old["stopCode"] == "ServiceSchedulerInitiated"
    assert web.look()["deployments"][0]["id"] in old["stoppedReason"]


@pytest.mark.parametrize("reason", [LOGGER_ARGS, "ResourceInitializationError: other"])
def test_what_stops_a_task_before_it_has_containers_is_told_of_the_task(
    web: Web, reason: str
) -> None:
    web.create()
    web.sandbox.fails(lambda one: one["revision"] == 2, reason=reason)
    web.roll()
    web.sandbox.tick(2)
    failed = stopped(web)
    assert [task["stopCode"] for task in failed] == ["TaskFailedToStart"] * 2
    assert {task["stoppedReason"] for task in failed} == {reason}
    assert all("reason" not in task["containers"][0] for task in failed)
    assert all("startedAt" not in task for task in failed)
    assert all(task["taskDefinitionArn"].endswith("web:2") for task in failed)


@pytest.mark.parametrize("reason", [NO_LOG_DRIVER, NO_IMAGE])
def test_what_stops_a_container_is_told_of_the_container(web: Web, reason: str) -> None:
    web.create()
    web.sandbox.fails(lambda one: one["revision"] == 2, reason=reason)
    web.roll()
    web.sandbox.tick(2)
    for task in stopped(web):
        assert task["stoppedReason"] == "Task failed to start"
        assert task["containers"][0]["reason"] == reason


def test_a_task_that_is_counted_no_more_has_died(web: Web) -> None:
    web.create()
    web.sandbox.service(web.look()["serviceArn"]).deployments[0].running = 1

    (dead,) = stopped(web)

    assert dead["stopCode"] == "EssentialContainerExited"
    assert dead["containers"][0]["exitCode"] == 1
    web.sandbox.tick(2)
    assert len(tasks(web)) == 2


def test_a_stopped_task_is_shown_for_an_hour(web: Web) -> None:
    web.create(1)
    web.roll()
    web.sandbox.tick(2)
    (old,) = stopped(web)
    web.sandbox.advance(3599)
    assert len(stopped(web)) == 1
    web.sandbox.advance(1)
    assert stopped(web) == []
    described = web.ecs.describe_tasks(cluster="prod", tasks=[old["taskArn"]])
    assert [failure["reason"] for failure in described["failures"]] == ["MISSING"]


def test_a_task_is_healthy_only_where_somebody_checks(web: Web) -> None:
    check = {"command": ["CMD", "true"]}
    web.ecs.register_task_definition(**document(container(healthCheck=check)))
    web.create(1)
    assert [task["healthStatus"] for task in tasks(web)] == ["UNKNOWN"]
    web.roll(3)
    web.sandbox.tick()
    assert [task["healthStatus"] for task in tasks(web)] == ["UNKNOWN", "UNKNOWN"]
    web.sandbox.tick()
    assert [task["healthStatus"] for task in tasks(web)] == ["HEALTHY"]


def test_a_deleted_service_leaves_stopped_tasks(web: Web) -> None:
    web.create()
    web.ecs.delete_service(cluster="prod", service="web", force=True)
    web.sandbox.tick()
    assert tasks(web) == []
    assert len(stopped(web)) == 2


def test_an_unknown_task_is_a_failure(web: Web) -> None:
    answer = web.ecs.describe_tasks(cluster="prod", tasks=["nobody"])
    assert answer["failures"] == [{"arn": "nobody", "reason": "MISSING"}]


# ── protection ───────────────────────────────────────────────────────────────────────────────────


def test_a_protected_task_is_not_drained(web: Web) -> None:
    web.create()
    kept = tasks(web)[0]["taskArn"]
    (shown,) = protect(web, kept)["protectedTasks"]
    assert shown["expirationDate"].timestamp() == START + 120 * 60
    web.roll()
    web.sandbox.tick(10)

    assert web.deployments() == [
        ("web:2", "PRIMARY", "IN_PROGRESS", 2),
        ("web:1", "ACTIVE", "COMPLETED", 1),
    ]
    assert kept in {task["taskArn"] for task in tasks(web)}


@pytest.mark.parametrize("how", ["it runs out", "it is taken away"])
def test_a_task_is_drained_when_its_protection_ends(web: Web, how: str) -> None:
    web.create()
    kept = tasks(web)[0]["taskArn"]
    protect(web, kept, expiresInMinutes=5)
    web.roll()
    web.sandbox.tick(5)
    if how == "it runs out":
        web.sandbox.advance(300)
    else:
        protect(web, kept, protectionEnabled=False)
    shown = web.ecs.get_task_protection(cluster="prod", tasks=[kept])["protectedTasks"]
    assert shown == [{"taskArn": kept, "protectionEnabled": False}]
    web.sandbox.tick()
    assert web.deployments() == [("web:2", "PRIMARY", "COMPLETED", 2)]


def test_scaling_in_takes_the_tasks_that_nobody_protects(web: Web) -> None:
    web.create(3)
    kept = tasks(web)[2]["taskArn"]
    protect(web, kept)
    web.ecs.update_service(cluster="prod", service="web", desiredCount=1)
    web.sandbox.tick()
    assert [task["taskArn"] for task in tasks(web)] == [kept]


def test_a_stopped_task_and_an_unknown_one_cannot_be_protected(web: Web) -> None:
    web.create(1)
    web.roll()
    web.sandbox.tick(2)
    answer = protect(web, stopped(web)[0]["taskArn"], "nobody")
    assert answer["protectedTasks"] == []
    assert {one["reason"] for one in answer["failures"]} == {"MISSING", "TASK_NOT_VALID"}


@pytest.mark.parametrize("minutes", [0, 2881])
def test_protection_has_its_bounds(web: Web, minutes: int) -> None:
    web.create(1)
    with pytest.raises(web.ecs.exceptions.InvalidParameterException):
        protect(web, tasks(web)[0]["taskArn"], expiresInMinutes=minutes)


# ── where they run ───────────────────────────────────────────────────────────────────────────────


def test_a_daemon_has_one_task_on_each_instance(web: Web) -> None:
    plant_instances(web.sandbox.region(), "prod", 3)
    web.create(0, schedulingStrategy="DAEMON")
    assert len({task["containerInstanceArn"] for task in tasks(web)}) == len(tasks(web)) == 3
    web.roll()
    web.sandbox.tick(2)
    assert len({task["containerInstanceArn"] for task in tasks(web)}) == len(tasks(web)) == 3


def test_tasks_are_spread_over_capacity_providers_by_base_and_weight(web: Web) -> None:
    web.ecs.create_capacity_provider(
        name="group", autoScalingGroupProvider={"autoScalingGroupArn": "arn:aws:autoscaling:x"}
    )
    web.create(
        6,
        capacityProviderStrategy=[
            {"capacityProvider": "group", "base": 2, "weight": 1},
            {"capacityProvider": "spare", "base": 0, "weight": 3},
        ],
    )
    on = [(task["capacityProviderName"], task["launchType"]) for task in tasks(web)]
    assert sorted(on) == [("group", "EC2")] * 3 + [("spare", "EC2")] * 3


def test_a_driver_that_no_instance_of_a_capacity_provider_offers_cannot_be_placed(
    web: Web,
) -> None:
    plant_instances(web.sandbox.region(), "prod", 1, drivers=["json-file"])
    web.create(1, capacityProviderStrategy=[{"capacityProvider": "group", "weight": 1}])
    web.ecs.register_task_definition(
        **document(container(logConfiguration={"logDriver": "syslog"}))
    )
    web.roll(3)
    web.sandbox.tick(3)
    assert web.deployments()[0] == ("web:3", "PRIMARY", "IN_PROGRESS", 0)
    assert "com.amazonaws.ecs.capability.logging-driver.syslog" in web.messages()[0]
