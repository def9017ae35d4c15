"""Tasks are as many as the deployments count, and failed ones say why."""

from __future__ import annotations

from tests.sandbox.web_service import Web


def test_the_tasks_of_a_service_are_those_of_its_deployments(web: Web) -> None:
    web.create(3)
    arns = web.ecs.list_tasks(cluster="prod", serviceName="web")["taskArns"]
    assert len(set(arns)) == 3
    tasks = web.ecs.describe_tasks(cluster="prod", tasks=arns)["tasks"]
    assert {task["lastStatus"] for task in tasks} == {"RUNNING"}
    assert {task["group"] for task in tasks} == {"service:web"}
    assert web.ecs.list_tasks(cluster="prod", family="other")["taskArns"] == []


def test_a_task_that_could_not_start_says_why(web: Web) -> None:
    web.create()
    web.new_revision_fails()
    web.roll()
    web.sandbox.tick(2)
    arns = web.ecs.list_tasks(cluster="prod", desiredStatus="STOPPED")["taskArns"]
    tasks = web.ecs.describe_tasks(cluster="prod", tasks=arns)["tasks"]
    assert [task["stopCode"] for task in tasks] == ["TaskFailedToStart"] * 2
    assert all(task["taskDefinitionArn"].endswith("web:2") for task in tasks)


def test_an_unknown_task_is_a_failure(web: Web) -> None:
    answer = web.ecs.describe_tasks(cluster="prod", tasks=["nobody"])
    assert answer["failures"] == [{"arn": "nobody", "reason": "MISSING"}]
